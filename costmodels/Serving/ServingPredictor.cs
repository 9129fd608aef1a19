using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Serving;

/// <summary>
/// Served figures: throughput, time to the first token, time per token, latency. Physics with fitted shares of peaks and overheads, then what it
/// leaves over kriged between measured rows, then an interval from the errors on pairs of device and model that a fit had not seen.
/// </summary>
[Predictor("serving")]
public sealed class ServingPredictor : IPredictor
{
    /// <summary>Most rows of a source, pair and metric that take part in a fit: more tell little that is new.</summary>
    private const int RowsPerGroup = 20;

    private const int CrossFits = 5;
    private readonly ScenarioReader _reader;
    private readonly PhysicsFit _physics;
    private readonly Kriging? _residual;
    private readonly ImmutableArray<string> _anchors;
    private readonly ConformalIntervals? _intervals;
    private readonly Intervals _supports;

    /// <summary>Reads the tables that come with the program.</summary>
    public ServingPredictor()
        : this(ServingTables.Read())
    {
    }

    internal ServingPredictor(ServingTables tables)
    {
        _reader = new ScenarioReader(CatalogueShapes.Default);
        (_physics, _residual, _anchors, _intervals) = (tables.Physics, tables.Residual, tables.Anchors, tables.Intervals);
        _supports = new Intervals(_residual?.Points);
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; } = ["hardware", "model", "metric"];

    /// <inheritdoc/>
    public string Measured => "value";

    /// <inheritdoc/>
    public ImmutableArray<string> HoldOuts { get; } = ["pair", "device", "model", "source"];

    /// <inheritdoc/>
    public string GroupOf(TableRow row, string holdOut)
    {
        ArgumentNullException.ThrowIfNull(row);
        Scenario s = _reader.Read(row);
        return holdOut switch
        {
            "device" => s.Device.Name,
            "model" => s.Model.Name,
            "source" => s.Source,
            _ => s.Pair,
        };
    }

    /// <inheritdoc/>
    public string ClassOf(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return _reader.Read(row).Class;
    }

    /// <inheritdoc/>
    public Prediction Predict(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        Scenario s = _reader.Read(row);
        Estimate e = EstimateOf(s);
        (double low, double high) = _intervals?.Around(e.Groups, e.Difficulty) ?? (-Math.Log(3), Math.Log(3));
        (low, high) = ServingFeatures.IsRate(s) ? (-high, -low) : (low, high);
        double likely = Math.Exp(e.LogFigure);
        return new Prediction(
            likely, Math.Exp(e.LogFigure + Math.Min(low, -1e-3)), Math.Exp(e.LogFigure + Math.Max(high, 1e-3)), e.Anchored ? "fitted physics and measured anchors" : "fitted physics", SourceOf(s, e));
    }

    /// <inheritdoc/>
    public IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ServingRow[] rows = [.. Distinct(measured.Select(r => Row(r, _reader)))];
        int[] folds = Folds.ByGroup([.. rows.Select(r => r.Scenario.Pair)], CrossFits, 1);
        var errors = new List<HeldOutError>();
        double[] weights = Folds.Weights([.. rows.Select(r => r.Scenario.Pair + r.Scenario.Class)], Intervals.WeightPower);
        for (int fold = 0; fold < CrossFits; fold++)
        {
            var without = new ServingPredictor(Fitted([.. rows.Where((_, i) => folds[i] != fold)], token));
            for (int i = 0; i < rows.Length; i++)
            {
                if (folds[i] == fold)
                {
                    Estimate e = without.EstimateOf(rows[i].Scenario);
                    errors.Add(new HeldOutError(
                        ServingResidual.Slowness(rows[i].Scenario, rows[i].LogValue, e.LogFigure), e.Difficulty, weights[i], rows[i].Scenario.Pair, e.Groups));
                }
            }
        }

