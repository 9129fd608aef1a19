using System.Globalization;
using System.Text;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes a comparison with baselines for people: the same bytes for the same comparison and width.</summary>
public static class ComparisonText
{
    /// <summary>A table in at most <paramref name="width"/> columns; why a baseline has no plan stands below it.</summary>
    public static string Write(Comparison comparison, int width)
    {
        width = Math.Clamp(width, PlanText.NarrowestWidth, PlanText.WidestWidth);
        var text = new StringBuilder();
        var rows = new List<string[]> { new[] { "compared with", $"$/{comparison.Unit}", "p95", "saved", "" } };
        rows.AddRange(comparison.Plans.Select(Row));
        TextTable.Append(text, rows, width, rightAligned: [1, 2, 3], flexible: [4, 0]);
        foreach (ComparedPlan plan in comparison.Plans.Where(p => p.Cost is null))
        {
            TextTable.AppendWrapped(text, $"{plan.Name} has no plan: {plan.Note}", width, "  ", "    ");
        }

        return text.ToString();
    }

    private static string[] Row(ComparedPlan plan) => plan.Cost is { } cost
        ?
        [
            plan.Name,
            new Dollars(cost).ToString(),
            plan.P95 is { } p95 ? new Seconds(p95).ToString() : "",
            plan.Saving is { } saving ? string.Create(CultureInfo.InvariantCulture, $"{saving * 100:0.0} %") : "",
            plan.Note,
        ]
        : [plan.Name, "no plan", "", "", ""];
}
