using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Puts the operations of blocks in which order has no meaning so that each comes after those whose values it uses, itself or inside. Operations that
/// need no move keep their order; those in a circle stay where they are and are reported.
/// </summary>
[Pass("topological-sort")]
public sealed partial class TopologicalSortPass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        int sorted = 0;
        foreach (Operation op in root.Walk())
        {
            if (!op.Has(OpTraits.GraphRegion))
            {
                continue;
            }

            foreach (Region region in op.Regions)
            {
                foreach (Block block in region.Blocks)
                {
                    sorted += Sort(block, context) ? 1 : 0;
                }
            }
        }

        context.Count(this, "blocks", sorted);
        if (sorted == 0)
        {
            context.PreserveAll();
        }
    }

    // Whether anything moved.
    private bool Sort(Block block, PassContext context)
    {
        if (OrderOf(block, context.Diagnostics) is not { } sorted || IsInPlace(sorted, block) || !context.MayAct(Name))
        {
            return false;
        }

        Operation? end = block.Terminator;
        foreach (Operation op in sorted)
        {
            op.Remove();
            if (end is null)
            {
                block.Append(op);
            }
            else
            {
                block.InsertBefore(end, op);
            }
        }

        return true;
    }

    // All operations but the terminator; null when there is no order.
    private static List<Operation>? OrderOf(Block block, DiagnosticBag diagnostics)
    {
        // How many operations of the block each one still waits for; those that wait for none are taken, earliest first.
        var waits = new Dictionary<Operation, int>();
        var users = new Dictionary<Operation, List<Operation>>();
        var ready = new PriorityQueue<Operation, int>();
        var place = new Dictionary<Operation, int>();
        Operation? end = block.Terminator;
        foreach (Operation op in block.Operations)
        {
            place.Add(op, place.Count);
        }

        foreach (Operation op in block.Operations)
        {
            var needed = new HashSet<Operation>();
            foreach (Operation inner in op.Walk())
            {
                for (int i = 0; i < inner.OperandCount; i++)
                {
                    if (inner.GetOperand(i).DefiningOp is { } definition && ReferenceEquals(definition.Block, block) && !ReferenceEquals(definition, op) && needed.Add(definition))
                    {
                        (users.TryGetValue(definition, out List<Operation>? list) ? list : users[definition] = []).Add(op);
                    }
                }
            }

            waits[op] = needed.Count;
            if (needed.Count == 0 && !ReferenceEquals(op, end))
            {
                ready.Enqueue(op, place[op]);
            }
        }

        var sorted = new List<Operation>();
        while (ready.TryDequeue(out Operation? op, out _))
        {
            sorted.Add(op);
            foreach (Operation user in users.GetValueOrDefault(op) ?? [])
            {
                if (--waits[user] == 0 && !ReferenceEquals(user, end))
                {
                    ready.Enqueue(user, place[user]);
                }
            }
        }

        if (sorted.Count + (end is null ? 0 : 1) < block.Count)
        {
            Operation stuck = block.Operations.First(o => waits[o] > 0 && !ReferenceEquals(o, end));
            diagnostics.Error(IRCodes.CyclicOperations, $"'{stuck.Name}' uses values that come from itself over others; there is no order", stuck.Span,
                "break the circle, or leave the pass out");
            return null;
        }

        return sorted;
    }

    private static bool IsInPlace(List<Operation> sorted, Block block)
    {
        Operation? at = block.First;
        foreach (Operation op in sorted)
        {
            if (!ReferenceEquals(at, op))
            {
                return false;
            }

            at = op.Next;
        }

        return true;
    }
}
