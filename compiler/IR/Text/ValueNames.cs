namespace Orchestrator.IR;

// Numbers of values and blocks for one printing, unique over everything printed; they are left in the Scratch fields, so one tree is printed by one
// thread at a time. The order is MLIR's: a region is numbered without descending, then the regions of its operations, last first, which is why
// inner regions of early operations get late numbers.
internal sealed class ValueNames
{
    // Which block passes control where, for blocks that have such predecessors at all.
    private readonly Dictionary<Block, List<int>> _predecessors = [];
    private readonly Operation _root;
    private int _nextValue;
    private int _nextArgument;

    public ValueNames(Operation root)
    {
        _root = root;
        NumberResults(root);
        var pending = new Stack<Region>();
        PushRegions(root, pending);
        while (pending.TryPop(out Region? region))
        {
            NumberRegion(region, pending);
        }
    }

    /// <summary>Writes the name of a value that is used; one from outside what is printed has none.</summary>
    public void Write(AsmWriter writer, Value value)
    {
        if (_root.Block is not null && !IsInside(value))
        {
            writer.Write("%<<outside>>"u8);
        }
        else if (value is OpResult result)
        {
            writer.Write('%').Write(result.Owner.Scratch);
            if (result.Owner.Results.Count > 1)
            {
                writer.Write('#').Write(result.Index);
            }
        }
        else
        {
            var argument = (BlockArgument)value;
            writer.Write(argument.Owner.Previous is null ? "%arg"u8 : "%"u8).Write(argument.Scratch);
        }
    }

    /// <summary>Numbers of the blocks that may pass control here, ascending; one entry for each way.</summary>
    public IReadOnlyList<int> Predecessors(Block block) => _predecessors.TryGetValue(block, out List<int>? list) ? list : [];

    private bool IsInside(Value value)
    {
        Operation? around = value is OpResult result ? result.Owner : value.ParentBlock?.ParentOp;
        return around is not null && _root.Encloses(around);
    }

    private void NumberRegion(Region region, Stack<Region> pending)
    {
        int next = 0;
        foreach (Block block in region.Blocks)
        {
            block.Scratch = next++;
            foreach (BlockArgument argument in block.Arguments)
            {
                argument.Scratch = block.Previous is null ? _nextArgument++ : _nextValue++;
            }

            for (Operation? op = block.First; op is not null; op = op.NextInBlock)
            {
                NumberResults(op);
                PushRegions(op, pending);
            }
        }

        foreach (Block block in region.Blocks)
        {
            for (Operation? op = block.First; op is not null; op = op.NextInBlock)
            {
                foreach (Block successor in op.Successors)
                {
                    NotePredecessor(successor, block);
                }
            }
        }
    }

    private static void PushRegions(Operation op, Stack<Region> pending)
    {
        foreach (Region inner in op.Regions)
        {
            pending.Push(inner);
        }
    }

    private void NotePredecessor(Block block, Block predecessor)
    {
        if (!_predecessors.TryGetValue(block, out List<int>? list))
        {
            _predecessors.Add(block, list = []);
        }

        list.Add(predecessor.Scratch);
    }

    private void NumberResults(Operation op)
    {
        if (op.Results.Count > 0)
        {
            op.Scratch = _nextValue++;
        }
    }
}
