using System.Collections.Immutable;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Time of a mixture-of-experts feed-forward: a floor for routing and launches, and two grouped multiplies (<see cref="GemmLaw"/>) over the
/// experts that tokens reach: gate and up (hidden → 2 inner), then down (inner → hidden).
/// </summary>
public static class MoeLaw
{
    private const int Reach = GemmParameter.Count;
    private const int Skew = GemmParameter.Count + 1;

    /// <summary>
    /// Names in order, as tables write them: those of <see cref="GemmLaw"/>, then <c>reach</c> (log of how many independent draws a token of a
    /// skewed router is worth) and <c>skew</c> (log of the work of a skewed load over that of a balanced one).
    /// </summary>
    public static ImmutableArray<string> ParameterNames { get; } = [.. GemmLaw.ParameterNames, "reach", "skew"];

    /// <summary>
    /// Experts that get tokens on one device. Balanced loads go round: as many as assignments, at most all. Independent draws reach
    /// E (1 − (1 − k/E)^tokens) of E experts; skewed routers reach fewer, as if they drew <paramref name="draws"/> times as often.
    /// </summary>
    /// <param name="call">The layer.</param>
    /// <param name="draws">Share of independent draws, above 0; 1 for a uniform router.</param>
    public static double Touched(MoeCall call, double draws)
    {
        ArgumentNullException.ThrowIfNull(call);
        double local = Math.Max(1, call.Experts / call.ExpertParallel);
        double assignments = Assignments(call);
        double share = Math.Min(1, call.TopK / call.Experts);
        double touched = call.Load switch
        {
            ExpertLoad.Balanced => assignments,
            ExpertLoad.Counted => call.Activated,
            _ => share < 1 ? local * (1 - Math.Pow(1 - share, Math.Max(call.Tokens * draws, 1))) : local,
        };
        return Math.Clamp(touched, Math.Min(1, assignments), Math.Min(local, Math.Max(assignments, 1)));
    }

    /// <summary>Token-expert pairs on one device when devices share them evenly.</summary>
    public static double Assignments(MoeCall call)
    {
        ArgumentNullException.ThrowIfNull(call);
        return call.Tokens * Math.Min(call.TopK, call.Experts) / call.ExpertParallel;
    }

    /// <summary>Seconds, above 0.</summary>
    /// <param name="call">The layer.</param>
    /// <param name="p">By <see cref="ParameterNames"/>.</param>
    public static double Seconds(MoeCall call, ReadOnlySpan<double> p)
    {
        ArgumentNullException.ThrowIfNull(call);
        double touched = Touched(call, Math.Exp(p[Reach]));
        double work = Assignments(call) * (call.Load == ExpertLoad.Skewed ? Math.Exp(p[Skew]) : 1);
        double rows = Math.Max(1, work / touched);
        double inner = call.Inner / call.TensorParallel;
        double first = GemmLaw.Busy(call.Device, call.Format, touched, rows, 2 * inner, call.Hidden, p);
        double second = call.FirstOnly ? 0 : GemmLaw.Busy(call.Device, call.Format, touched, rows, call.Hidden, inner, p);
        return Math.Exp(p[GemmParameter.Floor]) * 1e-6 + first + second;
    }
}
