using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers.Placing;

/// <summary>Nodes that answer each other fast within a cluster and slowly between clusters.</summary>
/// <param name="Nodes">How many.</param>
/// <param name="Bandwidth">Bytes per second between two of them, one direction.</param>
internal readonly record struct NodeCluster(int Nodes, double Bandwidth);

/// <summary>
/// Places for nodes in rows of stages: replicas of a stage all-reduce their gradients, neighbours of a replica send activations (Holmes,
/// arXiv 2312.03549). A placement names the cluster of each place, stage by stage.
/// </summary>
/// <param name="Clusters">As many nodes together as there are places.</param>
/// <param name="Between">Bytes per second between nodes of two clusters.</param>
/// <param name="Stages">Stages of the pipeline.</param>
/// <param name="GradientBytes">Bytes that replicas of a stage reduce in a step.</param>
/// <param name="BoundaryBytes">Bytes that a replica sends over each boundary between stages in a step, both ways together.</param>
internal sealed record StageGrid(IReadOnlyList<NodeCluster> Clusters, double Between, int Stages, double GradientBytes, double BoundaryBytes)
{
    /// <summary>Nodes of a stage.</summary>
    public int Replicas => Clusters.Sum(c => c.Nodes) / Stages;

    /// <summary>The paper's rule: stages are filled from one cluster after the other, so that a stage stays within one where sizes allow.</summary>
    public int[] ByStage() => [.. Clusters.SelectMany((cluster, index) => Enumerable.Repeat(index, cluster.Nodes))];

    /// <summary>The opposite: replicas are filled from one cluster after the other, so that gradients cross.</summary>
    public int[] ByReplica()
    {
        int[] order = ByStage();
        return [.. Enumerable.Range(0, order.Length).Select(place => order[place % Replicas * Stages + place / Replicas])];
    }

    /// <summary>The fastest placement, every one tried.</summary>
    public int[] Best()
    {
        int[] places = ByStage();
        (int[] best, double seconds) = ([.. places], Seconds(places));
        while (Counting.NextOrder(places))
        {
            if (Seconds(places) < seconds)
            {
                (best, seconds) = ([.. places], Seconds(places));
            }
        }

        return best;
    }

    /// <summary>Seconds of a step that links take: the slowest stage's ring, then the slowest replica's boundaries one after the other.</summary>
    public double Seconds(int[] places)
    {
        double reduce = 0;
        for (int stage = 0; stage < Stages; stage++)
        {
            double link = Within(places, stage) ? Clusters[places[stage * Replicas]].Bandwidth : Between;
            reduce = Math.Max(reduce, CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, Replicas, GradientBytes, 0, link));
        }

        double send = 0;
        for (int replica = 0; replica < Replicas; replica++)
        {
            double seconds = 0;
            for (int stage = 1; stage < Stages; stage++)
            {
                (int from, int to) = (places[(stage - 1) * Replicas + replica], places[stage * Replicas + replica]);
                seconds += BoundaryBytes / (from == to ? Clusters[from].Bandwidth : Between);
            }

            send = Math.Max(send, seconds);
        }

        return reduce + send;
    }

    /// <summary>Stages whose gradients cross between clusters.</summary>
    public int StagesAcross(int[] places) => Replicas == 1 ? 0 : Enumerable.Range(0, Stages).Count(stage => !Within(places, stage));

    private bool Within(int[] places, int stage) => places.AsSpan(stage * Replicas, Replicas).IndexOfAnyExcept(places[stage * Replicas]) < 0;
}
