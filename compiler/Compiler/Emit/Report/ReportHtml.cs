using System.Text;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit.Report;

/// <summary>
/// A plan as one HTML page that needs nothing else, neither network nor scripts: the graph on its devices, the latency budget, money against
/// latency, other ways to place it, what the least certain estimates decide, and every estimate with its source.
/// </summary>
public static class ReportHtml
{
    /// <summary>The page; the same bytes for the same plan, study and comparison (null for none).</summary>
    public static string Write(DeploymentPlan plan, PlanStudy study, Comparison? comparison = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(study);
        var text = new StringBuilder();
        string title = $"{plan.Graph.Name} on {plan.Fleet.Name}";
        text.Append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
            .Append("<title>").Append(Svg.Escape(title)).Append("</title>\n<style>\n").Append(Style()).Append("</style>\n</head>\n<body>\n")
            .Append("<h1>").Append(Svg.Escape(title)).Append("</h1>\n<p class=\"soft\">promise: ").Append(Svg.Escape(PlanText.Promise(plan.Objective))).Append("</p>\n");
        Facts(text, plan, study);
        Section(text, "Where everything runs", "A lane is a device in use; a box is a task with its median time, and how often one run executes it. Point at a box or a line for more.");
        Figure(text, TierGraph.Draw(plan));
        Budget(text, plan, study);
        Front(text, plan, study);
        Compared(text, comparison);
        Sensitive(text, plan, study);
        Estimates(text, plan);
        Unknowns(text, plan);
        return text.Append("</body>\n</html>\n").ToString();
    }

    private static string Unit(DeploymentPlan plan) => plan.Objective.RatePerSecond is null ? " a run" : "/h";

    private static void Facts(StringBuilder text, DeploymentPlan plan, PlanStudy study)
    {
        Placement placement = plan.Placement;
        text.Append("<div class=\"facts\">\n");
        if (placement.CostPerHour is { } hour)
        {
            Fact(text, $"{new Dollars(hour.Likely)}/h", $"{new Dollars(hour.Low)}–{new Dollars(hour.High)} an hour");
        }

        Fact(text, placement.CostPerRun is { } run ? new Dollars(run.Likely * 1000).ToString() : "unknown", "for 1,000 runs");
        if (Predicted(plan, study) is { } latency)
        {
            Fact(text, PlanText.Time(latency.Likely), $"{Measure(study)}, 90 % within {PlanText.Span(latency)}");
            if (study.Limit is { } limit)
            {
                bool kept = latency.Likely <= limit;
                Fact(text, PlanText.Time(Math.Abs(limit - latency.Likely)), kept ? $"left of the promised {PlanText.Time(limit)}" : $"over the promised {PlanText.Time(limit)}", kept ? "good" : "bad");
            }
        }

        Fact(text, placement.Gap <= 1e-9 ? "proved" : $"{Quantity.Digits(placement.Gap * 100)} %", placement.Gap <= 1e-9 ? "no plan of these candidates is cheaper" : "at most dearer than the cheapest plan");
        if (placement.BestSingleKind is { } single)
        {
            Fact(text, $"{new Dollars(single.Cost)}{Unit(plan)}", $"with one kind of accelerator ({single.Device})");
        }

        text.Append("</div>\n<p>Binding: ").Append(Svg.Escape(placement.Binding.Length > 0 ? placement.Binding : "nothing")).Append(".</p>\n");
    }

    private static Interval? Predicted(DeploymentPlan plan, PlanStudy study) =>
        (study.FirstToken ? plan.Placement.FirstToken : plan.Placement.Latency).TryGetValue(study.Percentile, out Interval latency) ? latency : null;

    private static string Measure(PlanStudy study) => FormattableString.Invariant($"{(study.FirstToken ? "first token" : "end to end")} p{study.Percentile}");

    private static void Fact(StringBuilder text, string figure, string what, string style = "") =>
        text.Append("<div class=\"fact\"><b class=\"").Append(style).Append("\">").Append(Svg.Escape(figure)).Append("</b><span>").Append(Svg.Escape(what)).Append("</span></div>\n");

    private static void Section(StringBuilder text, string title, string words) =>
        text.Append("<h2>").Append(Svg.Escape(title)).Append("</h2>\n<p class=\"soft\">").Append(Svg.Escape(words)).Append("</p>\n");

    private static void Figure(StringBuilder text, string svg) => text.Append("<figure>").Append(svg).Append("</figure>\n");

    private static void Budget(StringBuilder text, DeploymentPlan plan, PlanStudy study)
    {
        if (plan.Placement.Budget.IsEmpty)
        {
            return;
        }

        Section(text, "Latency budget", $"What follows what along the critical path, {Measure(study)}; moves of data are grey.");
        Figure(text, Charts.Waterfall(plan.Placement.Budget, study.Limit));
    }

