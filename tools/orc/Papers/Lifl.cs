using Orchestrator.Cli.Papers.Placing;

namespace Orchestrator.Cli.Papers;

/// <summary>LIFL: updates of clients are aggregated where they land, and nodes exchange one partial result each.</summary>
[Paper("lifl")]
internal sealed class Lifl : IPaper
{
    private const int Problems = 150;
    private const int Clients = 200;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double update = 4 * Known.Model("torchvision/resnet50").Parameters;
        int[] landed = Landed();
        int[] turns = [.. Enumerable.Repeat(Clients / landed.Length, landed.Length)];
        UpdatePlaces best = UpdatePlaces.Best(landed, [.. landed.Select(_ => Clients)]);
        // Without regard to where updates land, a node gets its share of each node's updates.
        double elsewhere = Clients * (1 - 1.0 / landed.Length) + landed.Length - 1;
        return
        [
            NumberClaim.Exactly("Updates are aggregated where the fewest bytes cross between nodes", Origin.Summary, 0, $"of {Problems} rounds take more", Differences(), 0,
                "sets of nodes against every node for every update, 1 to 6 updates on 2 to 4 nodes with drawn room"),
            NumberClaim.Exactly("Aggregating by levels gives the mean of all", Origin.Derived, 0, "of 200 trees differ", Means(), 0, "2 to 200 updates of whole numbers and weights, 2 to 17 an aggregator"),
            new OrderClaim("Places by locality send fewer bytes between nodes", Origin.Summary, "no regard to locality > even room > by locality", "GB a round",
                [("no regard", elsewhere * update / 1e9), ("even room", UpdatePlaces.Crossings(landed, turns) * update / 1e9), ("by locality", best.Crossing * update / 1e9)])
            {
                How = $"{Clients} clients, {landed.Length} nodes where {string.Join(", ", landed)} updates land (drawn), ResNet-50 in 32 bits of {Claim.Number(Math.Round(update / 1e6, 1))} MB",
            },
            new UnreachedClaim("Updates in shared memory against copies", Origin.Summary, "no figure known here", "it needs the paper's data plane and side-cars in the kernel, which are not here"),
            new UnreachedClaim("Use of processors and speed against other systems", Origin.Summary, "better, no figure known here", "the paper's numbers are not known here, and its clusters are not here"),
        ];
    }

    private static int[] Landed()
    {
        var random = new Random(3);
        int[] landed = new int[5];
        for (int client = 0; client < Clients; client++)
        {
            landed[(int)(landed.Length * random.NextDouble() * random.NextDouble())]++;
        }

        return landed;
    }

    private static int Differences()
    {
        var random = new Random(17);
        int wrong = 0;
        for (int problem = 0; problem < Problems; problem++)
        {
            int nodes = 2 + problem % 3;
            int[] landed = new int[nodes];
            for (int update = 0; update <= problem % 6; update++)
            {
                landed[random.Next(nodes)]++;
            }

            int[] room = [.. landed.Select(_ => random.Next(5))];
            room[random.Next(nodes)] += Math.Max(0, landed.Sum() - room.Sum());
            wrong += UpdatePlaces.Best(landed, room).Crossing == UpdatePlaces.Tried(landed, room) ? 0 : 1;
        }

        return wrong;
    }

    private static int Means()
    {
        var random = new Random(19);
        int wrong = 0;
        for (int tree = 0; tree < 200; tree++)
        {
            (double, double)[] updates = [.. Enumerable.Range(0, 2 + random.Next(199)).Select(_ => ((double)random.Next(1, 1000), (double)random.Next(-1000, 1000)))];
            wrong += UpdatePlaces.TreeMean(updates, 2 + tree % 16).Equals(UpdatePlaces.FlatMean(updates)) ? 0 : 1;
        }

        return wrong;
    }
}
