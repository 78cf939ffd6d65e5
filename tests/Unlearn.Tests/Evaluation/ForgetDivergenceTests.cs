using System.Text.Json;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Models;
using Unlearn.Numerics;
using Unlearn.Objectives;
using Unlearn.Tests.Training;
using static TorchSharp.torch;

namespace Unlearn.Tests.Evaluation;

[NoTensorLeaks]
public sealed class ForgetDivergenceTests
{
    // cur = 2 sin(0.5+1.1b+0.7t+1.9v+0.3btv), ref = 1.5 cos(0.2+0.9b+0.5t+1.3v): inputs of the reference for the NPO paper's metrics.
    [Fact]
    public void The_mean_over_positions_is_that_of_the_reference()
    {
        using var scope = NewDisposeScope();
        var fixture = Path.Combine(AppContext.BaseDirectory, "Metrics", "Fixtures", "npo_metrics.json");
        var expected = JsonDocument.Parse(File.ReadAllText(fixture)).RootElement
            .GetProperty("kl").EnumerateArray().Select(x => x.GetDouble()).ToArray();
        Tensor Logits(Func<int, int, double> value) =>
            tensor([.. Enumerable.Range(0, 6).SelectMany(t => Enumerable.Range(0, 7).Select(v => value(t, v)))], [6, 7], dtype: float64);

        for (var b = 0; b < 2; b++)
        {
            var policy = Logits((t, v) => 2 * Math.Sin(0.5 + 1.1 * b + 0.7 * t + 1.9 * v + 0.3 * b * t * v));
            var reference = Logits((t, v) => 1.5 * Math.Cos(0.2 + 0.9 * b + 0.5 * t + 1.3 * v));
            Assert.Equal(expected[b], KullbackLeibler.OfLogits(reference, policy).mean().item<double>(), tolerance: 1e-9);
        }
    }

    [Theory, InlineData(KlPositions.Padded), InlineData(KlPositions.Tokens), InlineData(KlPositions.Answers)]
    public void A_model_does_not_diverge_from_itself_and_does_from_another(KlPositions positions)
    {
        using var model = Birthplaces.Untrained();
        using var other = Birthplaces.Untrained(seed: 1);

        var same = ForgetDivergence.Measure(model, model, Birthplaces.Encoded, positions);
        Assert.All(same.PerItem, value => Assert.Equal(0, value, tolerance: 1e-7));
        Assert.Equal(Birthplaces.Encoded.Length, same.PerItem.Length);
        Assert.All(ForgetDivergence.Measure(model, other, Birthplaces.Encoded, positions).PerItem,
            value => Assert.True(value > 1e-4));
    }

    // Each row by the definition, alone and without any fill-up.
    [Fact]
    public void The_tokens_of_a_row_count_alike_whatever_stands_beside_it_in_the_batch()
    {
        using var reference = Birthplaces.Untrained();
        using var model = Birthplaces.Untrained(seed: 1);
        using var _ = no_grad();
        var measured = ForgetDivergence.Measure(reference, model, Birthplaces.Encoded);

        foreach (var (row, value) in Birthplaces.Encoded.Zip(measured.PerItem))
        {
            using var scope = NewDisposeScope();
            Tensor Logits(Llama one) => one.forward(tensor(row.Ids[..^1].Select(id => (long)id).ToArray()).unsqueeze(0))[0];
            Assert.Equal(KullbackLeibler.OfLogits(Logits(reference), Logits(model)).mean().item<float>(), value, 1e-6);
        }
        Assert.True(Birthplaces.Encoded.Select(row => row.Ids.Length).Distinct().Count() > 1);
    }

    // As the authors' data are made: the end token after the answer is fill-up already, which no token sees, itself included. Each
    // filled-up place is asked alone, as the one token behind the row's.
    [Fact]
    public void Filled_up_places_see_the_row_alone()
    {
        using var reference = Birthplaces.Untrained();
        using var model = Birthplaces.Untrained(seed: 1);
        using var _ = no_grad();
        EncodedRow[] rows = [.. Birthplaces.Encoded.OrderBy(row => row.Ids.Length).Take(2), Birthplaces.Encoded.MaxBy(row => row.Ids.Length)!];
        var T = (int)Math.Min(ForgetDivergence.PaddedLength, model.Context);
        var measured = ForgetDivergence.Measure(reference, model, rows, KlPositions.Padded);

        foreach (var (row, value) in rows.Zip(measured.PerItem))
        {
            var (sum, n) = (0.0, row.Ids.Length - 1);
            for (var t = 0; t < T; t++)
            {
                using var scope = NewDisposeScope();
                long[] ids = [.. row.Ids[..Math.Min(t, n)], row.Ids[Math.Min(t, n)]];
                long[] positions = [.. Enumerable.Range(0, Math.Min(t, n)), t];
                var mask = full([ids.Length, ids.Length], float.NegativeInfinity).triu(1);
                if (t >= n) mask[ids.Length - 1, ids.Length - 1] = float.NegativeInfinity;
                var layout = new TokenLayout(tensor(positions).unsqueeze(0), mask.unsqueeze(0));
                Tensor Logits(Llama one) => one.Logits(one.Hidden(tensor(ids).unsqueeze(0), layout: layout))[0, ^1].unsqueeze(0);
                sum += KullbackLeibler.OfLogits(Logits(reference), Logits(model)).item<float>();
            }
            Assert.Equal(sum / T, value, 1e-6);
        }
    }

    [Fact]
    public void Over_all_tokens_long_rows_count_more()
    {
        using var reference = Birthplaces.Untrained();
        using var model = Birthplaces.Untrained(seed: 1);

        var rows = ForgetDivergence.Measure(reference, model, Birthplaces.Encoded);
        var expected = rows.PerItem.Zip(Birthplaces.Encoded, (mean, row) => mean * (row.Ids.Length - 1)).Sum()
            / Birthplaces.Encoded.Sum(row => row.Ids.Length - 1);
        Assert.Equal(expected, ForgetDivergence.MeanOverTokens(reference, model, Birthplaces.Encoded), 1e-12);
    }

    [Fact]
    public void A_result_takes_a_divergence_for_each_of_its_rows()
    {
        EvaluatedRow row = new(new(1), new(1), [new(2)], 1);
        var result = new EvaluationResult(EvaluationTask.Forget, [row, row]);

        Assert.Contains("was not measured", Assert.Throws<InvalidOperationException>(() => result.Divergence).Message);
        Assert.Equal(0.75, ForgetDivergence.With(result, new("KL", 0.75, [0.5, 1])).Divergence.Value);
        Assert.Throws<ArgumentException>(() => ForgetDivergence.With(result, new("KL", 1, [1])));
    }
}
