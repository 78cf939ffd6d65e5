using Plotly.NET;
using Plotly.NET.CSharp;
using Unlearn.Experiments;
using Unlearn.Training;
using Chart = Plotly.NET.CSharp.Chart;

namespace Unlearn.Reporting;

/// <summary>Training and unlearning drawn over their updates.</summary>
public static class Curves
{
    /// <summary>The loss of every update.</summary>
    /// <param name="title">The chart's title.</param>
    /// <param name="runs">Updates by the run's name.</param>
    public static GenericChart Loss(string title, params IEnumerable<(string Name, IReadOnlyList<StepReport> Steps)> runs) =>
        Draw(title, "loss (nats)", runs.Select(run =>
            Line(run.Name, run.Steps.Select(step => step.Step), run.Steps.Select(step => step.Loss))));

    /// <summary>How well the answers to forget are remembered along each trial. Low is what is wanted.</summary>
    /// <param name="trials">The trials.</param>
    public static GenericChart ForgetMemory(params IEnumerable<UnlearningTrial> trials) =>
        Memory("Answers to forget (lower is better)", trials, point => point.Forget);

    /// <summary>How well the answers to keep are remembered along each trial. High is what is wanted.</summary>
    /// <param name="trials">The trials.</param>
    public static GenericChart RetainMemory(params IEnumerable<UnlearningTrial> trials) =>
        Memory("Answers to keep (higher is better)", trials, point => point.Retain);

    private static GenericChart Memory(string title, IEnumerable<UnlearningTrial> trials, Func<TrajectoryPoint, double> value) =>
        Draw(title, "probability per token", trials.Select(trial => Line(trial.Method,
            trial.Trajectory.Select(point => point.Step), trial.Trajectory.Select(value))));

    private static GenericChart Line(string name, IEnumerable<int> x, IEnumerable<double> y) =>
        Chart.Line<int, double, string>(x, y, Name: name);

    private static GenericChart Draw(string title, string axis, IEnumerable<GenericChart> lines) =>
        Chart.Combine(lines).WithTitle(title)
            .WithXAxisStyle<int, int, string>(TitleText: "update")
            .WithYAxisStyle<double, double, string>(TitleText: axis);
}
