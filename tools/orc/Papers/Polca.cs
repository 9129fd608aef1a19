using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>POLCA: more servers in a row of a power budget, because their peaks seldom meet and clocks can be locked when they do.</summary>
[Paper("polca")]
internal sealed class Polca : IPaper
{
    private const int Provisioned = 40;
    private const double MostLoss = 0.05;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        PowerCap cap = PowerCap.FrequencyLock;
        int most = Most(cap);
        int asked = (int)Math.Round(1.3 * Provisioned);
        PowerRow row = PowerRow.Play(asked, Provisioned, cap);
        string how = $"{asked} servers on the budget of {Provisioned} peaks; {PowerRow.Assumptions}";
        return
        [
            NumberClaim.Exactly("Locked clocks take from the peak", Origin.Summary, 20, "%", 100 * (1 - cap.Peak(1)), 0, "peak of a server under the bound"),
            NumberClaim.Limit(Relation.AtMost, "Locked clocks cost performance", Origin.Summary, 7, "%", 100 * (1 - 1 / cap.Under(Orchestrator.Plan.Interval.Exactly(1)).High), "time under the bound"),
            NumberClaim.Limit(Relation.AtLeast, "Servers that a row adds without power brakes and with little loss", Origin.Abstract, 30, "%", 100.0 * (most - Provisioned) / Provisioned,
                $"the most without a step above the budget and with at most {100 * MostLoss:0} % lost by high priority at the 99th percentile, from {Provisioned}; {PowerRow.Assumptions}; were answers written at 70 % of the peak: {Added(cap, 0.7)}, at 80 %: {Added(cap, 0.8)}; "
                + $"were clocks never locked: {Added(PowerCap.None, PowerRow.UsualWriting)}; were all peaks to meet and always locked: {Claim.WithUnit(100 * cap.Fit(Provisioned, 1) / Provisioned - 100, "%")}"),
            NumberClaim.Limit(Relation.AtMost, "Draw of the row with 30 % more servers", Origin.Abstract, 100, "% of the budget", 100 * row.Highest, how + $"; low priority locked {Claim.Number(Math.Round(100 * row.LowLocked, 1))} % of the time"),
            NumberClaim.Limit(Relation.AtMost, "High-priority work loses little, taken as 5 % at the 99th percentile", Origin.Derived, 100 * MostLoss, "%", 100 * row.HighPriorityLoss, how),
            new UnreachedClaim("Thresholds of the policy", Origin.Recalled, "80 % and 89 %", "they are recalled, not read; the rows above are played with them"),
        ];
    }

    private static string Added(PowerCap cap, double writing) => Claim.WithUnit(100.0 * Most(cap, writing) / Provisioned - 100, "%");

    private static int Most(PowerCap cap, double writing = PowerRow.UsualWriting)
    {
        int servers = Provisioned;
        while (PowerRow.Play(servers + 1, Provisioned, cap, writing) is { Brakes: 0 } next && next.HighPriorityLoss <= MostLoss)
        {
            servers++;
        }

        return servers;
    }
}
