using System.Globalization;
using System.Text.Json.Nodes;
using Orchestrator.Compiler;
using Orchestrator.Compiler.Stages;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Plans every sample on every fleet of <c>samples/fleets</c> and prices the baselines on the same candidates under the same promise. What
/// counts is money, not time; nothing of it depends on the machine.
/// </summary>
internal sealed class CompareBenchmark : Benchmark
{
    private const double Rounding = 1e-9; // share of a cost that the solver's unit of money may hide

    private const string Samples = "samples";

    public override string Name => "compare";

    public override string Summary => "our plan beside the baselines, every sample on every fleet of samples/fleets (first --size samples only)";

    public override string Sides => "$/h of ours, saving against each";

    public override JsonObject Run(BenchRun run)
    {
        string[] fleets = FilesOf(Path.Combine(Samples, "fleets"), "*.yaml");
        string[] workflows = FilesOf(Samples, "workflow.flow");
        if (run.Sizes is { Count: > 0 } sizes)
        {
            workflows = [.. workflows.Take(sizes[0])];
        }

        var rows = new JsonArray();
        var all = new List<Comparison>();
        foreach (string workflow in workflows)
        {
            foreach (string fleet in fleets)
            {
                rows.Add(Pair(run, workflow, fleet, all));
            }
        }

        JsonObject summary = Summarise(all, workflows.Length * fleets.Length, run);
        return new JsonObject { ["benchmark"] = Name, ["rows"] = rows, ["summary"] = summary };
    }

    private static JsonObject Pair(BenchRun run, string workflow, string fleet, List<Comparison> all)
    {
        string name = Path.GetFileName(Path.GetDirectoryName(workflow) ?? "");
        string on = Path.GetFileNameWithoutExtension(fleet);
        CompileResult result = Compile.Run(new CompileRequest
        {
            Source = SourceFile.ReadText(workflow),
            Import = WorkflowFile.Import,
            Fleet = FleetSource.Read(fleet),
        });
        if (result.HasErrors)
        {
            throw new DiagnosticException(result.Diagnostics);
        }

        var row = new JsonObject { ["workflow"] = name, ["fleet"] = on };
        if (result.Plan is not { } plan)
        {
            run.Report(string.Create(CultureInfo.InvariantCulture, $"  {name,-20} {on,-12} no plan: {result.Failure?.Explanation}"));
            row["no_plan"] = result.Failure?.Explanation;
            return row;
        }

        Comparison comparison = CompareStage.Run(plan);
        all.Add(comparison);
        row["gap"] = plan.Placement.Gap;
        row["plans"] = new JsonArray([.. comparison.Plans.Select(p => new JsonObject
        {
            ["name"] = p.Name,
            ["cost"] = p.Cost,
            ["p95"] = p.P95,
            ["saving"] = p.Saving,
            ["note"] = p.Note,
        })]);
        string savings = string.Join("  ", comparison.Plans.Skip(1).Select(p => p.Saving is { } s
            ? string.Create(CultureInfo.InvariantCulture, $"{s * 100,6:0.0} %") : " no plan"));
        run.Report(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-20} {on,-12} {new Dollars(comparison.Plans[0].Cost ?? 0),9}/{comparison.Unit,-3} gap {plan.Placement.Gap * 100,4:0.0} %  {savings}"));
        return row;
    }

    private static JsonObject Summarise(List<Comparison> all, int pairs, BenchRun run)
    {
        var baselines = new JsonArray();
        run.Report(string.Create(CultureInfo.InvariantCulture, $"  {all.Count} of {pairs} have a plan; every promised percentile holds in each by analysis"));
        foreach (string name in all.Count == 0 ? [] : all[0].Plans.Skip(1).Select(p => p.Name))
        {
            double[] savings = [.. all.SelectMany(c => c.Plans).Where(p => p.Name == name && p.Saving is not null).Select(p => p.Saving ?? 0).Order()];
            int dearer = savings.Count(s => s < -Rounding);
            double median = savings.Length == 0 ? 0 : (savings[(savings.Length - 1) / 2] + savings[savings.Length / 2]) / 2;
            run.Report(string.Create(CultureInfo.InvariantCulture,
                $"  {name}: has a plan in {savings.Length}, ours is dearer in {dearer}, median saving {median * 100:0.0} %, most {savings.LastOrDefault() * 100:0.0} %"));
            baselines.Add(new JsonObject
            {
                ["name"] = name,
                ["plans"] = savings.Length,
                ["ours_dearer"] = dearer,
                ["median_saving"] = median,
                ["most_saving"] = savings.LastOrDefault(),
            });
        }

        return new JsonObject { ["pairs"] = pairs, ["planned"] = all.Count, ["baselines"] = baselines };
    }

    private static string[] FilesOf(string folder, string pattern) => Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)]
        : throw SourceFile.Mistake("ORC6041", $"there is no folder '{folder}' here", "run this in the root of the repository");
}
