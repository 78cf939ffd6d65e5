using Unlearn.Data;
using Unlearn.Evaluation;

namespace Unlearn.Experiments;

/// <summary>What an experiment's models are, and what they learn and forget: at the mini scale, or at a paper's own.</summary>
public interface IExperimentScale
{
    /// <summary>The rows.</summary>
    Corpus Corpus { get; }

    /// <summary>How long a generated answer may become.</summary>
    AnswerLimit AnswerLimit { get; }

    /// <summary>What decides a model's weights, in short.</summary>
    /// <param name="withoutPercent">The share of rows it never saw; 0 for the model that saw everything.</param>
    string NameOf(int withoutPercent);

    /// <summary>Loads a model, or trains it first.</summary>
    /// <param name="models">Keeps those that were trained here.</param>
    /// <param name="withoutPercent">The share of rows it must never have seen: the retain model of that split. 0 for none.</param>
    /// <param name="tell">Told of the training's progress.</param>
    StoredModel Obtain(ModelStore models, int withoutPercent, Action<string>? tell);
}
