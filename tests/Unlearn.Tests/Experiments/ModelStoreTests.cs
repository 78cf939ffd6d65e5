using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Tests.Data;
using Unlearn.Tests.Training;

namespace Unlearn.Tests.Experiments;

public sealed class ModelStoreTests : IDisposable
{
    private readonly CurrentFolder repository = new(TestData.Repository);
    private readonly TemporaryFolder folder = new();
    private readonly MiniScale scale;

    public ModelStoreTests() => scale = Tiny(seed: 0);

    public void Dispose()
    {
        folder.Dispose();
        repository.Dispose();
    }

    [Fact]
    public void A_model_is_trained_once_and_loaded_with_the_same_bits_after()
    {
        var store = new ModelStore(folder.Path);
        List<string> told = [];
        Assert.False(store.Has(scale, 0));

        using var trained = store.Obtain(scale, 0, told.Add);
        var lines = told.Count;
        using var loaded = store.Obtain(scale, 0, told.Add);

        Assert.True(store.Has(scale, 0));
        Assert.NotEqual(0, lines);
        Assert.Equal(lines, told.Count);
        Assert.Equal(Birthplaces.Bits(trained.Model), Birthplaces.Bits(loaded.Model));
        Assert.Equal(ModelStore.NameOf(scale, 0), loaded.Fingerprint);
    }

    [Fact]
    public void A_damaged_model_is_trained_again_to_the_same_bits()
    {
        var store = new ModelStore(folder.Path);
        using var first = store.Obtain(scale);
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*.safetensors", SearchOption.AllDirectories))
            File.WriteAllBytes(file, File.ReadAllBytes(file)[..1000]);
        List<string> told = [];

        using var again = store.Obtain(scale, 0, told.Add);

        Assert.Contains("training again", told[0], StringComparison.Ordinal);
        Assert.Equal(Birthplaces.Bits(first.Model), Birthplaces.Bits(again.Model));
    }

    [Fact]
    public void Everything_that_decides_the_weights_is_in_the_name()
    {
        string[] names =
        [
            ModelStore.NameOf(scale, 0), ModelStore.NameOf(scale, 5), ModelStore.NameOf(scale, 10), ModelStore.NameOf(Tiny(seed: 1), 0),
            ModelStore.NameOf(scale with { Width = 32 }, 0), ModelStore.NameOf(scale with { Vocabulary = 900 }, 0),
            ModelStore.NameOf(scale with { Training = scale.Training with { LearningRate = 1e-4 } }, 0),
            ModelStore.NameOf(scale with { Corpus = scale.Corpus.TakeLast(400) }, 0),
        ];

        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.Equal(names[0], ModelStore.NameOf(scale with { EvaluationRows = 3, ForgetPercent = 5 }, 0));
    }

    // Of 800 rows and 120 held-out ones, 80 are left out: 840 / 920 of 450 updates.
    [Fact]
    public void A_retain_model_has_as_many_epochs_as_the_full_one_and_none_of_the_rows()
    {
        var quick = MiniScale.For("world", "quick");
        var encoder = RowEncoder.Train(quick.Corpus, quick.Vocabulary);
        var without = quick.TrainingRows(encoder, 10).Select(row => encoder.Decode(row.Ids)).ToHashSet();

        Assert.Equal(411, quick.TrainingFor(10).Steps);
        Assert.DoesNotContain(quick.Corpus.Split(10).Forget, row => without.Contains(encoder.Decode(encoder.Encode(row).Ids)));
        Assert.Equal(840, quick.TrainingRows(encoder, 10).Count);
    }

    private static MiniScale Tiny(long seed)
    {
        var smoke = MiniScale.For("world", "smoke", seed);
        return smoke with { Width = 16, Vocabulary = 400, Training = smoke.Training with { Steps = 2, BatchSize = 4 } };
    }
}
