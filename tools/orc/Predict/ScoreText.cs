using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Emit;
using Orchestrator.CostModels.Evaluation;

namespace Orchestrator.Cli.Predict;

/// <summary>Writes scores and choices as tables for people and as JSON.</summary>
internal static class ScoreText
{
    private static readonly string[] ScoreHead = ["", "groups", "rows", "median", "mean ≤1", "row median", "in 90 %", "half-width"];
    private static readonly string[] ChoiceHead = ["choice", "sets", "configurations", "regret median", "p90", "best", "at random"];

    /// <summary>A table of scores under a heading.</summary>
    public static string Write(string heading, ImmutableArray<Score> scores, int width)
    {
        var text = new StringBuilder();
        TextTable.Append(
            text,
            [[heading, .. ScoreHead[1..]], .. scores.Select(s => new[] { s.Name.Length == 0 ? "(none)" : s.Name, Count(s.Groups), Count(s.Rows), Share(s.Median), Share(s.CappedMean), Share(s.RowMedian), Share(s.Coverage), "×" + Number(s.HalfWidth) })],
            width,
            [1, 2, 3, 4, 5, 6, 7],
            [0]);
        return text.ToString();
    }

    /// <summary>A table of choices.</summary>
    public static string Write(ImmutableArray<Choice> choices, int width)
    {
        var text = new StringBuilder();
        TextTable.Append(
            text,
            [ChoiceHead, .. choices.Select(c => new[] { c.Class, Count(c.Sets), Count(c.Configurations), Share(c.Median), Share(c.P90), Share(c.Best), Share(c.Blind) })],
            width,
            [1, 2, 3, 4, 5, 6],
            [0]);
        return text.ToString();
    }

    /// <summary>Scores as a list of objects.</summary>
    public static JsonArray ToJson(ImmutableArray<Score> scores) => new([.. scores.Select(s => new JsonObject
    {
        ["name"] = s.Name,
        ["groups"] = s.Groups,
        ["rows"] = s.Rows,
        ["median"] = s.Median,
        ["capped_mean"] = s.CappedMean,
        ["row_median"] = s.RowMedian,
        ["coverage"] = s.Coverage,
        ["half_width"] = s.HalfWidth,
    })]);

    /// <summary>Choices as a list of objects.</summary>
    public static JsonArray ToJson(ImmutableArray<Choice> choices) => new([.. choices.Select(c => new JsonObject
    {
        ["class"] = c.Class,
        ["sets"] = c.Sets,
        ["configurations"] = c.Configurations,
        ["median"] = c.Median,
        ["p90"] = c.P90,
        ["best"] = c.Best,
        ["blind"] = c.Blind,
    })]);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Share(double share) => (share * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
