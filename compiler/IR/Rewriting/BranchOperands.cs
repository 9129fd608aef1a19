using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>The operands that branches hand to blocks.</summary>
internal static class BranchOperands
{
    private const string Segments = "operandSegmentSizes";

    /// <summary>As <see cref="IBranchOp.TryRemoveSuccessorOperand"/> for the usual layout.</summary>
    public static bool TryRemove(IBranchOp branch, int successor, int index)
    {
        var op = (Operation)branch; // Branches are operations.
        int count = op.Successors.Count;
        int start = op.OperandCount;
        for (int i = count - 1; i >= successor; i--)
        {
            start -= branch.SuccessorOperands(i).Count;
        }

        OperandList run = branch.SuccessorOperands(successor);
        if (start < 0 || index >= run.Count || !ReferenceEquals(op.GetOperand(start + index), run[index]))
        {
            return false;
        }

        if (op.GetAttr(Segments) is { } attr)
        {
            if (attr is not DenseArrayAttr sizes || sizes.Values.Length < count)
            {
                return false;
            }

            int at = sizes.Values.Length - count + successor;
            if (sizes.Values[at] is not IntegerAttr size || size.BigValue != run.Count)
            {
                return false;
            }

            ImmutableArray<Attr> smaller = sizes.Values.SetItem(at, op.Context.Int(run.Count - 1, size.Type));
            op.SetAttr(Segments, op.Context.DenseArray(sizes.Element, smaller));
        }

        op.RemoveOperand(start + index);
        return true;
    }
}
