using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Whether values are defined where they are used.
internal sealed class Visibility(DiagnosticBag diagnostics)
{
    private readonly DominanceInfo _dominance = new();

    public static bool IsIsolated(Operation op) => op.Has(OpTraits.IsolatedFromAbove) || BuiltinRules.IsModule(op);

    /// <summary>Nothing inside an operation that sees nothing from outside uses a value from there.</summary>
    public void CheckIsolation(Operation op)
    {
        if (!IsIsolated(op))
        {
            return;
        }

        var open = new Stack<Region>();
        PushRegions(op, open);
        while (open.TryPop(out Region? region))
        {
            foreach (Block block in region.Blocks)
            {
                for (Operation? user = block.First; user is not null; user = user.NextInBlock)
                {
                    CheckIsolated(op, user);
                    if (!IsIsolated(user))
                    {
                        PushRegions(user, open);
                    }
                }
            }
        }
    }

    private void CheckIsolated(Operation around, Operation user)
    {
        for (int i = 0; i < user.OperandCount; i++)
        {
            // Mostly the value is defined beside its user.
            Value value = user.GetOperand(i);
            Region? home = value.ParentBlock?.Region;
            if (!ReferenceEquals(home, user.ParentRegion) && (home?.Parent is not { } owner || !around.Encloses(owner)))
            {
                Report(user, i, value, $"is defined outside '{around.Name}', which sees nothing from outside");
            }
        }
    }

    private static void PushRegions(Operation op, Stack<Region> open)
    {
        foreach (Region region in op.Regions)
        {
            open.Push(region);
        }
    }

    /// <summary>Every use is dominated by its definition, in all regions of an operation but not in isolated operations inside.</summary>
    public void CheckInside(Operation root)
    {
        var open = new Stack<Operation>();
        open.Push(root);
        while (open.TryPop(out Operation? around))
        {
            foreach (Region region in around.Regions)
            {
                foreach (Block block in region.Blocks)
                {
                    CheckBlock(block, region, open);
                }
            }
        }
    }

    private void CheckBlock(Block block, Region region, Stack<Operation> open)
    {
        bool reachable = ReferenceEquals(block, region.First) || _dominance.IsReachable(block);
        for (Operation? op = block.First; op is not null; op = op.NextInBlock)
        {
            for (int i = 0; reachable && i < op.OperandCount; i++)
            {
                Value value = op.GetOperand(i);
                if (WhyNotVisible(value, op) is { } reason)
                {
                    Report(op, i, value, reason);
                }
            }

            if (op.Regions.Count > 0 && !IsIsolated(op))
            {
                open.Push(op);
            }
        }
    }

    private void Report(Operation op, int operand, Value value, string reason) =>
        diagnostics.Add(Diagnostic.Error(IRCodes.Dominance, $"operand {operand} of '{op.Name}' {reason}", op.Span,
            "use a value that is defined before, in this region or in one around it").WithNote("it is defined here", value.Span));

    // Null when the value may be used by the operation, else why not. What isolation forbids has been reported before.
    private string? WhyNotVisible(Value value, Operation user)
    {
        Region? region = value.ParentBlock?.Region;
        if (region is null)
        {
            return "belongs to nothing";
        }

        Operation at = user;
        while (!ReferenceEquals(at.ParentRegion, region))
        {
            if (at.ParentOp is not { } parent)
            {
                return "is defined in a region that does not enclose it";
            }

            if (IsIsolated(parent) && (region.Parent is not { } owner || !parent.Encloses(owner)))
            {
                return null;
            }

            at = parent;
        }

        Block? block = at.Block;
        if (!ReferenceEquals(block, value.ParentBlock))
        {
            // Blocks of one region: the definition must be on every way to the use.
            return block is not null && value.ParentBlock is { } home && _dominance.Dominates(home, block) ? null : "is not defined on every way here";
        }

        if (value.DefiningOp is not { } definition || IsGraph(region))
        {
            return null;
        }

        return !ReferenceEquals(definition, at) && definition.IsBefore(at) ? null : "is used before it is defined";
    }

    // Order does not matter in the single block of a module or of an operation that nobody declares.
    private static bool IsGraph(Region region) => region.Parent is not { } parent || parent.Has(OpTraits.GraphRegion)
        || (region.Count == 1 && (parent.Info is null || BuiltinRules.IsModule(parent)));
}