        return new ServingPredictor(Fitted(rows, token) with { Intervals = ConformalIntervals.Fit(errors, Intervals.Options) });
    }

    /// <summary>As <see cref="Fit"/> without the fits that only make intervals: a sixth of the time, for judging the figures themselves.</summary>
    public static ServingPredictor FitWithoutIntervals(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(measured);
        var reader = new ScenarioReader(CatalogueShapes.Default);
        return new ServingPredictor(Fitted([.. Distinct(measured.Select(r => Row(r, reader)))], token));
    }

    /// <inheritdoc/>
    public void Save(string folder) => new ServingTables(_physics, _residual, _anchors, _intervals).Write(folder);

    /// <summary>The features of a row under the fitted physics.</summary>
    public ServingFeatures FeaturesOf(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return ServingFeatures.Of(_reader.Read(row), _physics);
    }

    private static ServingRow Row(TableRow row, ScenarioReader reader) => new(reader.Read(row), Math.Log(row.Positive("value")));

    // Dumps overlap: the same figure of the same scenario counts once.
    private static IEnumerable<ServingRow> Distinct(IEnumerable<ServingRow> rows) => rows.DistinctBy(r => (r.Key, Math.Round(r.LogValue, 5)));

    private static ServingTables Fitted(ServingRow[] rows, CancellationToken token)
    {
        ServingRow[] thin = [.. Folds.Thinned([.. rows.Select(r => r.Group)], RowsPerGroup).Select(i => rows[i])];
        double[] weights = Folds.Weights([.. thin.Select(r => r.Scenario.Pair + r.Scenario.Class)], 0.7);
        PhysicsFit physics = PhysicsFit.Fit([.. thin.Select(r => r.Scenario)], [.. thin.Select(r => r.LogValue)], weights, token);
        var points = new PointTable(ServingFeatures.FeatureNames, ServingFeatures.LabelNames);
        double[] values = new double[thin.Length];
        for (int i = 0; i < thin.Length; i++)
        {
            ServingFeatures features = ServingFeatures.Of(thin[i].Scenario, physics);
            points.Add(features.Smooth, features.Labels);
            values[i] = ServingResidual.Slowness(thin[i].Scenario, thin[i].LogValue, features.LogFigure);
        }

        double[] noise = new double[thin.Length];
        Array.Fill(noise, ServingResidual.Noise * ServingResidual.Noise);
        Kriging? residual = thin.Length == 0 ? null : Kriging.Fit(ServingResidual.Kernel(), points, values, noise, ServingResidual.Options, token);
        return new ServingTables(physics, residual, [.. thin.Select(r => r.Scenario.Pair + (r.Scenario.Source.Length == 0 ? "" : " of " + r.Scenario.Source))], null);
    }

    private Estimate EstimateOf(Scenario s)
    {
        ServingFeatures features = ServingFeatures.Of(s, _physics);
        ImmutableArray<string> groups = _supports.GroupsOf(s);
        if (_residual is null)
        {
            return new Estimate(features.LogFigure, false, [], features.Difficulty, groups);
        }

        KrigingEstimate residual = _residual.Predict(features.Smooth, _residual.Points.Ids(features.Labels));
        double mean = ServingFeatures.IsRate(s) ? -residual.Mean : residual.Mean;
        double difficulty = Intervals.Difficulty(residual.Variance, features.Difficulty);
        return new Estimate(features.LogFigure + mean, residual.Anchors.Length > 0, residual.Anchors, difficulty, groups);
    }

    private string SourceOf(Scenario s, Estimate e)
    {
        string[] near = [.. e.Nearest.Select(a => _anchors[a.Point]).Distinct(StringComparer.Ordinal)];
        string anchors = near.Length == 0 ? "no measured row is near" : "nearest measured: " + string.Join(", ", near);
        string assumed = s.Assumed.Count == 0 ? "" : "; " + string.Join("; ", s.Assumed);
        return string.Create(CultureInfo.InvariantCulture, $"{s.Engine} on {s.Device.Name}; {anchors}{assumed}");
    }

    private readonly record struct Estimate(
        double LogFigure, bool Anchored, ImmutableArray<(int Point, double Share)> Nearest, double Difficulty, ImmutableArray<string> Groups);

    private sealed record ServingRow(Scenario Scenario, double LogValue)
    {
        public string Group { get; } = Scenario.Source + "|" + Scenario.Pair + "|" + Scenario.Metric;

        public string Key { get; } = string.Create(
            CultureInfo.InvariantCulture,
            $"{Scenario.Source}|{Scenario.Pair}|{Scenario.Format.Label}|{Scenario.Decode}|{Scenario.Copies}|{Scenario.Prefill}|{Scenario.Era}|{Scenario.Load}|{Scenario.Concurrency}|{Scenario.Rate}|{Scenario.Input}|{Scenario.Output}|{Scenario.Chunk}|{Scenario.Metric}");
    }
}
