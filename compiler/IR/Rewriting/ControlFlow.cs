namespace Orchestrator.IR;

/// <summary>The blocks of a region that control reaches, and the ways between them, as they are now.</summary>
internal sealed class ControlFlow
{
    private readonly Dictionary<Block, List<(Operation From, int Successor)>> _edges = [];

    public ControlFlow(Region region)
    {
        var stack = new Stack<Block>();
        if (region.First is { } entry)
        {
            _edges.Add(entry, []);
            stack.Push(entry);
        }

        while (stack.TryPop(out Block? block))
        {
            for (int i = 0; block.Last is { } last && i < last.Successors.Count; i++)
            {
                Block to = last.Successors[i];
                if (!_edges.TryGetValue(to, out List<(Operation From, int Successor)>? edges))
                {
                    _edges.Add(to, edges = []);
                    stack.Push(to);
                }

                edges.Add((last, i));
            }
        }
    }

    /// <summary>Whether control can reach <paramref name="block"/>.</summary>
    public bool Reaches(Block block) => _edges.ContainsKey(block);

    /// <summary>From where control comes to <paramref name="block"/>: branches, and which of their successors it is.</summary>
    public IReadOnlyList<(Operation From, int Successor)> EdgesTo(Block block) => _edges.TryGetValue(block, out List<(Operation From, int Successor)>? edges) ? edges : [];

    /// <summary>What <paramref name="edge"/> hands over as argument <paramref name="index"/>, or null when the branch does not say.</summary>
    public static Value? Passed((Operation From, int Successor) edge, int index) =>
        edge.From is IBranchOp branch && branch.SuccessorOperands(edge.Successor) is var passed && index < passed.Count ? passed[index] : null;
}
