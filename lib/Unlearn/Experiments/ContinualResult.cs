using System.Text.Json.Serialization;
using Unlearn.Evaluation;

namespace Unlearn.Experiments;

/// <summary>A model after a task of a sequence.</summary>
/// <param name="Task">Number of the task, from 1; 0 for the model before the first, measured on the first task's rows.</param>
/// <param name="Report">A Closer Look's numbers: the sets to keep and this task's rows.</param>
/// <param name="TofuUtility">TOFU's model utility, of nine numbers.</param>
/// <param name="Earlier">The rows of earlier tasks again, which the paper does not measure: whether they come back.</param>
/// <param name="LastLoss">The loss of the last update; null for task 0.</param>
/// <param name="Weights">Fingerprint of the model.</param>
/// <param name="Failure">Why the sequence ends here before its end, such as a loss that is not finite; null where it does not.</param>
public sealed record ContinualResult(
    int Task, CloserLookReport Report, double TofuUtility, IReadOnlyList<EarlierTask> Earlier, double? LastLoss, string Weights,
    string? Failure = null)
{
    /// <summary>Mean forget efficacy over earlier tasks and this one; null where it was not measured.</summary>
    [JsonIgnore]
    public double? EfficacyOfAll =>
        Earlier.Select(task => task.ForgetEfficacy).Append(Report.ForgetEfficacy).Aggregate((double?)0, (sum, next) => sum + next)
            / (Earlier.Count + 1);
}

/// <summary>Rows that were to be forgotten in an earlier task, measured again.</summary>
/// <param name="Task">Which task.</param>
/// <param name="Scores">Their numbers.</param>
/// <param name="ForgetEfficacy">FE of them; null where one of its numbers was not measured.</param>
public sealed record EarlierTask(int Task, CloserLookScores Scores, double? ForgetEfficacy);
