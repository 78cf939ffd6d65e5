using System.Text.Json;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models.Adapters;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

/// <summary>The library beside Hugging Face's own: each opens what the other writes and computes the same.</summary>
[NoTensorLeaks]
public sealed class TransformersTests : IDisposable
{
    private const int Continuation = 12;

    // In files of several shards, as large models come.
    private const long ShardSize = 12_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [TransformersFact]
    public void The_tiny_checkpoints_mean_to_transformers_what_they_mean_to_plain_PyTorch()
    {
        string[] names = [.. TinyCheckpoint.Decoders, "minilm", "distilbert", "roberta", "deberta"];
        foreach (var (name, found) in Read([.. names.Select(Case)]))
        {
            var checkpoint = new TinyCheckpoint(name);
            if (checkpoint.Expected.TryGetProperty("items", out var items))
                AssertNear(name, items.EnumerateArray().SelectMany(item => Doubles(item.GetProperty("scores"))), Doubles(found["logits"]), 1e-6);
            else
            {
                AssertNear(name, Doubles(checkpoint.Expected.GetProperty("logits")), Doubles(found["logits"]), 1e-5);
                AssertGradients(name, found["gradients"], key => Doubles(checkpoint.Expected.GetProperty("gradients").GetProperty(key)));
                Assert.Equal(Ids(checkpoint.Expected.GetProperty("greedy"))[..(4 + Continuation)], Ids(found["greedy"]));
            }
        }

        Dictionary<string, object> Case(string name)
        {
            var checkpoint = new TinyCheckpoint(name);
            if (!checkpoint.Expected.TryGetProperty("items", out var items)) return Decoder(name, checkpoint.Folder, checkpoint);
            return new()
            {
                ["name"] = name,
                ["folder"] = checkpoint.Folder,
                ["ids"] = items.EnumerateArray().Select(item => item.GetProperty("ids")),
                ["types"] = items.EnumerateArray().Select(item => item.GetProperty("types")),
            };
        }
    }

    [TransformersFact]
    public void Transformers_and_PEFT_open_what_is_written_here_and_compute_the_same()
    {
        List<Dictionary<string, object>> cases = [];
        Dictionary<string, (float[] Logits, int[] Greedy)> ours = [];
        Dictionary<string, (double Scale, double Dropout)> scales = [];
        foreach (var (k, name) in TinyCheckpoint.Decoders.Index())
        {
            using var scope = NewDisposeScope();
            var checkpoint = new TinyCheckpoint(name);
            using var model = checkpoint.Load();
            Save(name, checkpoint, (place, type) => ModelFolder.Save(place, model, Birthplaces.Encoder.Tokenizer, type, ShardSize));
            // Rank-stabilized with dropout, which no evaluation applies, beside every other architecture.
            var options = new LoraOptions(4, 8, 0.25 * (k % 2), RankStabilized: k % 2 > 0, Seed: 5);
            using var adapted = AdapterFolderTests.Drawn(model, options);
            adapted.eval();
            AdapterFolder.Save(Place(name, "adapters"), adapted, Place(name, "plain"));
            cases.Add(Decoder($"{name} adapters", Place(name, "plain"), checkpoint, Place(name, "adapters")));
            scales.Add($"{name} adapters", (options.Scale, options.Dropout));
            Save($"{name} merged", checkpoint, (place, type) => ModelFolder.Save(place, adapted, Birthplaces.Encoder.Tokenizer, type));
            ours.Add($"{name} adapters", Computed(adapted, checkpoint));
        }
        foreach (var (name, found) in Read(cases))
        {
            AssertNear(name, ours[name].Logits.Select(value => (double)value), Doubles(found["logits"]), 2e-5);
            if (found.TryGetValue("merged", out var merged)) AssertNear(name, Doubles(found["logits"]), Doubles(merged), 1e-5);
            Assert.Equal(ours[name].Greedy, Ids(found["greedy"]));
            if (scales.TryGetValue(name, out var scale)) Assert.Equal(scale, (found["scale"].GetDouble(), found["dropout"].GetDouble()));
        }
        Assert.Equal([2, 4], scales.Values.Select(scale => scale.Scale).Distinct().Order());

        void Save(string name, TinyCheckpoint checkpoint, Action<string, ScalarType> write)
        {
            foreach (var (kind, type) in new[] { ("plain", ScalarType.Float32), ("half", ScalarType.BFloat16) })
            {
                write(Place(name, kind), type);
                using var read = CheckpointWeights.Load(Place(name, kind), checkpoint.Shape.Build, type: ScalarType.Float32);
                cases.Add(Decoder($"{name} {kind}", Place(name, kind), checkpoint));
                ours.Add($"{name} {kind}", Computed(read, checkpoint));
            }
        }

        string Place(string name, string kind) => Path.Combine(folder.Path, $"{name}-{kind}");
    }

