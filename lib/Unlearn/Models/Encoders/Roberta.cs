using System.Collections.Immutable;
using TorchSharp.Modules;
using Unlearn.Tensors;
using static TorchSharp.torch;

namespace Unlearn.Models.Encoders;

/// <summary>RoBERTa with a classifier on its first token.</summary>
/// <remarks>
/// <para>State-dict keys are those of Hugging Face's <c>RobertaForSequenceClassification</c>.</para>
/// <para>Liu et al., 2019. <see href="https://arxiv.org/abs/1907.11692"/></para>
/// </remarks>
public sealed class Roberta : SequenceClassifier
{
    private readonly Bert roberta;
    private readonly Head classifier;

    /// <summary>A model with fresh weights.</summary>
    /// <param name="shape">Its sizes.</param>
    public Roberta(EncoderShape shape) : base(nameof(Roberta))
    {
        Labels = shape.Labels;
        roberta = new Bert(shape);
        classifier = new Head(shape);
        RegisterComponents();
        Layer.Draw(classifier);
    }

    /// <inheritdoc/>
    public override ImmutableArray<string> Labels { get; }

    /// <inheritdoc/>
    public override int Context => roberta.Context;

    /// <inheritdoc/>
    public override Tensor forward(EncoderBatch input) => Scope.Keep(() => classifier.forward(roberta.forward(input).select(1, 0)));

    /// <inheritdoc/>
    public override string? KeyOf(string key) => key.StartsWith("roberta.pooler.", StringComparison.Ordinal) ? null : base.KeyOf(key);

    private sealed class Head : nn.Module
    {
        private readonly Linear dense, out_proj;

        public Head(EncoderShape shape) : base(nameof(Head))
        {
            dense = Layer.Linear(shape.Width, shape.Width, bias: true);
            out_proj = Layer.Linear(shape.Width, shape.Labels.Length, bias: true);
            RegisterComponents();
        }

        /// <summary>[B, C] → [B, N].</summary>
        public Tensor forward(Tensor x) => Scope.Keep(() => out_proj.call(dense.call(x).tanh()));
    }
}
