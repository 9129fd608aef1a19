namespace Orchestrator.Cli.Papers;

/// <summary>
/// The worked example of arXiv 2507.19635, section 3.1: reading 1,000 tokens and writing 500 on a high-performance (HP) or a cost-optimised (CO)
/// device, solved by trying all four assignments.
/// </summary>
/// <param name="PrintedTotals">
/// Whether all CO costs the total that the paper prints, $0.070. Its own prices per token come to $0.060; the other three totals agree.
/// </param>
internal sealed record TwoPhaseExample(bool PrintedTotals)
{
    private const double PromptTokens = 1000;
    private const double AnswerTokens = 500;
    private const double TransferMs = 10;
    private const double TransferUsdPerToken = 0.000005;
    private const double PrintedAllCheapUsd = 0.070;

    /// <summary>Where each phase runs, with milliseconds from prompt to answer and US dollars of a request.</summary>
    internal readonly record struct Choice(bool ReadsOnHp, bool WritesOnHp, double Ms, double Usd);

    /// <summary>The assignment of a reader and a writer.</summary>
    public Choice Of(bool readsOnHp, bool writesOnHp)
    {
        double moved = readsOnHp == writesOnHp ? 0 : 1;
        double ms = (readsOnHp ? 80 : 130) + (writesOnHp ? 25 : 30) + moved * TransferMs;
        double usd = PromptTokens * (readsOnHp ? 0.00008 : 0.00005) + AnswerTokens * (writesOnHp ? 0.00006 : 0.00002) + moved * PromptTokens * TransferUsdPerToken;
        return new Choice(readsOnHp, writesOnHp, ms, PrintedTotals && !readsOnHp && !writesOnHp ? PrintedAllCheapUsd : usd);
    }

    /// <summary>The cheapest of the four when each millisecond beyond the limit costs so many dollars; infinite for a hard limit.</summary>
    public Choice Best(double limitMs, double usdPerMsOver) => All().MinBy(c => c.Usd + (c.Ms > limitMs ? (c.Ms - limitMs) * usdPerMsOver : 0));

    /// <summary>US dollars per millisecond of overrun below which all CO is the cheapest at a limit, by halving an interval of the price.</summary>
    public double PriceBelowWhichAllCheapWins(double limitMs)
    {
        (double low, double high) = (0, 1);
        for (int step = 0; step < 60; step++)
        {
            double middle = (low + high) / 2;
            Choice best = Best(limitMs, middle);
            (low, high) = !best.ReadsOnHp && !best.WritesOnHp ? (middle, high) : (low, middle);
        }

        return low;
    }

    private Choice[] All() => [Of(true, true), Of(true, false), Of(false, false), Of(false, true)];
}