    [TransformersFact]
    public void What_transformers_and_PEFT_write_is_opened_here_and_computes_the_same()
    {
        using var json = JsonDocument.Parse(PythonPeer.Transformers.Run("transformers_peer.py", "write", folder.Path));
        foreach (var written in json.RootElement.EnumerateArray())
        {
            using var scope = NewDisposeScope();
            var name = written.GetProperty("name").GetString()!;
            var place = Path.Combine(folder.Path, name);
            using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(place, "config.json")));
            using var model = CheckpointWeights.Load(place, ModelShape.Read(config.RootElement).Build);
            var ids = tensor(TinyCheckpoint.Numbers(written.GetProperty("ids"), id => id.GetInt64()), [2, 9]);

            AssertSame(name, written.GetProperty("plain"), model, ids, parameter => parameter);

            using var adapted = AdapterFolder.Load(place + "-adapters", model);
            var theirs = written.GetProperty("adapted");
            Assert.Equal((theirs.GetProperty("scale").GetDouble(), theirs.GetProperty("dropout").GetDouble()),
                (adapted.Options.Scale, adapted.Options.Dropout));
            AssertSame($"{name} adapters", written.GetProperty("adapted"), adapted, ids,
                parameter => parameter.Replace(".default.", ".", StringComparison.Ordinal));
            adapted.Merge();
            using var _ = no_grad();
            AssertNear($"{name} merged", Doubles(written.GetProperty("adapted").GetProperty("merged")),
                adapted.Logits(adapted.Hidden(ids.narrow(1, 0, 8))).data<float>().ToArray().Select(value => (double)value), 1e-4);
        }
        Assert.True(json.RootElement.GetArrayLength() >= 7);
        Assert.Contains(json.RootElement.EnumerateArray(), written => written.GetProperty("adapted").GetProperty("dropout").GetDouble() > 0);
    }

    private static void AssertSame<TModel>(
        string name, JsonElement expected, TModel model, Tensor ids, Func<string, string> renamed) where TModel : nn.Module, ILanguageModel
    {
        using var scope = NewDisposeScope();
        var logits = model.Logits(model.Hidden(ids.narrow(1, 0, 8)));
        var loss = nn.functional.cross_entropy(logits.reshape(-1, model.Vocabulary), ids.narrow(1, 1, 8).reshape(-1));
        loss.backward();

        AssertNear(name, Doubles(expected.GetProperty("logits")), logits.data<float>().ToArray().Select(value => (double)value), 1e-4);
        Assert.Equal(expected.GetProperty("loss").GetDouble(), loss.item<float>(), 1e-5);
        var parameters = model.named_parameters().Where(entry => entry.parameter.requires_grad)
            .ToDictionary(entry => entry.name, entry => entry.parameter);
        AssertGradients(name, expected.GetProperty("gradients"), key => Summary(parameters[renamed(key)].grad!));
        Assert.Equal(parameters.Count, expected.GetProperty("gradients").EnumerateObject().Count());
        var greedy = Ids(expected.GetProperty("greedy"));
        Assert.Equal(greedy[4..], GreedyDecoder.Generate(model, [greedy[..4]], end: -1, greedy.Length - 4)[0]);
    }

    /// <summary>The two numbers that the scripts keep of a gradient.</summary>
    private static double[] Summary(Tensor gradient)
    {
        var flat = gradient.to(float64).flatten();
        return [flat.abs().sum().item<double>(), (flat * arange(flat.numel(), dtype: float64).cos()).sum().item<double>()];
    }

    private static void AssertGradients(string name, JsonElement expected, Func<string, double[]> ours)
    {
        foreach (var entry in expected.EnumerateObject())
        {
            var (theirs, found) = (Doubles(entry.Value), ours(entry.Name));
            AssertNear($"{name}, gradient of {entry.Name}", theirs, found, 1e-3 * (1 + theirs[0]));
        }
    }

    private static Dictionary<string, object> Decoder(string name, string place, TinyCheckpoint checkpoint, string? adapters = null) => new()
    {
        ["name"] = name,
        ["folder"] = place,
        ["ids"] = checkpoint.Expected.GetProperty("ids"),
        ["greedy"] = Continuation,
        ["adapters"] = adapters ?? "",
    };

    private static (float[] Logits, int[] Greedy) Computed<TModel>(TModel model, TinyCheckpoint checkpoint)
        where TModel : nn.Module, ILanguageModel
    {
        using var _ = no_grad();
        var prompt = TinyCheckpoint.Numbers(checkpoint.Expected.GetProperty("ids"), id => id.GetInt32())[..4];
        return (model.Logits(model.Hidden(checkpoint.Ids.narrow(1, 0, 8))).data<float>().ToArray(),
            [.. prompt, .. GreedyDecoder.Generate(model, [prompt], end: -1, Continuation)[0]]);
    }

    private IEnumerable<(string Name, Dictionary<string, JsonElement> Found)> Read(List<Dictionary<string, object>> cases)
    {
        var path = Path.Combine(folder.Path, "cases.json");
        File.WriteAllText(path, JsonSerializer.Serialize(cases));
        var all = JsonSerializer.Deserialize<Dictionary<string, JsonElement>[]>(
            PythonPeer.Transformers.Run("transformers_peer.py", "read", path))!;
        foreach (var (case_, found) in cases.Zip(all))
        {
            if (found.TryGetValue("unknown", out var unknown))
            {
                Assert.Equal("qwen3", unknown.GetString());     // all the others are older than any transformers still in use
                continue;
            }
            foreach (var problem in (string[])["missing", "unexpected", "mismatched"])
                Assert.True(found[problem].GetArrayLength() == 0, $"{case_["name"]}: {problem} {found[problem]}");
            yield return ((string)case_["name"], found);
        }
    }

    private static double[] Doubles(JsonElement array) => TinyCheckpoint.Numbers(array, number => number.GetDouble());

    private static int[] Ids(JsonElement array) => TinyCheckpoint.Numbers(array, id => id.GetInt32());

    private static void AssertNear(string name, IEnumerable<double> expected, IEnumerable<double> actual, double tolerance)
    {
        double[] theirs = [.. expected], ours = [.. actual];
        Assert.Equal(theirs.Length, ours.Length);
        var worst = theirs.Zip(ours, (a, b) => Math.Abs(a - b)).Max();
        Assert.True(worst <= tolerance, $"{name}: {worst:e1} apart where {tolerance:e1} is the most");
    }
}

/// <summary>Skipped where no Python has transformers and PEFT.</summary>
public sealed class TransformersFactAttribute : FactAttribute
{
    /// <summary>Says why it is skipped, if it is.</summary>
    public TransformersFactAttribute() => Skip = PythonPeer.Transformers.Missing;
}