    private static void Front(StringBuilder text, DeploymentPlan plan, PlanStudy study)
    {
        if (study.Front.IsEmpty)
        {
            return;
        }

        Section(text, "Money against latency", $"Plans that no other one beats in both {Measure(study)} and money.");
        double latency = Predicted(plan, study)?.Likely ?? study.Front[^1].Latency;
        if (study.Front.Length > 1)
        {
            Figure(text, Charts.Front(study, latency, plan.Placement.ObjectiveValue, Unit(plan)));
        }

        text.Append(ReportText.Table(
            [Measure(study), "cost" + Unit(plan), "proved cheapest", "devices"],
            study.Front.Select(p => new[] { PlanText.Time(p.Latency), new Dollars(p.Cost).ToString(), p.Proved ? "yes" : "no", p.Devices }),
            [0, 1]));
    }

    private static void Compared(StringBuilder text, Comparison? comparison)
    {
        if (comparison is null)
        {
            return;
        }

        Section(text, "Beside other ways of choosing", "What usual ways come to on the same candidates, prices and promise.");
        text.Append(ReportText.Table(
            ["way", "cost/" + comparison.Unit, "p95", "saved by this plan", "how it chooses", ""],
            comparison.Plans.Select(p => new[]
            {
                p.Name, p.Cost is { } cost ? new Dollars(cost).ToString() : "no plan", p.P95 is { } p95 ? PlanText.Time(p95) : "",
                p.Saving is { } saving ? FormattableString.Invariant($"{saving * 100:0.0} %") : "", p.Summary, p.Note,
            }),
            [1, 2, 3],
            chosen: row => row == 0));
    }

    private static void Sensitive(StringBuilder text, DeploymentPlan plan, PlanStudy study)
    {
        if (study.Sensitivities.IsEmpty)
        {
            return;
        }

        Section(text, "What the least certain estimates decide",
            "Each task in turn as slow as the high end of its 90 % interval, everything else as estimated. The last column is the cheapest plan made for that case.");
        Figure(text, Charts.Ranges(study.Sensitivities));
        text.Append(ReportText.Table(
            ["task", "time", "90 % interval", Measure(study) + " then", "promise", "plan for it" + Unit(plan)],
            study.Sensitivities.Select(s => new[]
            {
                s.Task, PlanText.Time(s.Time.Likely), PlanText.Span(s.Time), PlanText.Time(s.Latency), s.Kept ? "kept" : "broken", s.Cost is { } cost ? new Dollars(cost).ToString() : "none",
            }),
            [1, 2, 3, 5]));
    }

    private static void Estimates(StringBuilder text, DeploymentPlan plan)
    {
        Section(text, "Every task", "The pool that serves it, what it takes there and who says so.");
        text.Append(ReportText.Table(
            ["task", "pool", "configuration", "load", "p50", "p95", "model", "source"],
            plan.Placement.Assignments.Select(a =>
            {
                Candidate pool = plan.Estimates.Candidates[a.Candidate];
                Estimate e = pool.Estimates[pool.Tasks.IndexOf(a.Task)];
                string load = plan.Objective.RatePerSecond is null ? "" : FormattableString.Invariant($"{pool.Load:0.00}");
                return new[] { plan.Graph.Tasks[a.Task].Name, PlanText.Devices(pool), pool.Configuration, load, $"{PlanText.Time(e.P50.Likely)} ({PlanText.Span(e.P50)})", $"{PlanText.Time(e.P95.Likely)} ({PlanText.Span(e.P95)})", e.Model, e.Source };
            }),
            [3]));
        text.Append("<details><summary>What else each task could have been</summary>\n").Append(ReportText.Table(
            ["task", "pool", "configuration", "load", "p50", "p95", "cost/h", ""],
            plan.Graph.Tasks.SelectMany(t => plan.Estimates.Candidates.Where(c => c.Tasks.Contains(t.Id)).Select(c => (Task: t, Pool: c))).Select(x =>
            {
                Estimate e = x.Pool.Estimates[x.Pool.Tasks.IndexOf(x.Task.Id)];
                string verdict = plan.Placement.Pools.Contains(x.Pool.Id) ? "chosen" : "";
                return new[] { x.Task.Name, PlanText.Devices(x.Pool), x.Pool.Configuration, FormattableString.Invariant($"{x.Pool.Load:0.00}"), PlanText.Time(e.P50.Likely), PlanText.Time(e.P95.Likely), x.Pool.CostPerHour?.ToString() ?? "unknown", verdict };
            }).Take(MostOptions),
            [3, 4, 5, 6]));
        text.Append("</details>\n");
    }

    private const int MostOptions = 400;

    private static void Unknowns(StringBuilder text, DeploymentPlan plan)
    {
        if (plan.Placement.Unknowns.IsEmpty)
        {
            return;
        }

        Section(text, "What is not known", "Planning had to do without these.");
        text.Append("<ul>\n").Append(string.Concat(plan.Placement.Unknowns.Select(u => $"<li>{Svg.Escape(u)}</li>\n"))).Append("</ul>\n");
    }

    private static string Style()
    {
        using Stream file = typeof(ReportHtml).Assembly.GetManifestResourceStream("report.css")!; // embedded by the project
        using var reader = new StreamReader(file);
        return reader.ReadToEnd();
    }
}
