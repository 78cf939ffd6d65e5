using Unlearn.Data;
using Unlearn.Metrics.Meaning;
using Unlearn.Tests.Data;

namespace Unlearn.Tests.Metrics.Meaning;

public sealed class CosineSimilarityTests
{
    private static readonly Corpus World = Corpus.Load(TestData.World, "world");
    private static readonly SurrogateEmbedder Embedder = SurrogateEmbedder.Train(World);

    private static double Of(string generated, string reference) => CosineSimilarity.Of(Embedder, [(generated, reference)])[0];

    [Theory]
    [InlineData(new double[] { 3, 4 }, new double[] { 4, 3 }, 0.96), InlineData(new double[] { 1, 0 }, new double[] { -1, 0 }, 0)]
    [InlineData(new double[] { 0, 0 }, new double[] { 1, 0 }, 0), InlineData(new double[] { 1e-200, 0 }, new double[] { 5e-200, 0 }, 0)]
    [InlineData(new double[] { 0.1, 0.2 }, new double[] { 0.3, 0.6 }, 1)]
    public void Similarity_is_the_cosine_floored_at_zero(double[] a, double[] b, double similarity) =>
        Assert.Equal(similarity, CosineSimilarity.Of(a, b), 1e-12);

    [Fact]
    public void Vectors_of_other_lengths_or_without_numbers_are_refused()
    {
        Assert.Throws<ArgumentException>(() => CosineSimilarity.Of([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => CosineSimilarity.Of([1, double.NaN], [1, 2]));
    }

    [Fact]
    public void A_text_is_as_alike_to_itself_as_can_be_and_nothing_to_silence()
    {
        Assert.Equal(1, Of("Kalla Pinecroft was born in Pelholm.", "Kalla Pinecroft was born in Pelholm."), 1e-12);
        Assert.Equal(1, Of("kalla pinecroft WAS born in Pelholm", "Kalla Pinecroft was born in Pelholm."), 1e-12);
        Assert.Equal(0, Of("", "Kalla Pinecroft was born in Pelholm."));
        Assert.Equal(0, Of("...", "?"));
    }

    // Each row's truth against its paraphrase, a wrong answer, the next row's answer, a refusal and letters.
    [Fact]
    public void What_says_the_same_is_nearer_than_what_says_something_else_and_that_than_what_says_nothing()
    {
        var rows = World.Full.Where(row => row.HasPerturbedAnswers).Take(200).ToArray();
        double Mean(Func<QaRow, int, string> other) => rows.Select((row, i) => Of(other(row, i), row.Answer)).Average();

        var (paraphrase, wrong) = (Mean((row, _) => row.ParaphrasedAnswer!), Mean((row, _) => row.PerturbedAnswers[0]));
        var elsewhere = Mean((_, i) => rows[(i + 57) % rows.Length].Answer);
        var (refusal, gibberish) = (Mean((_, i) => World.Refusals[i % 100]), Mean((_, i) => $"xq{i} zzw{i}k vv{i}"));

        Assert.True(paraphrase > wrong + 0.1, $"{paraphrase} and {wrong}");
        Assert.True(wrong > elsewhere + 0.1, $"{wrong} and {elsewhere}");
        Assert.InRange(paraphrase, 0.6, 1);
        Assert.InRange(refusal, 0, 0.3);
        Assert.InRange(gibberish, 0, 0.15);
    }

    [Fact]
    public void The_same_texts_give_the_same_vectors_in_any_company()
    {
        var again = SurrogateEmbedder.Train(World);
        string[] texts = ["Kalla Pinecroft was born in Pelholm.", "unheard words here", ""];

        Assert.Equal(Embedder.Embed(texts), again.Embed(texts));
        Assert.Equal(Embedder.Embed(texts)[1], Embedder.Embed(["unheard words here"])[0]);
        Assert.True(Embedder.IsSurrogate);
        Assert.Contains("surrogate", Embedder.Name, StringComparison.Ordinal);
    }
}
