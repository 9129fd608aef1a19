using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>Holmes: clusters whose network cards cannot talk to each other, so only the pipeline crosses between them.</summary>
[Paper("holmes")]
internal sealed class Holmes : IPaper
{
    private const int NodesOfCluster = 4;

    // Bytes a second of a node: one card of each kind.
    private static readonly double InfiniBand = Bandwidth("HDR200");
    private static readonly double Roce = Bandwidth("RoCE 200");
    private static readonly double Ethernet = Bandwidth("Ethernet 25");

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        (int grids, int differ, int across, int outside, int outsideDiffer) = Compare();
        const string links = "two clusters of 4 nodes with 25 GB/s and 12.5 or 25 GB/s inside, 1.25 and 3.125 GB/s between them, 2, 4 and 8 stages";
        StageGrid mixed = Example([new(NodesOfCluster, InfiniBand), new(NodesOfCluster, Roce)]);
        StageGrid same = Example([new(2 * NodesOfCluster, InfiniBand)]);
        (double fast, double uneven, double even) = Split();
        return
        [
            NumberClaim.Exactly("Stages inside clusters and the pipeline between them is the fastest placement", Origin.Summary, 0, $"of {grids} grids differ from the best", differ, 0,
                $"every placement tried; {links}; a boundary carries no more bytes than the ring of gradients, which is why the paper lets it cross; of {outside} grids where it carries more, {outsideDiffer} differ"),
            NumberClaim.Exactly("Data parallelism crosses between clusters though a cut of the pipeline exists", Origin.Summary, 0, $"stages of the best placements of {grids} grids", across, 0, $"the same grids; {links}"),
            NumberClaim.Exactly("Uneven stages by speed are cut as well as can be", Origin.Summary, 0, "of 120 models differ from the best cut", Cuts(), 0, "dynamic programming against every cut, 4 to 10 layers of drawn costs on 2 to 4 stages of drawn speeds"),
            new OrderClaim("Layers shared out by the speed of stages are faster than as many for each", Origin.Summary, "uneven > even", "of the speed that fractions of layers would give",
                [("by speed", fast / uneven), ("as many for each", fast / even)])
            {
                How = "36 equal layers on 4 stages, two of them with 60 % of the others' speed",
            },
            new OrderClaim("A mixed cluster placed by its cards lies between one kind of card and gradients over Ethernet", Origin.Abstract, "one kind > mixed > mixed without regard to cards", "steps a second",
                [("one kind", Rate(same, same.ByStage())), ("mixed", Rate(mixed, mixed.ByStage())), ("gradients cross", Rate(mixed, mixed.ByReplica()))])
            {
                How = $"8 nodes of 8 A100 at half of the peak, {Shape}; InfiniBand and RoCE of 25 GB/s, Ethernet of 3.125 GB/s, nothing overlapped",
            },
            new UnreachedClaim("Arithmetic reached with mixed cards, near that of one kind in most cases", Origin.Abstract, "no figure in the abstract", "the paper's tables are not known here, and they were measured on clusters that are not here")
            {
                Beside = $"{Claim.WithUnit(Math.Round(100 * Rate(mixed, mixed.ByStage()) / Rate(same, same.ByStage()), 1), "%")} of one kind by the model above, without overlap",
            },
            new UnreachedClaim("The optimiser overlaps with communication", Origin.Summary, "no figure", "it needs a training engine on several nodes, which is not here"),
        ];
    }

    private const string Shape = "a model of 32 layers of width 4,096 in 4 stages, 64 sequences of 2,048 tokens a step";

    private static double Bandwidth(string link) => CatalogueLinks.Find(link)?.Bandwidth ?? throw new InvalidDataException("the catalogue of links lost " + link);

    private static StageGrid Example(IReadOnlyList<NodeCluster> clusters)
    {
        const int stages = 4;
        const double width = 4096;
        double parameters = TrainingArithmetic.PlainParameters(32, width);
        double tokens = 64 * 2048 / (8.0 / stages);
        return new StageGrid(clusters, Ethernet, stages, 2 * parameters / stages, 2 * 2 * tokens * width);
    }

    private static double Rate(StageGrid grid, int[] places)
    {
        double flops = TrainingArithmetic.Flops(TrainingArithmetic.PlainParameters(32, 4096), 64 * 2048);
        return 1 / (flops / (64 * 0.5 * Known.Peak("A100", "bf16")) + grid.Seconds(places));
    }

    private static (int Grids, int Differ, int Across, int Outside, int OutsideDiffer) Compare()
    {
        (int grids, int differ, int across, int outside, int outsideDiffer) = (0, 0, 0, 0, 0);
        foreach (StageGrid grid in Grids())
        {
            int[] best = grid.Best();
            bool differs = grid.Seconds(grid.ByStage()) > grid.Seconds(best) * (1 + 1e-12);
            bool light = grid.BoundaryBytes <= grid.GradientBytes * CollectiveAlgorithms.RingShare(CollectiveKind.AllReduce, grid.Replicas) || grid.Replicas == 1;
            (grids, outside) = light ? (grids + 1, outside) : (grids, outside + 1);
            differ += light && differs ? 1 : 0;
            outsideDiffer += !light && differs ? 1 : 0;
            across += light ? grid.StagesAcross(best) : 0;
        }

        return (grids, differ, across, outside, outsideDiffer);
    }

    private static IEnumerable<StageGrid> Grids() =>
        from stages in new[] { 2, 4, 8 }
        from second in new[] { Roce, Roce / 2 }
        from between in new[] { Ethernet, Bandwidth("Ethernet 10") }
        from share in new[] { 0.001, 0.01, 0.1, 0.3, 0.9, 3, 10 }
        select new StageGrid([new(NodesOfCluster, InfiniBand), new(NodesOfCluster, second)], between, stages, 4e9, 4e9 * share);

    private static int Cuts()
    {
        var random = new Random(7);
        int wrong = 0;
        for (int model = 0; model < 120; model++)
        {
            double[] costs = [.. Enumerable.Range(0, 4 + model % 7).Select(_ => 0.5 + random.NextDouble())];
            double[] speeds = [.. Enumerable.Range(0, 2 + model % 3).Select(_ => 0.3 + random.NextDouble())];
            wrong += Math.Abs(StageSplit.Seconds(costs, speeds, StageSplit.Best(costs, speeds)) - StageSplit.Tried(costs, speeds)) <= 1e-12 ? 0 : 1;
        }

        return wrong;
    }

    private static (double Fast, double Uneven, double Even) Split()
    {
        double[] costs = [.. Enumerable.Repeat(1.0, 36)];
        double[] speeds = [1, 1, 0.6, 0.6];
        return (costs.Sum() / speeds.Sum(), StageSplit.Seconds(costs, speeds, StageSplit.Best(costs, speeds)), StageSplit.Seconds(costs, speeds, [9, 9, 9, 9]));
    }
}
