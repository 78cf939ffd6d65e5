using System.CommandLine;
using System.Text.Json;
using Unlearn.Data;
using Unlearn.Experiments;
using Unlearn.Generation;

namespace Unlearn.Cli.Commands;

/// <summary><c>unlearn alternates</c>: other answers to the questions to forget, as AltPO teaches them.</summary>
internal static class AlternatesCommand
{
    private const string Description = """
        Let a model invent alternate answers to the questions it is about to forget, or describe a file of them.

        The file has one JSON object a line with question, answer and sub_answer; files with alternate in its place are read too.
        Without --model the mini model that can be asked for alternates is trained first, once.

        Examples:
          unlearn alternates --forget 10 --per-question 5 --seed 0 --out alt5_seed_0.json
          unlearn alternates --model models/full --data data/world/forget05.json --out alternates.json
          unlearn alternates --forget 1 --filter --top-p 1 --out filtered.json     without near copies and repeats
          unlearn alternates --stats alt5_seed_0.json --json
        """;

    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var stats = new Option<string?>("--stats") { Description = "Describe this file and generate nothing.", HelpName = "FILE" };
        var output = new Option<string?>("--out") { Description = "Where alternates go.", HelpName = "FILE" };
        var model = new Option<string?>("--model") { Description = "A model folder.", HelpName = "DIR" };
        var data = new Option<string?>("--data") { Description = "The rows to forget; TOFU's format.", HelpName = "FILE" };
        var forget = new Option<int>("--forget") { Description = "Without --data, so many percent.", DefaultValueFactory = _ => 10 };
        var count = new Option<int>("--per-question") { Description = "Alternates of each question.", DefaultValueFactory = _ => 5 };
        var seed = new Option<long>("--seed") { Description = "Of the mini model and of sampling.", DefaultValueFactory = _ => 0 };
        var profile = new Option<string>("--profile") { Description = "The mini model's budget.", DefaultValueFactory = _ => "quick" };
        profile.AcceptOnlyFromAmong("quick", "smoke");
        var template = new Option<string>("--template") { Description = "How the model is asked.", DefaultValueFactory = _ => "mini" };
        template.AcceptOnlyFromAmong([.. InstructionTemplate.All.Select(each => each.Name)]);
        var temperature = new Option<double>("--temperature") { Description = "Above 0.", DefaultValueFactory = _ => 1 };
        var topK = new Option<int?>("--top-k") { Description = "Draw from so many likeliest tokens." };
        var topP = new Option<double?>("--top-p") { Description = "Draw from the likeliest tokens with this probability together." };
        var tokens = new Option<int?>("--max-tokens") { Description = "Most tokens of an alternate." };
        var batch = new Option<int>("--batch") { Description = "Answers at once; changes time only.", DefaultValueFactory = _ => 128 };
        var filter = new Option<bool>("--filter") { Description = "Turn down repeats and near copies of the answer; the authors do not." };
        var place = new ModelArguments();
        var json = new Option<bool>("--json") { Description = "Print the description as JSON and nothing else." };
        var command = new Command("alternates", Description)
        {
            stats, output, model, data, forget, count, seed, profile, template, temperature, topK, topP, tokens, batch, filter, json,
        };
        foreach (var option in place.Options) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var console = parsed.InvocationConfiguration;
            var quiet = parsed.GetValue(json);
            if (parsed.GetValue(stats) is { } path) return Describe(AlternateFile.Read(path), quiet, console);
            if (parsed.GetValue(output) is not { } target)
            {
                console.Error.WriteLine("Say where the alternates should go, --out FILE, or which file to describe, --stats FILE.");
                return 1;
            }
            var options = Options();
            var scale = MiniScale.For("world", parsed.GetValue(profile)!, parsed.GetValue(seed)).WithAlternates();
            var rows = parsed.GetValue(data) is { } file ? TofuFile.Read(file) : scale.Corpus.Split(parsed.GetValue(forget)).Forget;
            var alternates = Generate(options, scale, rows);
            AlternateFile.Write(target, alternates);
            if (!quiet) console.Output.WriteLine($"wrote {alternates.Count} alternates to {target}");
            return Describe(alternates, quiet, console);

            AlternateOptions Options()
            {
                var usual = AlternateOptions.Mini.Sampling;
                return new(InstructionTemplate.Named(parsed.GetValue(template)!), usual with
                {
                    Temperature = parsed.GetValue(temperature),
                    TopK = parsed.GetValue(topK) ?? usual.TopK,
                    TopP = parsed.GetValue(topP) ?? usual.TopP,
                    MaxNewTokens = parsed.GetValue(tokens) ?? usual.MaxNewTokens,
                    BatchSize = parsed.GetValue(batch),
                }, parsed.GetValue(filter) ? new() : null);
            }

            IReadOnlyList<AlternateRow> Generate(AlternateOptions how, MiniScale scale, IReadOnlyList<QaRow> rows)
            {
                if (parsed.GetValue(model) is { } folder)
                {
                    using var saved = place.Load(parsed, folder);
                    return Alternates.Generate(
                        saved.Model, saved.Encoder(), rows, parsed.GetValue(count), how, parsed.GetValue(seed));
                }
                using var full = ModelStore.Shared.Obtain(scale, 0, quiet ? null : console.Output.WriteLine);
                return Alternates.Generate(full.Model, full.Encoder, rows, parsed.GetValue(count), how, parsed.GetValue(seed));
            }
        });
        return command;
    }

    private static int Describe(IReadOnlyList<AlternateRow> rows, bool json, InvocationConfiguration console)
    {
        var statistics = AlternateStatistics.Of(rows);
        console.Output.WriteLine(json ? JsonSerializer.Serialize(statistics, Snake) : statistics.ToString());
        return 0;
    }
}
