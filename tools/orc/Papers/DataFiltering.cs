using Orchestrator.CostModels.TestTime;

namespace Orchestrator.Cli.Papers;

/// <summary>Data-filtering laws: how much to filter depends on the compute, because repeated data lose their use.</summary>
[Paper("data-filtering")]
internal sealed class DataFiltering : IPaper
{
    private static readonly DataPool Best = new(0.2, 2, 1e6);
    private static readonly DataPool[] Pools = [Best, new(0.198, 2, 1e6), new(0.196, 2, 1e6), new(0.194, 2, 1e6)];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        DataPool all = DataPool.Mix(Pools);
        const double few = 1e6;
        const double many = 3e7;
        return
        [
            NumberClaim.Exactly("Use of a pool is half after as many passes as its half-life", Origin.Derived, 0.5, "x", Best.UtilityOnPass(2) / Best.UtilityOnPass(0), 0, "a half-life of 2 passes"),
            NumberClaim.Exactly("Loss in closed form is the loss played sample by sample", Origin.Derived, 0, "budgets differ", new[] { 1e3, 5e3, 2.5e4 }.Count(n => !Same(n)), 0,
                "a pool of 2,000 samples, 1,000 to 25,000 samples seen"),
            new OrderClaim("With little compute the best data alone are better", Origin.Abstract, "loss of all data > loss of the best", "", [("all", Loss(all, few)), ("the best", Loss(Best, few))])
            {
                How = "loss over the first sample's; four pools of a million samples with exponents of 0.2 to 0.194 and half-lives of 2, chosen here; a million samples seen",
            },
            new OrderClaim("With much compute all data are better", Origin.Abstract, "loss of the best > loss of all data", "", [("the best", Loss(Best, many)), ("all", Loss(all, many))])
            {
                How = "the same pools, 30 million samples seen: the best pool 30 times",
            },
            new UnreachedClaim("Exponents and half-lives of pools of pictures and texts", Origin.Abstract, "no figures in the summary read", "the trained models and the pools are not here"),
        ];
    }

    private static double Loss(DataPool pool, double seen) => Math.Exp(pool.LogLoss(seen));

    private static bool Same(double seen)
    {
        var pool = new DataPool(0.2, 4, 2000);
        double played = 0;
        for (int n = 1; n < seen; n++)
        {
            played -= pool.UtilityOnPass(n / 2000) * Math.Log((n + 1.0) / n);
        }

        return Math.Abs(played - pool.LogLoss(seen)) < 1e-9;
    }
}
