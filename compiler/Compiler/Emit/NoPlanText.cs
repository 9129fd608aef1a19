using System.Text;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Writes for people why there is no plan, which constraint binds and what would help.</summary>
public static class NoPlanText
{
    /// <summary>The explanation in at most <paramref name="width"/> columns.</summary>
    public static string Write(PlacementFailure failure, int width)
    {
        width = Math.Clamp(width, PlanText.NarrowestWidth, PlanText.WidestWidth);
        var text = new StringBuilder();
        TextTable.AppendWrapped(text, $"no plan keeps the promise: {failure.Explanation}", width, "", "  ");
        TextTable.AppendWrapped(text, "binding: " + failure.Constraint + (failure.Location.Length > 0 ? $" ({failure.Location})" : ""), width, "  ", "    ");
        if (failure.Conflict.Length > 1)
        {
            TextTable.AppendWrapped(text, "not together: " + string.Join("; ", failure.Conflict), width, "  ", "    ");
        }

        foreach (string remedy in failure.Remedies)
        {
            TextTable.AppendWrapped(text, "would help: " + remedy, width, "  ", "    ");
        }

        return text.ToString();
    }
}
