using System.CommandLine;
using Unlearn.Evaluation;
using Unlearn.Tensors;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn score</c>: the aggregates of an evaluation log.</summary>
internal static class ScoreCommand
{
    private const string Description = """
        Show the aggregates of an evaluation log: ROUGE-L, probability and truth ratio of every set, model utility, forget quality.
        Where a log has its answers' cleanness, as those of AltPO's authors: text cleanness and its indistinguishability.
        Reads the logs of TOFU, of NPO's repository and of 'unlearn evaluate'.

        Examples:
          unlearn score runs/npo                                   a folder with eval_log_aggregated.json
          unlearn score npo.json --retain retain90.json            with forget quality against a retain model's log
          unlearn score npo.json --retain retain90.json --json     every digit, for programs

        Exit code: 0 scored; 1 a log is missing or damaged.
        """;

    public static Command Create()
    {
        var log = new Argument<string>("LOG")
        {
            Description = "eval_log_aggregated.json, the log of a single set, or a folder with either.",
        };
        var retain = new Option<string?>("--retain")
        {
            Description = "The log of a model trained on the retain rows alone, on the same forget set: what forget quality compares with.",
            HelpName = "LOG",
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON object and nothing else." };

        var command = new Command("score", Description) { log, retain, json };
        command.SetAction(parsed =>
            Run(parsed.GetValue(log)!, parsed.GetValue(retain), parsed.GetValue(json), parsed.InvocationConfiguration));
        return command;
    }

    private static int Run(string log, string? retain, bool json, InvocationConfiguration console)
    {
        try
        {
            var evaluation = TofuLog.Read(log);
            var retained = retain is null ? null : TofuLog.Read(retain);
            var report = ScoreReport.Of(evaluation, retained);
            console.Output.WriteLine(json ? report.ToJson() : report.ToText());
            if (retained is not null && ScoreReport.Doubt(evaluation, retained) is { } doubt) console.Error.WriteLine("warning: " + doubt);
            return 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException
            or ArgumentException or InvalidOperationException)
        {
            console.Error.WriteLine(Complaint.Of(e));
            return 1;
        }
    }
}
