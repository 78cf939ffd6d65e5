using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Unlearn.Models;
using Unlearn.Models.Encoders;
using Unlearn.Tokenization.Reading;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>The names and shapes of published models at full size, as approved text; nothing is allocated.</summary>
/// <remarks>
/// <c>Fixtures/structures</c> has for each model the part of its published configuration that decides its structure, and a text of names
/// and shapes with <c>#</c> for the numbers of layers. After a change that is meant, run with UNLEARN_APPROVE=1 to write the texts anew.
/// </remarks>
[NoTensorLeaks]
public sealed partial class StructureTests
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Models", "Fixtures", "structures");

    // Numbers that the models' authors or pages name; a tied head counts once. Encoders have no pooler here where nothing reads it: MiniLM
    // has 147,840 numbers there, RoBERTa, in the size of roberta-large-mnli, 1,049,600.
    [Theory]
    [InlineData("llama-2-7b-chat", 6_738_415_616)]
    [InlineData("llama-3-8b", 8_030_261_248)]
    [InlineData("llama-3.2-1b", 1_235_814_400)]
    [InlineData("llama-3.2-3b", 3_212_749_824)]
    [InlineData("qwen2.5-1.5b", 1_543_714_304)]
    [InlineData("qwen3-0.6b", 596_049_920)]
    [InlineData("phi-1.5", 1_418_270_720)]
    [InlineData("pythia-1.4b", 1_414_647_808)]
    [InlineData("opt-1.3b", 1_315_758_080)]
    [InlineData("minilm-l6", 22_713_216 - 147_840)]
    [InlineData("distilbert-gibberish", 66_956_548)]
    [InlineData("deberta-v3-base-nli", 184_424_451)]
    [InlineData("roberta-large-nli", 356_412_419 - 1_049_600)]
    public void A_published_model_has_the_approved_names_and_shapes_and_its_number_of_parameters(string name, long parameters)
    {
        using var model = Structure(JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json"))).RootElement);

        Assert.All(model.parameters(), parameter => Assert.True(parameter.is_meta));
        Assert.Equal(parameters, model.parameters().Sum(parameter => parameter.numel()));
        var approved = Path.Combine(Folder, name + ".txt");
        if (Environment.GetEnvironmentVariable("UNLEARN_APPROVE") == "1") File.WriteAllText(Source(name + ".txt"), Text(model));
        else Assert.Equal(File.ReadAllText(approved), Text(model));
    }

    private static nn.Module Structure(JsonElement config)
    {
        var part = new JsonPart(config, "");
        return part["model_type"].Text() switch
        {
            "bert" => Layer.Unfilled(META, float32, () => new Bert(EncoderShape.OfBert(part))),
            "distilbert" => Layer.Unfilled(META, float32, () => new DistilBert(EncoderShape.OfDistilBert(part))),
            "roberta" => Layer.Unfilled(META, float32, () => new Roberta(EncoderShape.OfRoberta(part))),
            "deberta-v2" => Layer.Unfilled(META, float32, () => new Deberta(DebertaShape.Read(part))),
            _ => Layer.Unfilled<nn.Module>(META, bfloat16, ModelShape.Read(config).Build),
        };
    }

    private static string Text(nn.Module model)
    {
        var text = new StringBuilder();
        foreach (var group in model.state_dict().GroupBy(entry => (LayerNumber().Replace(entry.Key, ".#."), Shape: Show(entry.Value))))
        {
            var times = group.Count() == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"  × {group.Count()}");
            text.Append(CultureInfo.InvariantCulture, $"{group.Key.Item1} [{group.Key.Shape}]{times}\n");
        }
        return text.ToString();
    }

    private static string Show(Tensor tensor) => string.Join(", ", tensor.shape);

    private static string Source(string file, [System.Runtime.CompilerServices.CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Fixtures", "structures", file);

    [GeneratedRegex(@"\.\d+\.")]
    private static partial Regex LayerNumber();
}
