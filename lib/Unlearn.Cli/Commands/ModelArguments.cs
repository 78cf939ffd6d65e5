using System.CommandLine;
using System.Runtime.InteropServices;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Cli.Commands;

/// <summary>Where a model is computed with and how it is asked: the options of every command that reads one.</summary>
internal sealed class ModelArguments
{
    private readonly Option<string?> format = new("--format")
    {
        Description = $"How the model is asked: {string.Join(", ", PromptFormat.All.Select(each => each.Name))}, or a JSON file. "
            + $"Default: what {PromptFormatFile.Name} in its folder says, or mini for models that were trained here.",
        HelpName = "NAME|FILE",
    };

    public ModelArguments() => TypeOption.AcceptOnlyFromAmong("float32", "bfloat16");

    /// <summary>The options, without that of the type, which not every command can have.</summary>
    public IEnumerable<Option> Options => [format, DeviceOption];

    /// <summary>The option that says where to compute.</summary>
    public Option<string> DeviceOption { get; } = new("--device")
    {
        Description = "cpu, cuda, or cuda:1 and so on; auto takes a GPU where LibTorch sees one.",
        DefaultValueFactory = _ => "auto",
    };

    /// <summary>The option that says in which type to compute.</summary>
    public Option<string> TypeOption { get; } = new("--dtype")
    {
        Description = "Element type in which the model computes; bfloat16 is meant for GPUs.",
        DefaultValueFactory = _ => "float32",
    };

    /// <summary>The element type of the model.</summary>
    public ScalarType Type(ParseResult parsed) =>
        parsed.GetValue(TypeOption) == "bfloat16" ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Where to compute.</summary>
    /// <exception cref="ArgumentException">There is no such device here.</exception>
    public Device Device(ParseResult parsed)
    {
        var name = parsed.GetValue(DeviceOption)!;
        if (name == "auto") return cuda.is_available() ? CUDA : CPU;
        if (name == "cpu") return CPU;
        var number = name == "cuda" ? 0 : name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name[5..], out var k) ? k : -1;
        if (number < 0) throw new ArgumentException($"--device should be auto, cpu, cuda or cuda:NUMBER but is {name}.");
        return number < cuda.device_count() ? device(name) : throw new ArgumentException(
            $"--device {name} asks for a GPU but LibTorch sees {(cuda.device_count() is var many and > 0 ? $"only {many}" : "none")} here; "
            + "'unlearn info' says what it sees.");
    }

    /// <summary>Reads a model; it is the caller's.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">Its folder, or that of adapters.</param>
    /// <param name="type">Its element type; float32 when null.</param>
    public SavedModel Load(ParseResult parsed, string folder, ScalarType? type = null)
    {
        var asked = parsed.GetValue(format) is { } name ? PromptFormatChoice.Named(name) : null;
        var saved = ModelFolder.Load(folder, Device(parsed), type);
        return asked is null ? saved : saved with { Format = asked };
    }

    /// <summary>Whether a failure is the user's to mend, with a message that says how, and no fault of the program.</summary>
    public static bool IsExpected(Exception error) => error is IOException or UnauthorizedAccessException or InvalidDataException
        or ArgumentException or InvalidOperationException or ArithmeticException || IsOutOfMemory(error);

    /// <summary>What to tell the user.</summary>
    public static string Message(Exception error) => !IsOutOfMemory(error) ? Complaint.Of(error)
        : $"Out of memory: {error.Message.Split('\n')[0]} What makes a run smaller: --micro-batch 1, --gradient-checkpointing, "
            + "--dtype bfloat16, --lora-rank 8.";

    // LibTorch says it in words alone: "CUDA out of memory …", "… DefaultCPUAllocator: can't allocate memory …".
    private static bool IsOutOfMemory(Exception error) => error is OutOfMemoryException || (error is ExternalException
        && (error.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase)
            || error.Message.Contains("allocate memory", StringComparison.OrdinalIgnoreCase)));
}
