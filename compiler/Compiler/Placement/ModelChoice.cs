using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>A model that may serve a declaration: <c>model writer = "A" | "B" { precision: bf16 | fp8, quality: 86 % | 85 % | 73 % | 71 % }</c>.</summary>
/// <param name="Model">Its reference.</param>
/// <param name="Precisions">Number formats that <paramref name="Qualities"/> are of, in order; empty when one figure is for all.</param>
/// <param name="Qualities">Figures from 0 to 1, one for all or one for each number format; empty when not stated.</param>
internal sealed record ModelChoice(string Model, ImmutableArray<string> Precisions, ImmutableArray<double> Qualities)
{
    /// <summary>The models that a declaration names after the first.</summary>
    public static IEnumerable<string> Others(Declaration model) =>
        model.Options.TryGetValue("or", out JsonElement others) && others.ValueKind == JsonValueKind.Array ? others.EnumerateArray().Select(o => o.GetString() ?? "") : [];

    /// <summary>The models that a declaration names, each with what is stated of its quality.</summary>
    public static ImmutableArray<ModelChoice> Of(Declaration model, ImmutableArray<string> precisions)
    {
        string[] models = [model.Target, .. Others(model)];
        double[] stated = model.Options.TryGetValue("quality", out JsonElement figures) && figures.ValueKind == JsonValueKind.Array
            ? [.. figures.EnumerateArray().Select(f => f.GetDouble())]
            : [];
        bool byFormat = !precisions.IsDefaultOrEmpty && stated.Length == models.Length * precisions.Length;
        int each = byFormat ? precisions.Length : stated.Length >= models.Length ? 1 : 0;
        return [.. models.Select((m, i) => new ModelChoice(m, byFormat ? precisions : [], [.. stated.Skip(i * each).Take(each)]))];
    }

    /// <summary>Quality in a number format, 0 to 1, or null when not stated.</summary>
    public double? QualityIn(string precision)
    {
        int at = Precisions.IsEmpty ? 0 : Precisions.IndexOf(precision);
        return at >= 0 && at < Qualities.Length ? Qualities[at] : null;
    }
}
