using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Checks that every operand is defined where its user can see it. A region that encloses what is being read notes the operation that is read
/// in it, so each operand costs constant time however deep it is nested.
/// </summary>
internal sealed class Visibility(DiagnosticBag diagnostics)
{
    private readonly DominanceInfo _dominance = new();

    // The regions around what is being read, outer first.
    private readonly List<Region> _open = [];

    public static bool IsIsolated(Operation op) => op.Has(OpTraits.IsolatedFromAbove) || BuiltinRules.IsModule(op);

    /// <summary>Nothing inside an operation that sees nothing from outside uses a value from there.</summary>
    public void CheckIsolation(Operation op)
    {
        if (op.Block is null || !IsIsolated(op))
        {
            return;
        }

        HashSet<Region>? inside = null;
        var open = new Stack<Region>();
        PushRegions(op, open);
        while (open.TryPop(out Region? region))
        {
            foreach (Block block in region.Blocks)
            {
                for (Operation? user = block.First; user is not null; user = user.NextInBlock)
                {
                    for (int i = 0; i < user.OperandCount; i++)
                    {
                        Value value = user.Slot(i).Value;
                        if (value.ParentBlock?.Region is not { } home || (!ReferenceEquals(home, region) && !(inside ??= RegionsOf(op)).Contains(home)))
                        {
                            Report(user, i, value, $"is defined outside '{op.Name}', which sees nothing from outside");
                        }
                    }

                    if (user.Regions.Count > 0 && !IsIsolated(user))
                    {
                        PushRegions(user, open);
                    }
                }
            }
        }
    }

    /// <summary>Every use is dominated by its definition, in all regions of an operation but not in isolated operations inside.</summary>
    public void CheckInside(Operation root)
    {
        OpenAround(root);
        var waiting = new Stack<Operation>();
        waiting.Push(root);
        while (waiting.TryPop(out Operation? around))
        {
            if (!ReferenceEquals(around, root))
            {
                Enter(around);
            }

            foreach (Region region in around.Regions)
            {
                foreach (Block block in region.Blocks)
                {
                    CheckBlock(block, region, waiting, root);
                }
            }
        }

        Leave(0);
    }

    private void CheckBlock(Block block, Region region, Stack<Operation> waiting, Operation root)
    {
        bool reachable = ReferenceEquals(block, region.First) || _dominance.TreeOf(region).NumberOf(block) >= 0;
        for (Operation? op = block.First; op is not null; op = op.NextInBlock)
        {
            int operands = reachable ? op.OperandCount : 0;
            if (operands > 0)
            {
                Enter(op);
            }

            for (int i = 0; i < operands; i++)
            {
                Value value = op.Slot(i).Value;
                if (WhyNotVisible(value, op, root) is { } reason)
                {
                    Report(op, i, value, reason);
                }
            }

            if (op.Regions.Count > 0 && !IsIsolated(op))
            {
                waiting.Push(op);
            }
        }
    }

    // What stands around the root, up to where nothing is visible any more, counts as being read.
    private void OpenAround(Operation root)
    {
        var around = new Stack<Operation>();
        for (Operation at = root; !IsIsolated(at) && at.ParentOp is { } parent; at = parent)
        {
            around.Push(at);
        }

        while (around.TryPop(out Operation? op))
        {
            Enter(op);
        }
    }

    // The operation is read now, in its region.
    private void Enter(Operation op)
    {
        Region region = op.ParentRegion!; // Only operations in a region are entered.
        if (region.OpenOp is null)
        {
            // Up to the region that holds the operation of this one.
            Leave(region.Parent?.ParentRegion is { OpenOp: not null } outer ? outer.OpenIndex + 1 : 0);
            region.OpenIndex = _open.Count;
            _open.Add(region);
        }
        else
        {
            Leave(region.OpenIndex + 1);
        }

        region.OpenOp = op;
    }

    private void Leave(int count)
    {
        while (_open.Count > count)
        {
            _open[^1].OpenOp = null;
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private void Report(Operation op, int operand, Value value, string reason) =>
        diagnostics.Add(Diagnostic.Error(IRCodes.Dominance, $"operand {operand} of '{op.Name}' {reason}", op.Span,
            "use a value that is defined before, in this region or in one around it").WithNote("it is defined here", value.Span));

    // Null when the value may be used by the operation, else why not.
    private string? WhyNotVisible(Value value, Operation user, Operation root)
    {
        Block? definedIn = value.ParentBlock;
        if (definedIn?.Region is not { } region)
        {
            return "belongs to nothing";
        }

        if (region.OpenOp is not { } at)
        {
            // What isolation forbids has been reported before.
            bool isAround = IsIsolated(root) && region.Parent is { } owner && !ReferenceEquals(owner, root) && owner.Encloses(root);
            return isAround ? null : "is defined in a region that does not enclose it";
        }

        if (!ReferenceEquals(at.Block, definedIn))
        {
            // Blocks of one region: the definition must be on every way to the use.
            return _dominance.Dominates(definedIn, at.Block!) ? null : "is not defined on every way here"; // What is read is in a block.
        }

        if (value is not OpResult result || IsGraph(region))
        {
            return null;
        }

        return !ReferenceEquals(result.Owner, at) && result.Owner.IsBefore(at) ? null : "is used before it is defined";
    }

    // Order does not matter in the single block of a module or of an operation that nobody declares.
    private static bool IsGraph(Region region) => region.Parent is not { } parent || parent.Has(OpTraits.GraphRegion)
        || (region.Count == 1 && (parent.Info is null || BuiltinRules.IsModule(parent)));

    private static void PushRegions(Operation op, Stack<Region> open)
    {
        foreach (Region region in op.Regions)
        {
            open.Push(region);
        }
    }

    private static HashSet<Region> RegionsOf(Operation op)
    {
        var all = new HashSet<Region>(ReferenceEqualityComparer.Instance);
        foreach (Operation inner in op.Walk())
        {
            foreach (Region region in inner.Regions)
            {
                all.Add(region);
            }
        }

        return all;
    }
}
