using System.Collections.Immutable;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Serving;

/// <summary>
/// Which held-out errors an interval of a served figure is made from. A row is grouped by how well measured rows support it and by how hard its load is to
/// foretell, not by its source: groups by source hold few pairs, and on folds by pair their intervals were wider (a median factor of 1.96 against 1.81)
/// without holding more of new pairs (86 to 88 % against 88 %, at most 40 rows a pair).
/// </summary>
internal sealed class Intervals
{
    /// <summary>
    /// How errors become ends. A part of the finite-sample widening: the fits that made the errors knew fewer pairs than the fit that answers, which
    /// widens them too.
    /// </summary>
    public static readonly ConformalOptions Options = new() { Coverage = 0.9, BorrowedPairs = 8, FiniteSample = 0.15 };

    /// <summary>Power of the rows of a pair that its weight falls with, between counting rows (0) and counting pairs (1).</summary>
    public const double WeightPower = 0.5;

    // Anchors of a source below which it hardly shows in the effects.
    private const int FewAnchors = 30;
    private const double HighConcurrency = 64;

    private readonly Dictionary<string, int> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _models = new(StringComparer.Ordinal);

    /// <summary>Counts what the anchors of a fit support.</summary>
    /// <param name="anchors">The anchors; null for none.</param>
    public Intervals(PointTable? anchors)
    {
        ImmutableArray<string> names = ServingFeatures.LabelNames;
        for (int i = 0; i < (anchors?.Count ?? 0); i++)
        {
            string source = anchors!.Label(i, names.IndexOf("source")); // not null: it has a count
            _sources[source] = _sources.GetValueOrDefault(source) + 1;
            _devices.Add(anchors.Label(i, names.IndexOf("device")));
            _models.Add(anchors.Label(i, names.IndexOf("model")));
        }
    }

    /// <summary>
    /// How anchors support a row: <c>alone</c> when its source has none, <c>few</c> when it has few, <c>both</c> when device and model are known, else
    /// <c>one</c>.
    /// </summary>
    public string SupportOf(Scenario s) => _sources.GetValueOrDefault(s.Source) switch
    {
        0 => "alone",
        < FewAnchors => "few",
        _ => _devices.Contains(s.Device.Name) && _models.Contains(s.Model.Name) ? "both" : "one",
    };

    /// <summary>The groups of a row, from the narrowest to the widest.</summary>
    public ImmutableArray<string> GroupsOf(Scenario s)
    {
        string load = s.Class + "/" + LoadOf(s);
        return [SupportOf(s) + "/" + load, load, s.Class, "all"];
    }

    /// <summary>What errors are expected to grow with.</summary>
    /// <param name="variance">Variance of the residual.</param>
    /// <param name="assumed">At least 1, as <see cref="ServingFeatures.Difficulty"/>.</param>
    public static double Difficulty(double variance, double assumed) =>
        Math.Sqrt((variance + (ServingResidual.Noise * ServingResidual.Noise)) * assumed);

    // Queues grow steeply with load, and a split system hides how it is set up.
    private static string LoadOf(Scenario s) => s switch
    {
        { Disaggregated: true } => "split",
        { Load: LoadKind.Open } => "open",
        { Load: LoadKind.Closed, Concurrency: > HighConcurrency } => "crowded",
        _ => "plain",
    };
}
