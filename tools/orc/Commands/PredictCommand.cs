using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Opt;
using Orchestrator.Cli.Predict;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Evaluation;
using Orchestrator.Diagnostics;

namespace Orchestrator.Cli.Commands;

/// <summary>
/// <c>orc predict --kind KIND</c>: answer every row of a table (<c>--csv</c>), judge the predictor on rows that it was not fitted on
/// (<c>--evaluate</c>), or fit it anew (<c>--fit</c>).
/// </summary>
internal static class PredictCommand
{
    private static readonly Option<string> Kind = new("--kind") { Description = "What is predicted: " + string.Join(", ", GeneratedRegistry.Predictors.Select(p => p.Name)), Required = true };
    private static readonly Option<string?> Csv = new("--csv") { Description = "Predict every row of this table; - is standard input" };
    private static readonly Option<string?> Evaluate = new("--evaluate") { Description = "Judge the predictor on this table of measured rows, fitted on the other folds" };
    private static readonly Option<string?> Fit = new("--fit") { Description = "Fit the predictor on this table of measured rows and write its tables into the folder of --output" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Where the answer is written: a file, with --fit a folder; standard output when not given" };
    private static readonly Option<string?> Leave = new("--hold-out") { Description = "What --evaluate leaves out together: pair, device, shape; the strictest when not given" };
    private static readonly Option<int> Folds = new("--folds") { Description = "Folds of --evaluate, 2 or more", DefaultValueFactory = _ => 5 };
    private static readonly Option<int> Seed = new("--seed") { Description = "Seed of the deal into folds", DefaultValueFactory = _ => 1 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads at most; the answers do not depend on it", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> Details = new("--details") { Description = "With --evaluate: scores by source and by device too" };
    private static readonly Option<bool> Choose = new("--choose") { Description = "With --evaluate of serving: what is lost by taking the configuration that the prediction prefers" };
    private static readonly Option<bool> Json = CommonOptions.Json();

    public static Command Create()
    {
        var command = new Command("predict", "Predict times and rates for the rows of a table, judge the predictions, or fit them anew.")
        {
            Kind, Csv, Evaluate, Fit, Output, Leave, Folds, Seed, Threads, Details, Choose, Json,
        };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(Json), () => Run(parsed)));
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        IPredictor predictor = Find(parsed.GetRequiredValue(Kind));
        (string? csv, string? evaluate, string? fit) = (parsed.GetValue(Csv), parsed.GetValue(Evaluate), parsed.GetValue(Fit));
        if (new[] { csv, evaluate, fit }.Count(f => f is not null) != 1)
        {
            throw SourceFile.Mistake("ORC6071", "one thing is done at a time: --csv predicts, --evaluate judges, --fit learns", "give one of the three, with a table");
        }

        if (csv is not null)
        {
            PredictRows(parsed, predictor, csv);
        }
        else if (evaluate is not null)
        {
            JudgeRows(parsed, predictor, evaluate);
        }
        else if (fit is not null)
        {
            Learn(parsed, predictor, fit);
        }

        return Exit.Fine;
    }

    private static IPredictor Find(string kind)
    {
        foreach ((string name, Func<IPredictor> create) in GeneratedRegistry.Predictors)
        {
            if (name == kind)
            {
                return create();
            }
        }

        IEnumerable<string> names = GeneratedRegistry.Predictors.Select(p => p.Name);
        throw SourceFile.Mistake("ORC6070", $"nothing predicts '{kind}'", NearestName.Suggest(kind, names) ?? "there is " + string.Join(", ", names));
    }

    private static void PredictRows(ParseResult parsed, IPredictor predictor, string path)
    {
        MeasuredTable table = MeasuredTable.Read(path, predictor.Columns);
        table.Refuse(["predicted", "low", "high"]);
        var answers = Answers.To(table, predictor, parsed.GetValue(Threads), CancellationToken.None);
        Write(parsed.GetValue(Output), writer =>
        {
            if (parsed.GetValue(Json))
            {
                writer.Write(answers.ToJson().ToJsonString(Terminal.Json) + "\n");
            }
            else
            {
                answers.WriteCsv(writer);
            }
        });
    }

