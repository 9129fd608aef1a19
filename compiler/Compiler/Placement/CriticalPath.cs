using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>The chain of tasks and transfers that a latency consists of.</summary>
internal static class CriticalPath
{
    /// <summary>The bars of a node's critical path; lengths of repeated parts are those of all rounds. Parts without length are left out.</summary>
    /// <param name="graph">Names the tasks.</param>
    /// <param name="program">Holds the node.</param>
    /// <param name="values">Value of every node, in any unit.</param>
    /// <param name="root">The node.</param>
    /// <param name="unit">Seconds of one unit.</param>
    public static ImmutableArray<BudgetBar> Trace(TaskGraph graph, LatencyProgram program, double[] values, int root, double unit)
    {
        var bars = ImmutableArray.CreateBuilder<BudgetBar>();
        var open = new Stack<(int Node, double Start, double Rounds)>();
        open.Push((root, 0, 1));
        while (open.Count > 0)
        {
            (int index, double start, double rounds) = open.Pop();
            LatencyNode node = program.Nodes[index];
            switch (node.Kind)
            {
                case LatencyKind.Task or LatencyKind.Edge when values[index] > 0:
                    string name = node.Kind == LatencyKind.Task ? graph.Tasks[node.Index].Name : "to " + graph.Tasks[graph.Edges[node.Index].To].Name;
                    name += rounds > 1 ? string.Create(CultureInfo.InvariantCulture, $" ×{rounds:0}") : "";
                    bars.Add(new BudgetBar(name, start * unit, values[index] * rounds * unit));
                    break;
                case LatencyKind.Add:
                    double at = start + values[index] * rounds;
                    foreach (int child in node.Children.Reverse())
                    {
                        at -= values[child] * rounds;
                        open.Push((child, at, rounds));
                    }

                    break;
                case LatencyKind.Max or LatencyKind.Min:
                    open.Push((node.Children.First(c => values[c] == values[index]), start, rounds));
                    break;
                case LatencyKind.Scale:
                    open.Push((node.Children[0], start, rounds * node.Factor));
                    break;
                default:
                    break;
            }
        }

        return bars.ToImmutable();
    }
}
