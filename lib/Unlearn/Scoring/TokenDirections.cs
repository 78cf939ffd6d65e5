using TorchSharp.Modules;
using Unlearn.Data;
using Unlearn.Models;
using Unlearn.Models.Adapters;
using Unlearn.Numerics;
using Unlearn.Tensors;
using Unlearn.Tokenization;
using static TorchSharp.torch;

namespace Unlearn.Scoring;

/// <summary>Which of a model's two matrices over the vocabulary; one where they are tied.</summary>
public enum EmbeddingSide
{
    /// <summary>What tokens are read as.</summary>
    Input,

    /// <summary>What tokens are written by: the head's rows.</summary>
    Output,
}

/// <summary>A direction for every token: its embedding in a model before unlearning, mean-centred, of length 1. Never updated.</summary>
/// <remarks>
/// <code>
///   ê_w = (e_w − ē) / ‖e_w − ē‖,   ē = mean of e_w over tokens that are not special
///   φ(y) = (1/|y|) Σₜ ê_{yₜ}
/// </code>
/// <para>
/// Without centring all embeddings share a direction, and every two answers look alike. Memory: V·D numbers of the model's type. The
/// choice of the space is ours: see <see cref="Objectives.DialoguePaper"/>.
/// </para>
/// </remarks>
public sealed class TokenDirections : IDisposable
{
    private TokenDirections(Tensor matrix) => Matrix = matrix;

    /// <summary>ê, [V, D], constant.</summary>
    public Tensor Matrix { get; }

    /// <summary>SHA-256 of every bit, in lower-case hexadecimal digits.</summary>
    internal string Fingerprint => Training.Fingerprint.OfTensor(Matrix);

    /// <summary>D.</summary>
    public long Width => Matrix.shape[1];

    /// <summary>The directions of a model as it is now; what it becomes does not change them.</summary>
    /// <param name="model">The model before unlearning, with or without adapters.</param>
    /// <param name="special">Ids of tokens that are no text: they have directions but no part in the mean.</param>
    /// <param name="side">Which embedding.</param>
    /// <exception cref="NotSupportedException">The model has no such matrix of one row a token.</exception>
    public static TokenDirections Of(nn.Module model, IReadOnlyCollection<int>? special = null, EmbeddingSide side = EmbeddingSide.Input)
    {
        var whole = model is AdaptedModel adapted ? adapted.Model : model;
        var V = (whole as ILanguageModel)?.Vocabulary
            ?? throw new NotSupportedException($"Token directions are those of a language model but {model.GetType().Name} is none.");
        var layers = whole.named_modules().Select(layer => layer.module).ToArray();
        var input = layers.OfType<Embedding>().FirstOrDefault(layer => layer.weight!.shape[0] == V)?.weight;
        var output = layers.OfType<Linear>().LastOrDefault(layer => layer.weight!.shape[0] == V)?.weight ?? input;
        return OfEmbeddings((side == EmbeddingSide.Input ? input : output)
            ?? throw new NotSupportedException($"{model.GetType().Name} should have an embedding of {V} rows but has none."), special);
    }

    /// <summary>The same without a tokenizer's special tokens in the mean.</summary>
    /// <param name="model">The model before unlearning, with or without adapters.</param>
    /// <param name="tokenizer">Knows which ids are special.</param>
    /// <param name="side">Which embedding.</param>
    public static TokenDirections Of(nn.Module model, ITokenizer tokenizer, EmbeddingSide side = EmbeddingSide.Input) =>
        Of(model, [.. Enumerable.Range(0, tokenizer.VocabularySize).Where(tokenizer.IsSpecial)], side);

    /// <summary>The directions of given embeddings.</summary>
    /// <param name="embeddings">e, [V, D].</param>
    /// <param name="special">Ids that have no part in the mean.</param>
    /// <exception cref="ArgumentException">No token is left for the mean, or an id is none.</exception>
    public static TokenDirections OfEmbeddings(Tensor embeddings, IReadOnlyCollection<int>? special = null)
    {
        var V = embeddings.Expect([TensorShapes.Any, TensorShapes.Any]).shape[0];
        var dropped = (special ?? []).ToHashSet();
        if (dropped.Any(id => id < 0 || id >= V))
            throw new ArgumentException($"Special ids should be from 0 to {V - 1} but are {string.Join(", ", dropped)}.", nameof(special));
        if (dropped.Count >= V)
            throw new ArgumentException($"The mean should be over some of {V} tokens but all are special.", nameof(special));

        using var _ = no_grad();
        var matrix = Scope.Keep(() =>
        {
            var (type, e) = (embeddings.dtype, embeddings.detach());
            if (type != float64) e = e.to(float32);
            long[] kept = [.. Enumerable.Range(0, (int)V).Where(id => !dropped.Contains(id)).Select(id => (long)id)];
            var mean = e.index_select(0, tensor(kept, device: e.device)).mean([0], keepdim: true);                 // [1, D]
            return SoftEmbedding.Unit(e - mean).to(type);
        });
        return new(matrix.DetachFromDisposeScope());
    }

    /// <summary>φ of answers.</summary>
    /// <param name="answers">Token ids of each, their ends included; none empty.</param>
    /// <returns>[B, D] float64.</returns>
    public Tensor Means(IReadOnlyList<int[]> answers)
    {
        if (answers.Any(answer => answer.Length == 0)) throw new ArgumentException("Every answer should have a token.", nameof(answers));
        using var _ = no_grad();
        return Scope.Keep(() =>
        {
            var device = Matrix.device;
            long[] owners = [.. answers.SelectMany((answer, b) => Enumerable.Repeat((long)b, answer.Length))];
            var ids = tensor(answers.SelectMany(answer => answer.Select(id => (long)id)).ToArray(), device: device);
            var lengths = tensor(answers.Select(answer => (double)answer.Length).ToArray(), device: device);
            return zeros([answers.Count, Width], float64, device)
                .index_add(0, tensor(owners, device: device), Matrix.index_select(0, ids).to(float64), 1) / lengths.unsqueeze(1);
        });
    }

    /// <summary>φ of answers, as numbers.</summary>
    /// <param name="answers">Token ids of each, their ends included; none empty.</param>
    /// <returns>[B][D].</returns>
    public double[][] Vectors(IReadOnlyList<int[]> answers)
    {
        if (answers.Count == 0) return [];
        using var scope = NewDisposeScope();
        return [.. Means(answers).cpu().data<double>().ToArray().Chunk((int)Width)];
    }

    /// <summary>φ of rows' answers.</summary>
    internal Tensor Means(IReadOnlyList<EncodedRow> rows) => Means([.. rows.Select(row => row.Ids[row.PromptLength..])]);

    /// <summary>Frees the matrix.</summary>
    public void Dispose() => Matrix.Dispose();
}