    private static void JudgeRows(ParseResult parsed, IPredictor predictor, string path)
    {
        string by = parsed.GetValue(Leave) ?? predictor.HoldOuts[0];
        if (!predictor.HoldOuts.Contains(by))
        {
            throw SourceFile.Mistake("ORC6074", $"--hold-out {by} is none of this kind", "there is " + string.Join(", ", predictor.HoldOuts));
        }

        if (parsed.GetValue(Folds) < 2)
        {
            throw SourceFile.Mistake("ORC6074", "with fewer than two folds nothing is left out", "give --folds 5");
        }

        MeasuredTable table = MeasuredTable.Read(path, [.. predictor.Columns, predictor.Measured]);
        var holdOut = new HoldOut(by, parsed.GetValue(Folds), parsed.GetValue(Seed), parsed.GetValue(Threads));
        IReadOnlyList<Judged> judged = table.Reading(() => holdOut.Run(predictor, table.Table.Rows, CancellationToken.None));
        (string Heading, ImmutableArray<Score> Scores)[] tables =
        [
            ("class", ByClass(judged)),
            .. parsed.GetValue(Details)
                ? [("class, source", Score.Each(judged, r => $"{r.Class}, {r.Row["source"]}")), ("class, device", Score.Each(judged, r => $"{r.Class}, {r.Row["hardware"]}"))]
                : Array.Empty<(string, ImmutableArray<Score>)>(),
        ];
        ImmutableArray<Choice> choices = parsed.GetValue(Choose) ? Choice.Judge(judged) : [];
        Write(parsed.GetValue(Output), writer => WriteScores(writer, parsed.GetValue(Json), $"{judged.Count} rows judged, left out by {by}", tables, choices));
    }

    // The last row is of all classes together, where there are several.
    private static ImmutableArray<Score> ByClass(IReadOnlyList<Judged> judged)
    {
        ImmutableArray<Score> classes = Score.Each(judged, r => r.Class);
        return classes.Length > 1 ? classes.Add(Score.Of("all", judged)) : classes;
    }

    private static void WriteScores(
        TextWriter writer, bool json, string summary, (string Heading, ImmutableArray<Score> Scores)[] tables, ImmutableArray<Choice> choices)
    {
        if (json)
        {
            var answer = new JsonObject { ["summary"] = summary };
            foreach ((string heading, ImmutableArray<Score> scores) in tables)
            {
                answer[heading] = ScoreText.ToJson(scores);
            }

            answer["choices"] = ScoreText.ToJson(choices);
            writer.Write(answer.ToJsonString(Terminal.Json) + "\n");
            return;
        }

        writer.Write(summary + "\n");
        foreach ((string heading, ImmutableArray<Score> scores) in tables)
        {
            writer.Write(ScoreText.Write(heading, scores, Math.Max(100, Terminal.Width)));
        }

        if (choices.Length > 0)
        {
            writer.Write(ScoreText.Write(choices, Math.Max(100, Terminal.Width)));
        }
    }

    private static void Learn(ParseResult parsed, IPredictor predictor, string path)
    {
        string folder = parsed.GetValue(Output) ?? throw SourceFile.Mistake("ORC6071", "--fit writes tables, and no folder is named", "give -o FOLDER");
        MeasuredTable table = MeasuredTable.Read(path, [.. predictor.Columns, predictor.Measured]);
        IPredictor fitted = table.Reading(() => predictor.Fit(table.Table.Rows, CancellationToken.None));
        try
        {
            Directory.CreateDirectory(folder);
            fitted.Save(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SourceFile.Mistake("ORC6075", $"'{folder}' cannot be written: {e.Message}", "name a folder that you may write to");
        }

        Terminal.Error.WriteLine($"fitted on {table.Table.Rows.Count} rows, written to {folder}");
    }

    // The answer is complete before the file is touched.
    private static void Write(string? path, Action<TextWriter> write)
    {
        using var buffer = new StringWriter { NewLine = "\n" };
        write(buffer);
        if (path is null)
        {
            Terminal.Out.Write(buffer.ToString());
        }
        else
        {
            OptOutput.Write(path, buffer.ToString());
        }
    }
}
