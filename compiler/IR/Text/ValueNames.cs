using System.Globalization;

namespace Orchestrator.IR;

// Names of values and blocks for one printing, unique over everything printed. The order is MLIR's: a region is numbered without
// descending, then the regions of its operations, last first, which is why inner regions of early operations get late numbers.
internal sealed class ValueNames
{
    private readonly Dictionary<Value, string> _values = [];
    private readonly Dictionary<Block, int> _blocks = [];
    private readonly Dictionary<Block, List<int>> _predecessors = [];
    private int _nextValue;
    private int _nextArgument;

    public ValueNames(Operation root)
    {
        NameResults(root);
        var pending = new Stack<Region>(root.Regions);
        while (pending.TryPop(out Region? region))
        {
            NumberRegion(region);
            foreach (Block block in region.Blocks)
            {
                foreach (Operation op in block.Operations)
                {
                    foreach (Region inner in op.Regions)
                    {
                        pending.Push(inner);
                    }
                }
            }
        }
    }

    public string Of(Value value) => _values.TryGetValue(value, out string? name) ? name : "%<<outside>>";

    public string GroupOf(Operation op) => op.Results.Count == 1
        ? Of(op.Results[0])
        : string.Create(CultureInfo.InvariantCulture, $"{Of(op.Results[0]).AsSpan(0, Of(op.Results[0]).IndexOf('#', StringComparison.Ordinal))}:{op.Results.Count}");

    public int Of(Block block) => _blocks.TryGetValue(block, out int id) ? id : -1;

    /// <summary>Numbers of the blocks that may pass control here, ascending; one entry for each way.</summary>
    public IReadOnlyList<int> Predecessors(Block block) => _predecessors.TryGetValue(block, out List<int>? list) ? list : [];

    private void NumberRegion(Region region)
    {
        int next = 0;
        foreach (Block block in region.Blocks)
        {
            _blocks[block] = next++;
            foreach (BlockArgument argument in block.Arguments)
            {
                _values[argument] = block.Previous is null
                    ? string.Create(CultureInfo.InvariantCulture, $"%arg{_nextArgument++}")
                    : string.Create(CultureInfo.InvariantCulture, $"%{_nextValue++}");
            }

            foreach (Operation op in block.Operations)
            {
                NameResults(op);
            }
        }

        foreach (Block block in region.Blocks)
        {
            foreach (Operation op in block.Operations)
            {
                foreach (Block successor in op.Successors)
                {
                    if (!_predecessors.TryGetValue(successor, out List<int>? list))
                    {
                        _predecessors.Add(successor, list = []);
                    }

                    list.Add(_blocks[block]);
                }
            }
        }
    }

    private void NameResults(Operation op)
    {
        if (op.Results.Count == 0)
        {
            return;
        }

        int id = _nextValue++;
        for (int i = 0; i < op.Results.Count; i++)
        {
            _values[op.Results[i]] = op.Results.Count == 1
                ? string.Create(CultureInfo.InvariantCulture, $"%{id}")
                : string.Create(CultureInfo.InvariantCulture, $"%{id}#{i}");
        }
    }
}
