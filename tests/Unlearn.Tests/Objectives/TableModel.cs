using Unlearn.Models;
using static TorchSharp.torch;

namespace Unlearn.Tests.Objectives;

/// <summary>A model that looks its logits up: a row's first token says which they are.</summary>
/// <param name="logits">[R, T, V].</param>
internal sealed class TableModel(Tensor logits) : ILanguageModel
{
    /// <summary>The first token of the first row.</summary>
    public const int FirstRow = 100;

    public long Vocabulary => logits.shape[2];

    public long Context => logits.shape[1];

    public Tensor Hidden(Tensor ids, KeyValueCache? cache = null, TokenLayout? layout = null) =>
        logits.index_select(0, ids.select(1, 0) - FirstRow).narrow(1, 0, ids.shape[1]);

    public KeyValueCache NewCache(long capacity) => throw new NotSupportedException("A table reads no further tokens.");

    public Tensor Logits(Tensor hidden) => hidden;
}
