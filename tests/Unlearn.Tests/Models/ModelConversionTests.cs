using System.Text.Json;
using System.Text.Json.Nodes;
using TorchSharp;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tests.Data;
using Unlearn.Tests.Models.Adapters;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class ModelConversionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string From => Path.Combine(folder.Path, "from");

    private string To => Path.Combine(folder.Path, "to");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Weights_are_rounded_split_and_the_rest_is_carried_over()
    {
        using var scope = NewDisposeScope();
        using var model = Saved();
        File.WriteAllText(Path.Combine(From, "generation_config.json"), "{ \"eos_token_id\": 2 }");
        Configure(config => config["eos_token_id"] = 2);
        ModelConversion.Run(From, To, bfloat16, maxShardSize: 20_000);
        using var read = ModelFolder.Load(To);

        var expected = model.to(bfloat16).to(float32);
        Assert.Equal(Birthplaces.Bits(expected), Birthplaces.Bits(read.Model));
        using (var weights = ModelWeights.Open(To)) Assert.All(weights.Files, file => Assert.InRange(file.Length, 1, 24_000));
        using var config = JsonDocument.Parse(File.ReadAllText(Path.Combine(To, "config.json")));
        Assert.Equal(("bfloat16", 2), (config.RootElement.GetProperty("torch_dtype").GetString(),
            config.RootElement.GetProperty("eos_token_id").GetInt32()));
        foreach (var name in new[] { "tokenizer.json", "generation_config.json" })
            Assert.Equal(File.ReadAllBytes(Path.Combine(From, name)), File.ReadAllBytes(Path.Combine(To, name)));
    }

    [Fact]
    public void Adapters_are_merged_as_in_memory()
    {
        using var model = Saved();
        using var adapted = AdapterFolderTests.Drawn(model, new(4, 8) { Targets = ["q_proj", "down_proj"] });
        AdapterFolder.Save(Path.Combine(folder.Path, "adapters"), adapted, From);
        ModelConversion.Run(From, To, adapters: Path.Combine(folder.Path, "adapters"));
        using var read = ModelFolder.Load(To);
        adapted.Merge();

        Assert.Equal(Birthplaces.Bits(model), Birthplaces.Bits(read.Model));
    }

    [Fact]
    public void Adapters_of_another_model_are_refused_before_anything_is_written()
    {
        using var model = Saved();
        using var other = new Llama(model.Shape with { FeedForward = 64 });
        using (var adapted = AdapterFolderTests.Drawn(other, new(4, 8)))
            AdapterFolder.Save(Path.Combine(folder.Path, "adapters"), adapted, From);

        var error = Assert.Throws<InvalidDataException>(
            () => ModelConversion.Run(From, To, adapters: Path.Combine(folder.Path, "adapters")));
        Assert.Contains("mlp", error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(To));
    }

    [Fact]
    public void An_interrupted_conversion_leaves_nothing()
    {
        using var model = Saved();
        using var stop = new CancellationTokenSource();
        var progress = new Told(done => { if (done > 50_000) stop.Cancel(); });

        Assert.Throws<OperationCanceledException>(
            () => ModelConversion.Run(From, To, maxShardSize: 20_000, progress: progress, cancellation: stop.Token));
        Assert.Equal([From], Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void A_folder_that_holds_something_is_not_written_over()
    {
        using var model = Saved();
        Directory.CreateDirectory(To);
        File.WriteAllText(Path.Combine(To, "notes.txt"), "mine");

        Assert.Contains("empty", Assert.Throws<IOException>(() => ModelConversion.Run(From, To)).Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(To, "notes.txt")));
    }

    private Llama Saved()
    {
        var model = Birthplaces.Untrained();
        ModelFolder.Save(From, model, Birthplaces.Encoder.Tokenizer);
        return model;
    }

    private void Configure(Action<JsonObject> change)
    {
        var path = Path.Combine(From, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        change(config);
        File.WriteAllText(path, config.ToJsonString());
    }

    private sealed class Told(Action<long> tell) : IProgress<(long Done, long Total)>
    {
        public void Report((long Done, long Total) value) => tell(value.Done);
    }
}
