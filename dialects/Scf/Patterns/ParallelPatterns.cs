using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>Dimensions of a parallel loop that run one round go; without any round the loop gives its initial values.</summary>
internal sealed class DropTrivialDimensions : RewritePattern<ParallelOp>
{
    protected override bool Apply(ParallelOp op, Rewriter rewriter)
    {
        int dimensions = op.Steps.Count;
        if (op.LowerBounds.Count != dimensions || op.UpperBounds.Count != dimensions)
        {
            return false;
        }

        var drop = new bool[dimensions];
        int dropped = 0;
        for (int i = 0; i < dimensions; i++)
        {
            if (Trips.Count(op.LowerBounds[i], op.UpperBounds[i], op.Steps[i], unsigned: false) is not { } trips)
            {
                continue;
            }

            if (trips.IsZero)
            {
                rewriter.Replace(op, [.. op.Initial]);
                return true;
            }

            dropped += (drop[i] = trips.IsOne) ? 1 : 0;
        }

        // A loop without dimensions would be one round; with something to reduce that is left to others.
        if (dropped == 0 || (dropped == dimensions && op.Results.Count > 0))
        {
            return false;
        }

        Block body = op.Body.First!; // The verifier asks for it.
        for (int i = 0; i < dimensions; i++)
        {
            if (drop[i])
            {
                rewriter.ReplaceUses(body.Arguments[i], op.LowerBounds[i]);
            }
        }

        if (dropped == dimensions)
        {
            rewriter.InlineBefore(op, body);
            rewriter.Erase(op);
            return true;
        }

        RegionRewrites.RemoveArguments(body, drop);
        var operands = new List<Value>();
        for (int group = 0; group < 3; group++)
        {
            for (int i = 0; i < dimensions; i++)
            {
                if (!drop[i])
                {
                    operands.Add(op.GetOperand(group * dimensions + i));
                }
            }
        }

        operands.AddRange(op.Initial);
        int kept = dimensions - dropped;
        int initial = op.Initial.Count;
        op.SetOperands(operands.ToArray());
        op.SegmentSizes = Segments.Make(rewriter.Context, kept, kept, kept, initial);
        rewriter.Touch(op);
        return true;
    }
}
