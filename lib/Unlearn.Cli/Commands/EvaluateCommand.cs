using System.CommandLine;
using Unlearn.Data;
using Unlearn.Evaluation;
using Unlearn.Evaluation.Quality;
using Unlearn.Models;
using Unlearn.Objectives;
using Unlearn.Reporting;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn evaluate</c>: TOFU's evaluation of a saved model.</summary>
internal static class EvaluateCommand
{
    private const string Description = """
        Evaluate a saved model on TOFU's four sets (retain, real authors, world facts, forget) and write the log. What answers mean is
        compared by surrogates: an embedding trained on the data set and, on the generated world, a judge that knows its facts. Where the
        gibberish detector of AltPO's authors lies in the folder UNLEARN_GIBBERISH, or gibberish-detector in the cache, or has been brought
        by "unlearn get model", it scores how clean the answers to the questions to forget are.

        Examples:
          unlearn evaluate models/npo                                             the generated world, forget10
          unlearn evaluate models/npo --forget 5 --retain-log runs/retain95       with forget quality
          unlearn evaluate models/npo --reference models/full                     with the KL divergence from the model before
          unlearn evaluate models/npo --dataset tofu --last 400 --out runs/npo    the rows that the mini scale of TOFU trains on
          unlearn evaluate DIR --format llama2-chat --dataset tofu --dtype bfloat16 --device cuda     a published model

        Exit code: 0 evaluated; 1 model, data or log is missing or damaged; 130 interrupted (nothing is written).
        """;

    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "A model folder: model.safetensors, tokenizer.json, config.json." };
        var dataset = new Option<string>("--dataset") { Description = "The rows.", DefaultValueFactory = _ => "world" };
        dataset.AcceptOnlyFromAmong("world", "tofu");
        var forget = new Option<int>("--forget") { Description = "The share to forget, in percent.", DefaultValueFactory = _ => 10 };
        var last = new Option<int?>("--last") { Description = "Take only the last so many rows of the data set.", HelpName = "ROWS" };
        var limit = new Option<int>("--limit")
        {
            Description = "Evaluate at most the first so many rows of a set.",
            DefaultValueFactory = _ => EvaluationSet.TofuLimit,
            HelpName = "ROWS",
        };
        var retain = new Option<string?>("--retain-log")
        {
            Description = "The log of a model trained on the retain rows alone: what forget quality compares with.",
            HelpName = "LOG",
        };
        var reference = new Option<string?>("--reference")
        {
            Description = "The model before unlearning: adds every row's KL divergence from it, filled up as in the NPO authors' logs.",
            HelpName = "MODEL",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Where the log goes. Default: eval in the model's folder.",
            HelpName = "DIR",
        };
        var place = new ModelArguments();
        var json = new Option<bool>("--json") { Description = "Print one JSON object, the same as 'unlearn score', and nothing else." };

        var command = new Command("evaluate", Description) { model, dataset, forget, last, limit, retain, reference, output, place.TypeOption, json };
        foreach (var option in place.Options) command.Options.Add(option);
        command.SetAction((parsed, cancellation) => Task.Run(() => Run(
            new(parsed.GetValue(model)!, parsed.GetValue(dataset)!, parsed.GetValue(forget), parsed.GetValue(last), parsed.GetValue(limit),
                parsed.GetValue(retain), parsed.GetValue(reference), parsed.GetValue(output), parsed.GetValue(json),
                name => place.Load(parsed, name, place.Type(parsed))),
            parsed.InvocationConfiguration, cancellation), CancellationToken.None));
        return command;
    }

    private static int Run(EvaluateRequest request, InvocationConfiguration console, CancellationToken cancellation)
    {
        try
        {
            // First what can be wrong at once, then what takes time.
            var retained = request.RetainLog is null ? null : TofuLog.Read(request.RetainLog);
            var corpus = DataSets.Named(request.Dataset);
            if (request.Last is { } rows) corpus = corpus.TakeLast(rows);
            var sets = EvaluationSet.All(corpus, corpus.Split(request.Forget), request.Limit);
            using var saved = request.Load(request.Model);
            using var before = request.Reference is null ? null : request.Load(request.Reference);
            var encoder = saved.Encoder();
            if (before is not null) RequireSameTokens(saved, before, request.Reference!, sets);

            var show = request.Json || Console.IsErrorRedirected ? null : ProgressBar.Line(console.Error);
            using var bar = new ProgressBar("evaluating", sets.Sum(set => set.Rows.Count), "questions", show);
            var results = new Evaluator(encoder).Run(saved.Model, sets, bar, cancellation);
            if (before is not null)
            {
                results = [.. results.Zip(sets, (result, set) => ForgetDivergence.With(result, ForgetDivergence.Measure(
                    before.Model, saved.Model, [.. set.Rows.Select(encoder.Encode)], KlPositions.Padded)))];
            }
            var evaluation = MeaningMeasures.Surrogates(corpus, saved.Tokenizer).With(new ModelEvaluation(results));
            if (DistilBertDetector.IsThere)
            {
                using var detector = DistilBertDetector.Load();
                evaluation = AnswerCleanness.With(evaluation, detector);
            }
            var report = ScoreReport.Of(evaluation, retained);
            var folder = request.Out ?? Path.Combine(request.Model, "eval");
            var name = Path.GetFileName(Path.GetFullPath(request.Model).TrimEnd(Path.DirectorySeparatorChar));
            TofuLog.Write(evaluation, folder, retained, name);

            console.Output.WriteLine(request.Json ? report.ToJson()
                : $"{report.ToText()}\nlog             {Path.Combine(folder, TofuLog.AggregatedName)}");
            if (retained is not null && ScoreReport.Doubt(evaluation, retained) is { } doubt) console.Error.WriteLine("warning: " + doubt);
            return 0;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("interrupted; nothing was written.");
            return 130;
        }
        catch (Exception e) when (ModelArguments.IsExpected(e))
        {
            console.Error.WriteLine(ModelArguments.Message(e));
            return 1;
        }
    }

    // The same ids must mean the same tokens, or a divergence between the two means nothing.
    private static void RequireSameTokens(SavedModel model, SavedModel reference, string name, IEnumerable<EvaluationSet> sets)
    {
        var (mine, other) = (model.Encoder(), new RowEncoder(reference.Tokenizer, model.Encoder().Format));
        if (model.Model.Vocabulary == reference.Model.Vocabulary
            && sets.SelectMany(set => set.Rows).All(row => mine.Encode(row).Ids.SequenceEqual(other.Encode(row).Ids))) return;
        throw new InvalidDataException($"{name} has another tokenizer than the model; expected the model from which unlearning started.");
    }

    private sealed record EvaluateRequest(
        string Model, string Dataset, int Forget, int? Last, int Limit, string? RetainLog, string? Reference, string? Out, bool Json,
        Func<string, SavedModel> Load);
}
