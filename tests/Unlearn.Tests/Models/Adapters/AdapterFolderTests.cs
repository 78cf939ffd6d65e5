using System.Text.Json;
using System.Text.Json.Nodes;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models.Adapters;

[NoTensorLeaks]
public sealed class AdapterFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string Adapters => Path.Combine(folder.Path, "adapters");

    private string Base => Path.Combine(folder.Path, "base");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Adapters_come_back_bit_for_bit_with_their_options()
    {
        using var model = Birthplaces.Untrained();
        var options = new LoraOptions(3, 7.5, 0.05, RankStabilized: true) { Targets = ["q_proj", "up_proj"] };
        byte[] bits;
        using (var adapted = Drawn(model, options))
        {
            bits = Birthplaces.Bits(adapted);
            AdapterFolder.Save(Adapters, adapted, Base);
        }
        using var read = AdapterFolder.Load(Adapters, model);

        Assert.Equal(bits, Birthplaces.Bits(read));
        Assert.Equal(options, read.Options with { Targets = options.Targets });
        Assert.Equal(4, read.Layers.Count);
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"],
            Directory.EnumerateFiles(Adapters).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_configuration_is_one_that_PEFT_reads()
    {
        using var model = Birthplaces.Untrained();
        using (var adapted = Drawn(model, new(4, 8) { Targets = ["v_proj", "q_proj"] })) AdapterFolder.Save(Adapters, adapted, "org/name");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Adapters, AdapterFolder.ConfigName)));
        var config = json.RootElement;

        Assert.Equal(("LORA", "CAUSAL_LM", "org/name", "none"), (Text("peft_type"), Text("task_type"), Text("base_model_name_or_path"),
            Text("bias")));
        Assert.Equal((4, 8), (config.GetProperty("r").GetInt32(), config.GetProperty("lora_alpha").GetInt32()));
        Assert.Equal(["q_proj", "v_proj"], config.GetProperty("target_modules").EnumerateArray().Select(name => name.GetString()));
        using var file = SafeTensorsFile.Open(Path.Combine(Adapters, "adapter_model.safetensors"));
        Assert.Equal("pt", file.Metadata["format"]);

        string? Text(string name) => config.GetProperty(name).GetString();
    }

    // Ends of names would take layer 1's too.
    [Fact]
    public void Full_names_stand_in_the_configuration_where_ends_would_take_other_layers()
    {
        using var model = Birthplaces.Untrained();
        using (var adapted = Drawn(model, new(4, 8) { Targets = ["layers.0.self_attn.q_proj"] }))
            AdapterFolder.Save(Adapters, adapted, "x");
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(Adapters, AdapterFolder.ConfigName)));

        Assert.Equal(["model.layers.0.self_attn.q_proj"],
            json.RootElement.GetProperty("target_modules").EnumerateArray().Select(name => name.GetString()));
    }

    [Fact]
    public void A_folder_of_adapters_is_read_as_the_model_they_name_with_them_merged()
    {
        using var scope = NewDisposeScope();
        using var model = Birthplaces.Untrained();
        ModelFolder.Save(Base, model, Birthplaces.Encoder.Tokenizer);
        using var adapted = Drawn(model, new(4, 8));
        AdapterFolder.Save(Adapters, adapted, Path.Combine("..", "base"));
        using var read = ModelFolder.Load(Adapters);
        ModelFolder.Save(Path.Combine(folder.Path, "merged"), adapted, Birthplaces.Encoder.Tokenizer);
        using var merged = ModelFolder.Load(Path.Combine(folder.Path, "merged"));

        var ids = tensor(new long[] { 3, 1, 4, 1 }).view(1, 4);
        var beside = adapted.Logits(adapted.Hidden(ids));
        Assert.Equal(0, (beside - read.Model.forward(ids)).abs().max().item<float>(), 1e-5);
        Assert.Equal(Birthplaces.Bits(merged.Model), Birthplaces.Bits(read.Model));
        Assert.All(read.Model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Adapters_of_adapters_are_refused()
    {
        using var model = Birthplaces.Untrained();
        using (var adapted = Drawn(model, new(4, 8))) AdapterFolder.Save(Adapters, adapted, ".");

        Assert.Contains("adapters too", Assert.Throws<InvalidDataException>(() => ModelFolder.Load(Adapters)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("peft_type", "\"IA3\"")]
    [InlineData("use_dora", "true")]
    [InlineData("bias", "\"all\"")]
    [InlineData("modules_to_save", """["lm_head"]""")]
    [InlineData("rank_pattern", """{"q_proj": 2}""")]
    [InlineData("r", "0")]
    [InlineData("r", "5")]
    [InlineData("r", "\"\\ud800\"")]
    [InlineData("lora_alpha", "null")]
    public void Adapters_that_would_be_computed_otherwise_are_refused(string name, string value)
    {
        using var model = Birthplaces.Untrained();
        using (var adapted = Drawn(model, new(4, 8))) AdapterFolder.Save(Adapters, adapted, Base);
        var path = Path.Combine(Adapters, AdapterFolder.ConfigName);
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        config[name] = "HERE";
        File.WriteAllText(path, config.ToJsonString().Replace("\"HERE\"", value, StringComparison.Ordinal));

        Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Adapters, model).Dispose());
        Assert.All(model.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Fact]
    public void Adapters_of_another_model_are_refused()
    {
        using var model = Birthplaces.Untrained();
        using (var adapted = Drawn(model, new(4, 8))) AdapterFolder.Save(Adapters, adapted, Base);
        using var other = new Llama(model.Shape with { FeedForward = 64 });

        var error = Assert.Throws<InvalidDataException>(() => AdapterFolder.Load(Adapters, other));
        Assert.Contains("of another shape", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Adapters that have learnt something, here by chance.</summary>
    internal static AdaptedModel Drawn(LanguageModel model, LoraOptions options)
    {
        var adapted = new AdaptedModel(model, options);
        random.manual_seed(8);
        using var _ = no_grad();
        foreach (var (name, parameter) in adapted.named_parameters())
            if (name.Contains("lora_B", StringComparison.Ordinal)) nn.init.normal_(parameter, 0, 0.1);
        return adapted;
    }
}
