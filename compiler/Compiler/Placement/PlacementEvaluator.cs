namespace Orchestrator.Compiler.Placing;

/// <summary>Computes cost, latency and violations of a choice that covers every task once.</summary>
internal sealed class PlacementEvaluator(PlacementProblem problem)
{
    // Any missing device or impossible transfer outweighs every latency (microseconds up to about 30 years).
    private const double Impossible = 1e15;

    /// <summary>The value of a choice; <paramref name="chosen"/> must be an exact cover.</summary>
    public PlacementValue Evaluate(int[] chosen)
    {
        int[] owner = Owners(chosen);
        long cost = 0;
        double violation = 0;
        foreach (int candidate in chosen)
        {
            cost += problem.Candidates[candidate].Cost;
        }

        long[] use = new long[problem.Devices.Length];
        long[] times = new long[problem.Edges.Length];
        for (int e = 0; e < times.Length; e++)
        {
            PlacementEdge edge = problem.Edges[e];
            if (owner[edge.From] == owner[edge.To])
            {
                continue;
            }

            Move? move = edge.Moves[edge.FromClass[owner[edge.From]]][edge.ToClass[owner[edge.To]]];
            violation += move is null ? Impossible : 0;
            times[e] = move?.Time ?? 0;
            cost += move?.Cost ?? 0;
            if (move is { Link: >= 0 and var link })
            {
                use[link] += move.Load;
            }
        }

        cost += DeviceCost(chosen, use, ref violation);
        double[] values = problem.Latency.Evaluate((task, column) => problem.Candidates[owner[task]].Duration(task, column), e => times[e]);
        long overrun = 0;
        foreach (PlacementLimit limit in problem.Limits)
        {
            double over = values[limit.Root] - limit.Limit;
            if (over > 0)
            {
                violation += limit.OverrunCost is null ? over : 0;
                overrun += limit.OverrunCost is { } price ? (long)over * price : 0;
            }
        }

        violation += problem.CostLimit is { } most && cost > most ? cost - most : 0;
        return new PlacementValue([.. chosen.Order()], cost, overrun, values, violation);
    }

    /// <summary>The candidate that covers each task.</summary>
    public int[] Owners(int[] chosen)
    {
        int[] owner = new int[problem.TaskCount];
        Array.Fill(owner, -1);
        foreach (int candidate in chosen)
        {
            foreach (int task in problem.Candidates[candidate].Tasks)
            {
                owner[task] = candidate;
            }
        }

        return owner;
    }

    private long DeviceCost(int[] chosen, long[] use, ref double violation)
    {
        foreach (int candidate in chosen)
        {
            use[problem.Candidates[candidate].Device] += problem.Candidates[candidate].Use;
        }

        long cost = 0;
        for (int d = 0; d < use.Length; d++)
        {
            long whole = (use[d] + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice;
            cost += whole * problem.Devices[d].Cost;
            violation += Impossible * Math.Max(0, whole - problem.Devices[d].Count);
        }

        return cost;
    }
}
