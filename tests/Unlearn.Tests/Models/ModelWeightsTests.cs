using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Models;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models;

[NoTensorLeaks]
public sealed class ModelWeightsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory, InlineData(null, 1), InlineData(20_000L, 3), InlineData(1L, 20)]
    public void Shards_of_any_size_hold_the_same_weights(long? size, int atLeast)
    {
        using var model = Birthplaces.Untrained();
        using var other = Birthplaces.Untrained(seed: 1);
        ModelWeights.Save(folder.Path, model.state_dict(), maxShardSize: size);
        using (var weights = ModelWeights.Open(folder.Path))
        {
            weights.LoadInto(other, digest: ModelWeights.DigestOf(folder.Path));

            Assert.Equal(Birthplaces.Bits(model), Birthplaces.Bits(other));
            Assert.InRange(weights.Files.Count, atLeast, model.state_dict().Count);
            Assert.Equal(model.parameters().Sum(parameter => parameter.numel()) * sizeof(float), weights.Bytes);
        }
        if (size is null) return;
        using var index = JsonDocument.Parse(File.ReadAllText(In(ModelWeights.IndexName)));
        Assert.Equal(model.parameters().Sum(parameter => parameter.numel()) * sizeof(float),
            index.RootElement.GetProperty("metadata").GetProperty("total_size").GetInt64());
    }

    [Fact]
    public void Saving_in_one_file_takes_the_shards_of_an_older_model_away()
    {
        using var model = Birthplaces.Untrained();
        ModelWeights.Save(folder.Path, model.state_dict(), maxShardSize: 10_000);
        ModelWeights.Save(folder.Path, model.state_dict());

        Assert.Equal([ModelWeights.WholeName], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    // 1 + 2⁻⁸ is half-way between two bfloat16 numbers and goes to the even one, 1.
    [Fact]
    public void Weights_are_converted_to_the_type_that_is_asked_for_on_the_way_out_and_in()
    {
        using var scope = NewDisposeScope();
        var values = tensor(new[] { 1.00390625f, -2.5f });
        ModelWeights.Save(folder.Path, new Dictionary<string, Tensor> { ["w"] = values, ["n"] = tensor(new[] { 7L }) }, bfloat16);
        using var weights = ModelWeights.Open(folder.Path);

        Assert.Equal(bfloat16, weights.Read("w").dtype);
        Assert.Equal([1f, -2.5f], weights.Read("w", float32).data<float>());
        Assert.Equal((int64, 7), (weights.Read("n", float32).dtype, weights.Read("n", float32).item<long>()));
    }

    [Fact]
    public void Differences_between_file_and_module_are_named_by_kind_with_their_number()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        var state = model.state_dict();
        state.Remove("model.norm.weight");
        foreach (var k in Enumerable.Range(0, 7)) state[$"extra{k}"] = zeros(1);
        state["model.embed_tokens.weight"] = zeros(3, 4);
        ModelWeights.Save(folder.Path, state);
        using var weights = ModelWeights.Open(folder.Path);

        var message = Assert.Throws<InvalidDataException>(() => weights.LoadInto(model)).Message;
        Assert.Contains("1 missing: model.norm.weight", message, StringComparison.Ordinal);
        Assert.Contains("1 of another shape: model.embed_tokens.weight [3, 4], not [340, 32]", message, StringComparison.Ordinal);
        Assert.Contains("7 unexpected: extra0, extra1, extra2, extra3, extra4, …", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tied_models_file_may_have_the_head_too()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        using var other = Birthplaces.Untrained(seed: 1);
        var state = model.state_dict();
        state["lm_head.weight"] = state["model.embed_tokens.weight"];
        state["model.layers.0.self_attn.rotary_emb.inv_freq"] = zeros(8);
        ModelWeights.Save(folder.Path, state);
        using var weights = ModelWeights.Open(folder.Path);
        weights.LoadInto(other, other.KeyOf);

        Assert.Equal(Birthplaces.Bits(model), Birthplaces.Bits(other));
    }

    [Theory]
    [InlineData("""{"weight_map":{"w":"../model-00001-of-00002.safetensors"}}""", "beside it")]
    [InlineData("""{"weight_map":{"w":"model.bin"}}""", "beside it")]
    [InlineData("""{"weight_map":{}}""", "names none")]
    [InlineData("""{"weight_map":{"w":3}}""", "weight_map")]
    [InlineData("""{"weight_map":{"w":"a.safetensors","w":"b.safetensors"}}""", "twice")]
    [InlineData("[]", "weight_map")]
    [InlineData("{", "weight_map")]
    public void An_index_that_cannot_be_is_refused(string index, string part)
    {
        File.WriteAllText(In(ModelWeights.IndexName), index);

        var error = Assert.Throws<InvalidDataException>(() => ModelWeights.Open(folder.Path));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_is_missing_damaged_or_of_another_save_is_refused()
    {
        using var model = Birthplaces.Untrained();
        ModelWeights.Save(folder.Path, model.state_dict(), maxShardSize: 20_000);
        var shard = Directory.EnumerateFiles(folder.Path, "model-00002-*").Single();
        var whole = File.ReadAllBytes(shard);

        File.WriteAllBytes(shard, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
        using (var weights = ModelWeights.Open(folder.Path))
            Assert.Contains("digest", Assert.Throws<InvalidDataException>(() => weights.LoadInto(model)).Message, StringComparison.Ordinal);

        File.Delete(shard);
        Assert.Contains("model-00002", Assert.Throws<FileNotFoundException>(() => ModelWeights.Open(folder.Path)).Message,
            StringComparison.Ordinal);

        File.WriteAllBytes(shard, whole);
        var index = JsonNode.Parse(File.ReadAllText(In(ModelWeights.IndexName)))!;
        index["weight_map"]!["model.more.weight"] = Path.GetFileName(shard);
        File.WriteAllText(In(ModelWeights.IndexName), index.ToJsonString());
        Assert.Contains("model.more.weight", Assert.Throws<InvalidDataException>(() => ModelWeights.Open(folder.Path)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_pickles_alone_gets_advice()
    {
        File.WriteAllText(In("pytorch_model.bin"), "");

        var message = Assert.Throws<FileNotFoundException>(() => ModelWeights.Open(folder.Path)).Message;
        Assert.Contains("pytorch_model.bin, a Python pickle", message, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", message, StringComparison.Ordinal);
    }

    private string In(string name) => Path.Combine(folder.Path, name);
}
