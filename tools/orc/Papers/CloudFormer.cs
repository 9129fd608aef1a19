using Orchestrator.CostModels.Interference;

namespace Orchestrator.Cli.Papers;

/// <summary>CloudFormer: how much of its speed a machine keeps beside others, learned here from kernels that really ran together.</summary>
[Paper("cloudformer")]
internal sealed class CloudFormer : IPaper
{
    // Learned anew without each tenth of the pairs: the same every time, so once a process.
    private static readonly Lazy<(CoRunTable Table, CoRunErrors Pairs)> HeldOut = new(() =>
    {
        CoRunTable table = CoRunModel.Default?.Table ?? throw new InvalidDataException("no measured pairs of kernels");
        return (table, CoRunModel.HeldOut(table, wholePiece: false));
    });

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        (CoRunTable table, CoRunErrors pairs) = HeldOut.Value;
        string how = $"{pairs.Directions} directions of pairs of {table.Pieces.Length} kernels on two cores of {table.Machine}, each pair left out of the fit in one of ten folds; "
            + $"saying that nothing interferes is off by {Percent(pairs.NoInterference)}, the mean of the other pairs by {Percent(pairs.Mean)}";
        double gain = 100 * (1 - pairs.Model / Math.Min(pairs.NoInterference, pairs.Mean));
        return
        [
            new UnreachedClaim("Mean error of the share of performance that is kept", Origin.Abstract, "7.8%",
                "its virtual machines and their 206 metrics are not here; ours is on other work that interferes so little that saying nothing does nearly as well")
            {
                Beside = $"{Percent(pairs.Model)} by a regression on {table.Pieces.Length} kernels of our own, {Percent(pairs.NoInterference)} by saying that nothing interferes", How = how,
            },
            NumberClaim.Limit(Relation.AtLeast, "Its error is smaller than that of the next best way", Origin.Abstract, 28, "%", gain, how + "; the better of these two is the other way here, the paper's were learned"),
        ];
    }

    private static string Percent(double share) => Claim.WithUnit(Math.Round(100 * share, 2), "%");
}
