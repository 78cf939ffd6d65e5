using System.Text.Json;
using Unlearn.Models;
using Unlearn.Models.Encoders;
using Unlearn.Tests.Data;
using Unlearn.Tokenization;
using Unlearn.Tokenization.Reading;
using static TorchSharp.torch;

namespace Unlearn.Tests.Models.Encoders;

[NoTensorLeaks]
public sealed class EncoderTests
{
    [Theory, InlineData("distilbert"), InlineData("roberta"), InlineData("deberta")]
    public void Scores_are_those_of_plain_PyTorch_whatever_else_is_in_the_batch(string name)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var checkpoint = new TinyCheckpoint(name);
        using var model = Classifier(checkpoint);
        JsonElement[] items = [.. checkpoint.Expected.GetProperty("items").EnumerateArray()];

        var together = model.forward(EncoderBatch.Of([.. items.Select(Encoding)]));

        foreach (var (row, item) in items.Index())
        {
            var expected = Doubles(item.GetProperty("scores"));
            var alone = model.forward(EncoderBatch.Of([Encoding(item)]))[0].data<float>().ToArray();
            AssertClose(expected, alone, 1e-5);
            AssertClose(expected, together[row].data<float>().ToArray(), 1e-5);
        }
    }

    [Theory, InlineData("distilbert"), InlineData("roberta"), InlineData("deberta")]
    public void Probabilities_of_texts_come_back_in_order_and_long_texts_are_cut(string name)
    {
        var checkpoint = new TinyCheckpoint(name);
        using var classifier = TextClassifier.Load(checkpoint.Folder);
        JsonElement[] texts = [.. checkpoint.Expected.GetProperty("texts").EnumerateArray()];

        var found = classifier.Probabilities([.. texts.Select(text => text.GetProperty("text").GetString()!)]);

        foreach (var (text, chances) in texts.Zip(found)) AssertClose(Doubles(text.GetProperty("result")), chances, 1e-5);
    }

    [Theory, InlineData("roberta"), InlineData("deberta")]
    public void A_judge_of_entailment_reads_premise_and_hypothesis(string name)
    {
        var checkpoint = new TinyCheckpoint(name);
        using var classifier = TextClassifier.Load(checkpoint.Folder);
        JsonElement[] pairs = [.. checkpoint.Expected.GetProperty("pairs").EnumerateArray()];

        var found = classifier.Probabilities(
            [.. pairs.Select(pair => (pair.GetProperty("first").GetString()!, pair.GetProperty("second").GetString()!))]);

        Assert.Equal(["entailment", "neutral", "contradiction"], classifier.Labels.ToArray());
        foreach (var (pair, chances) in pairs.Zip(found)) AssertClose(Doubles(pair.GetProperty("result")), chances, 1e-5);
    }

    [Fact]
    public void Sentences_are_points_of_length_one_where_plain_PyTorch_has_them()
    {
        var checkpoint = new TinyCheckpoint("minilm");
        using var encoder = SentenceEncoder.Load(checkpoint.Folder);
        JsonElement[] texts = [.. checkpoint.Expected.GetProperty("texts").EnumerateArray()];

        var points = encoder.Embed([.. texts.Select(text => text.GetProperty("text").GetString()!)]);

        foreach (var (text, point) in texts.Zip(points))
        {
            AssertClose(Doubles(text.GetProperty("result")), point, 1e-5);
            Assert.Equal(1, SentenceEncoder.Cosine(point, point), 1e-5);
        }
    }

    [Fact]
    public void A_sentence_is_cut_where_the_checkpoint_says()
    {
        using var folder = Copy("minilm");
        File.WriteAllText(Path.Combine(folder.Path, "sentence_bert_config.json"), """{"max_seq_length": 5, "do_lower_case": false}""");
        using var encoder = SentenceEncoder.Load(folder.Path);

        var points = encoder.Embed(["the river runs to the sea", "the river runs"]);

        Assert.Equal(points[1], points[0]);
    }

    [Fact]
    public void A_model_that_pools_otherwise_is_refused()
    {
        using var folder = Copy("minilm");
        Directory.CreateDirectory(Path.Combine(folder.Path, "1_Pooling"));
        File.WriteAllText(Path.Combine(folder.Path, "1_Pooling", "config.json"), """{"pooling_mode_cls_token": true}""");

        var error = Assert.Throws<InvalidDataException>(() => SentenceEncoder.Load(folder.Path));
        Assert.Contains("pooling_mode_cls_token", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deberta", "\"share_att_key\": true", "\"share_att_key\": false", "share_att_key")]
    [InlineData("deberta", "\"position_buckets\": 8", "\"position_buckets\": 8, \"conv_kernel_size\": 3", "conv_kernel_size")]
    [InlineData("deberta", "[\"p2c\", \"c2p\"]", "\"c2p|p2p\"", "c2p and p2c")]
    [InlineData("distilbert", "\"activation\": \"gelu\"", "\"activation\": \"relu\"", "activation")]
    [InlineData("roberta", "\"roberta\"", "\"electra\"", "deberta-v2, distilbert, roberta")]
    public void What_would_be_computed_otherwise_is_refused_by_its_name(string name, string old, string changed, string named)
    {
        using var folder = Copy(name);
        var path = Path.Combine(folder.Path, "config.json");
        var text = File.ReadAllText(path);
        Assert.Contains(old, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(old, changed, StringComparison.Ordinal));

        var error = Assert.Throws<InvalidDataException>(() => TextClassifier.Load(folder.Path));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Far_distances_share_buckets_and_near_ones_do_not()
    {
        using var scope = NewDisposeScope();
        var row = DistanceBuckets.Of(512, 256, 512, CPU)[511].data<long>().ToArray();              // distances 511 … 0

        Assert.Equal(Enumerable.Range(256, 129).Select(bucket => (long)bucket), row.Reverse().Take(129));
        Assert.Equal(511, row[0]);
        Assert.Equal(row.OrderDescending(), row);
        Assert.True(row.Distinct().Count() < 257);
        Assert.Equal(256 - 128, DistanceBuckets.Of(512, 256, 512, CPU)[0][128].item<long>());
    }

    private static SequenceClassifier Classifier(TinyCheckpoint checkpoint)
    {
        var config = new JsonPart(checkpoint.Config, "");
        return CheckpointWeights.Load<SequenceClassifier>(checkpoint.Folder, config["model_type"].Text() switch
        {
            "distilbert" => () => new DistilBert(EncoderShape.OfDistilBert(config)),
            "roberta" => () => new Roberta(EncoderShape.OfRoberta(config)),
            _ => () => new Deberta(DebertaShape.Read(config)),
        });
    }

    private static PairEncoding Encoding(JsonElement item) => new(
        [.. item.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32())],
        [.. item.GetProperty("types").EnumerateArray().Select(id => id.GetInt32())]);

    private static double[] Doubles(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];

    private static void AssertClose<T>(double[] expected, T[] actual, double tolerance) where T : IConvertible
    {
        Assert.Equal(expected.Length, actual.Length);
        foreach (var (a, b) in expected.Zip(actual)) Assert.Equal(a, Convert.ToDouble(b), tolerance);
    }

    private static TemporaryFolder Copy(string name)
    {
        var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(new TinyCheckpoint(name).Folder))
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        return folder;
    }
}
