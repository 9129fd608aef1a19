namespace Orchestrator.Compiler.Placing;

/// <summary>
/// A good plan in little time: every group takes its most promising cover by the relaxation, then groups exchange covers while that helps.
/// Constraints may be broken on the way at prices that rise while they are broken and fall while they hold, so that the search goes back and
/// forth over the border on which the best plans lie. Counted steps, no clock and no chance: the same problem gives the same plan.
/// </summary>
internal sealed class LocalSearch
{
    private const int MostPasses = 200;
    private const int MostRoundsToFirst = 60; // as long as no plan holds, the search goes on
    private const int Patience = 6;
    private const int Kicked = 3;
    private const int KickDepth = 16;
    private const int Seed = 1;
    private const double Rise = 1.6;
    private const double Fall = 0.75;

    private readonly PlacementProblem _problem;
    private readonly CoverGroup[] _groups;
    private readonly PlacementState _state;
    private readonly Penalties _penalties;
    private readonly double[] _missedLimits;
    private readonly double[] _missedDevices;
    private readonly CancellationToken _cancellation;
    private double _best = double.PositiveInfinity;
    private double _moneyFactor = 1;

    private LocalSearch(PlacementProblem problem, CoverGroup[] groups, int[][] covers, RelaxedPlan relaxed, CancellationToken cancellation)
    {
        (_problem, _groups, _cancellation) = (problem, groups, cancellation);
        _state = new PlacementState(problem, groups, covers);
        _penalties = FirstPenalties(problem, relaxed);
        _missedLimits = new double[problem.Limits.Length];
        _missedDevices = new double[problem.Devices.Length];
    }

    /// <summary>The best feasible choice found, ascending, or null.</summary>
    /// <param name="problem">The problem; every group has covers.</param>
    /// <param name="groups">Its groups.</param>
    /// <param name="start">A cover for each group.</param>
    /// <param name="relaxed">Its relaxation.</param>
    /// <param name="rounds">How often the search goes to the border and back; more often where no plan holds yet.</param>
    /// <param name="cancellation">Stops the search.</param>
    public static int[]? Run(
        PlacementProblem problem, CoverGroup[] groups, int[][] start, RelaxedPlan relaxed, int rounds, CancellationToken cancellation) =>
        new LocalSearch(problem, groups, start, relaxed, cancellation).Run(rounds);

    private int[]? Run(int rounds)
    {
        int[][]? best = null;
        var chance = new Random(Seed);
        int stale = 0;
        for (int round = 0; round < rounds || (best is null && round < MostRoundsToFirst); round++)
        {
            Descend();
            bool feasible = _state.Missed(_missedLimits, _missedDevices, out double money);
            stale++;
            if (feasible && _state.Value(_penalties) is var value && value < _best)
            {
                (_best, best, stale) = (value, [.. _state.Covers], 0);
            }

            Adjust(feasible, money);
            if (best is not null && stale >= Patience)
            {
                Kick(best, chance);
                stale = Patience / 2;
            }
        }

        return best is null ? null : [.. best.SelectMany(c => c).Order()];
    }

    // Back to the best plan, with a few groups changed at random.
    private void Kick(int[][] best, Random chance)
    {
        for (int g = 0; g < best.Length; g++)
        {
            if (!ReferenceEquals(_state.Covers[g], best[g]))
            {
                _state.Put(g, best[g]);
            }
        }

        for (int k = 0; k < Kicked; k++)
        {
            int group = chance.Next(_groups.Length);
            int[][] covers = _groups[group].Covers;
            _state.Put(group, covers[chance.Next(Math.Min(covers.Length, KickDepth))]);
        }

        _state.Keep();
    }

    // Prices of what is broken rise, all others fall.
    private void Adjust(bool feasible, double money)
    {
        for (int l = 0; l < _missedLimits.Length; l++)
        {
            _penalties.Limits[l] *= _missedLimits[l] > 0 ? Rise : feasible ? Fall : 1;
        }

        for (int d = 0; d < _missedDevices.Length; d++)
        {
            _penalties.Devices[d] *= _missedDevices[d] > 0 ? Rise : feasible ? Fall : 1;
        }

        _moneyFactor *= money > 0 ? Rise : feasible ? Fall : 1;
    }

    private void Descend()
    {
        Penalties penalties = _penalties with { Money = _penalties.Money * _moneyFactor };
        double value = _state.Value(penalties);
        int since = 0;
        for (int step = 0; step < MostPasses * _groups.Length && since < _groups.Length; step++, since++)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (_state.Improve(step % _groups.Length, penalties, ref value))
            {
                since = 0;
            }
        }
    }

    /// <summary>What the relaxation says that a microsecond is worth; where it says nothing, a share of the whole price spread over the limit.</summary>
    public static Penalties FirstPenalties(PlacementProblem problem, RelaxedPlan relaxed)
    {
        double spread = Math.Max(1, relaxed.Bound);
        double[] limits = [.. problem.Limits.Select((l, i) => Math.Max(relaxed.LimitPrices[i], 0.05 * spread / Math.Max(1, l.Limit)))];
        double[] devices = [.. problem.Devices.Select((d, i) => Math.Max(relaxed.DevicePrices[i], Math.Max(1, problem.MinimiseNode < 0 ? 0.2 * d.Cost : 0.01 * spread)))];
        double money = problem.MinimiseNode < 0 ? 1 : spread / Math.Max(1, problem.CostLimit ?? 1);
        return new Penalties(limits, devices, money);
    }
}
