using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Makes the objective from the promises in the file and those on the command line, which win clause by clause.</summary>
public static partial class Promise
{
    /// <summary>
    /// The objective. <paramref name="sla"/> is a list such as <c>p95 &lt;= 4 s, first token p95 &lt;= 600 ms, budget &lt;= $0.01</c>;
    /// <paramref name="rate"/> is <c>20/s</c>, <c>1200/min</c> or <c>5000/h</c>. Mistakes in either go to <paramref name="mistakes"/>.
    /// </summary>
    public static Objective From(TaskGraph graph, string? sla, string? rate, DiagnosticBag mistakes)
    {
        var objective = new Objective();
        foreach (PromiseClause clause in graph.Promises.Where(p => p.Region == 0))
        {
            objective = With(objective, clause.Kind, clause.Percentile, clause.Limit, clause.Text);
        }

        if (sla is not null)
        {
            var source = new SourceText("--sla", sla);
            int start = 0;
            foreach (string part in sla.Split(','))
            {
                objective = ReadClause(objective, part, new SourceSpan(source, start, part.Length), mistakes);
                start += part.Length + 1;
            }
        }

        return rate is null ? objective : objective with { RatePerSecond = ReadRate(rate, mistakes) };
    }

    private static Objective With(Objective objective, string kind, int percentile, double limit, string text) => kind switch
    {
        "latency" => objective with { LatencyLimits = objective.LatencyLimits.SetItem(percentile, limit) },
        "first_token" => objective with { FirstTokenLimits = objective.FirstTokenLimits.SetItem(percentile, limit) },
        "rate" => objective with { RatePerSecond = limit },
        "budget" => objective with { BudgetPerRun = new Dollars(limit) },
        "region" => objective with { Region = text },
        _ => objective with { Quality = limit },
    };

    private static Objective ReadClause(Objective objective, string text, SourceSpan span, DiagnosticBag mistakes)
    {
        Match time = TimeClause().Match(text);
        if (time.Success)
        {
            string kind = time.Groups["first"].Success ? "first_token" : "latency";
            double scale = time.Groups["unit"].Value switch { "us" => 1e-6, "ms" => 1e-3, "s" => 1, "min" => 60, _ => 3600 };
            return With(objective, kind, int.Parse(time.Groups["p"].Value, CultureInfo.InvariantCulture), Number(time) * scale, "");
        }

        Match budget = BudgetClause().Match(text);
        if (budget.Success)
        {
            return With(objective, "budget", 0, Number(budget), "");
        }

        Match quality = QualityClause().Match(text);
        if (quality.Success && Number(quality) / (quality.Groups["unit"].Success ? 100 : 1) is <= 1 and var least)
        {
            return With(objective, "quality", 0, least, "");
        }

        mistakes.Error("ORC6020", $"'{text.Trim()}' is not a promise", span,
            "write p50, p95 or p99 <= a time, first token p95 <= a time, budget <= $ an amount, or quality >= a share; for example --sla 'p95 <= 4 s, first token p95 <= 600 ms'");
        return objective;
    }

    private static double? ReadRate(string rate, DiagnosticBag mistakes)
    {
        Match match = RateText().Match(rate);
        if (!match.Success || Number(match) is not (> 0 and <= 1e6))
        {
            mistakes.Error("ORC6021", $"'{rate}' is not a rate", new SourceSpan(new SourceText("--rate", rate), 0, rate.Length), "write 20/s, 1200/min or 5000/h");
            return null;
        }

        return Number(match) / match.Groups["unit"].Value switch { "min" => 60, "h" => 3600, _ => 1 };
    }

    private static double Number(Match match) => double.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*(?<first>first\s+(token|audio)\s+)?p(?<p>50|95|99)\s*(<=|≤)\s*(?<n>\d+(\.\d+)?)\s*(?<unit>us|ms|s|min|h)\s*$")]
    private static partial Regex TimeClause();

    [GeneratedRegex(@"^\s*budget\s*(<=|≤)\s*\$\s*(?<n>\d+(\.\d+)?)\s*$")]
    private static partial Regex BudgetClause();

    [GeneratedRegex(@"^\s*quality\s*(>=|≥)\s*(?<n>\d+(\.\d+)?)\s*(?<unit>%)?\s*$")]
    private static partial Regex QualityClause();

    [GeneratedRegex(@"^\s*(?<n>\d+(\.\d+)?)\s*/\s*(?<unit>s|min|h)\s*$")]
    private static partial Regex RateText();
}
