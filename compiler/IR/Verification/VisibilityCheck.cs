using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Checks that every operand is defined where its user can see it. The tree is read once; a region that encloses what is being read notes the
/// operation that is read in it, so each operand costs constant time however deep it is nested.
/// </summary>
internal sealed class VisibilityCheck(DiagnosticBag diagnostics)
{
    private readonly DominanceInfo _dominance = new();

    // The regions around what is being read, outer first, with the number of the outermost whose values are visible from there.
    private readonly List<(Region Region, int VisibleFrom)> _open = [];

    public void Run(Operation root)
    {
        OpenAround(root);
        foreach (Operation op in root.Walk())
        {
            if (ReferenceEquals(op, root))
            {
                continue;
            }

            Region region = op.ParentRegion!; // Everything below the root is in a region.
            Enter(region);
            region.OpenOp = op;
            CheckOperands(op);
        }

        Leave(0);
    }

    // What stands around the root, up to where nothing is visible any more, counts as being read.
    private void OpenAround(Operation root)
    {
        var around = new Stack<Operation>();
        for (Operation at = root; !at.Has(OpTraits.IsolatedFromAbove) && at.ParentRegion is { Parent: { } parent }; at = parent)
        {
            around.Push(at);
        }

        while (around.TryPop(out Operation? op))
        {
            Enter(op.ParentRegion!); // It was pushed for having one.
            op.ParentRegion!.OpenOp = op; // The same.
        }
    }

    private void Enter(Region region)
    {
        if (_open.Count > 0 && ReferenceEquals(_open[^1].Region, region))
        {
            return;
        }

        // Up to the region itself, or to the one that holds its operation.
        int around = region.OpenOp is not null ? region.OpenIndex + 1 : region.Parent?.ParentRegion is { OpenOp: not null } outer ? outer.OpenIndex + 1 : 0;
        Leave(around);
        if (region.OpenOp is null)
        {
            int from = region.Parent is { } parent && parent.Has(OpTraits.IsolatedFromAbove) ? around : around == 0 ? 0 : _open[^1].VisibleFrom;
            region.OpenIndex = around;
            _open.Add((region, from));
        }
    }

    private void Leave(int count)
    {
        while (_open.Count > count)
        {
            _open[^1].Region.OpenOp = null;
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private void CheckOperands(Operation op)
    {
        int count = op.OperandCount;
        for (int i = 0; i < count; i++)
        {
            Value value = op.Slot(i).Value;
            if (WhyNotVisible(value, op) is { } reason)
            {
                diagnostics.Add(Diagnostic.Error(IRCodes.Dominance, $"operand {i} of '{op.Name}' {reason}", op.Span,
                    "use a value that is defined before, in this region or in one around it").WithNote("it is defined here", value.Span));
            }
        }
    }

    // Null when the value may be used by the operation, else why not.
    private string? WhyNotVisible(Value value, Operation user)
    {
        Block? definedIn = value.ParentBlock;
        if (definedIn?.Region is not { } region)
        {
            return "belongs to nothing";
        }

        if (region.OpenOp is not { } at)
        {
            return "is defined in a region that does not enclose it";
        }

        if (region.OpenIndex < _open[^1].VisibleFrom)
        {
            return $"is defined outside '{_open[_open[^1].VisibleFrom].Region.Parent!.Name}', which sees nothing from outside"; // An isolated region has a parent.
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
        || (region.Count == 1 && (parent.Info is null || parent.Name.Text == "builtin.module"));
}
