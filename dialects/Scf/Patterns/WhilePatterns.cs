using Orchestrator.Dialects.Arith;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>What <c>scf.condition</c> hands on although it is known outside, equals another value, or is not read.</summary>
internal sealed class DropConditionValues : RewritePattern<WhileOp>
{
    protected override bool Apply(WhileOp op, Rewriter rewriter)
    {
        int count = op.Results.Count;
        if (count == 0 || op.Before.First?.Last is not ConditionOp decision || op.After.First is not { } after)
        {
            return false;
        }

        var drop = new bool[count];
        bool any = false;
        for (int i = 0; i < count; i++)
        {
            Value handed = decision.GetOperand(i + 1);
            if (RegionRewrites.IsFromOutside(handed, op.Before))
            {
                rewriter.ReplaceUses(after.Arguments[i], handed);
                rewriter.ReplaceUses(op.Results[i], handed);
            }

            for (int j = 0; j < i; j++)
            {
                if (ReferenceEquals(decision.GetOperand(j + 1), handed) && !drop[j])
                {
                    rewriter.ReplaceUses(after.Arguments[i], after.Arguments[j]);
                    rewriter.ReplaceUses(op.Results[i], op.Results[j]);
                    break;
                }
            }

            any |= drop[i] = !after.Arguments[i].HasUses && !op.Results[i].HasUses;
        }

        if (!any)
        {
            return false;
        }

        RegionRewrites.RemoveOperands(rewriter, decision, drop, start: 1);
        RegionRewrites.RemoveArguments(after, drop);
        RegionRewrites.Rebuild(rewriter, op, [.. op.Operands], drop);
        return true;
    }
}

/// <summary>What the rounds hand to the first region although it never changes, equals another value, or is not read.</summary>
internal sealed class DropLoopedValues : RewritePattern<WhileOp>
{
    protected override bool Apply(WhileOp op, Rewriter rewriter)
    {
        int count = op.OperandCount;
        if (count == 0 || op.Before.First is not { Last: ConditionOp decision } before || op.After.First?.Last is not YieldOp yield)
        {
            return false;
        }

        var drop = new bool[count];
        bool any = false;
        for (int i = 0; i < count; i++)
        {
            BlockArgument argument = before.Arguments[i];
            if (argument.HasUses && IsInvariant(op, argument, decision, yield.GetOperand(i)))
            {
                rewriter.ReplaceUses(argument, op.GetOperand(i));
            }

            for (int j = 0; j < i && argument.HasUses; j++)
            {
                if (!drop[j] && ReferenceEquals(op.GetOperand(j), op.GetOperand(i)) && ReferenceEquals(yield.GetOperand(j), yield.GetOperand(i)))
                {
                    rewriter.ReplaceUses(argument, before.Arguments[j]);
                }
            }

            any |= drop[i] = !argument.HasUses;
        }

        if (!any)
        {
            return false;
        }

        RegionRewrites.RemoveOperands(rewriter, yield, drop);
        RegionRewrites.RemoveArguments(before, drop);
        var operands = new List<Value>();
        for (int i = 0; i < count; i++)
        {
            if (!drop[i])
            {
                operands.Add(op.GetOperand(i));
            }
        }

        RegionRewrites.Rebuild(rewriter, op, operands.ToArray(), new bool[op.Results.Count]);
        return true;
    }

    // The rounds yield the initial value, or what the first region was handed and handed on.
    private static bool IsInvariant(WhileOp op, BlockArgument argument, ConditionOp decision, Value yielded) =>
        ReferenceEquals(yielded, op.GetOperand(argument.Index))
        || (yielded is BlockArgument passed && ReferenceEquals(passed.Owner, op.After.First) && ReferenceEquals(decision.GetOperand(passed.Index + 1), argument));
}

/// <summary>In a round the condition held: it is true there, and so is a comparison that says the same.</summary>
internal sealed class ConditionHoldsInRound : RewritePattern<WhileOp>
{
    protected override bool Apply(WhileOp op, Rewriter rewriter)
    {
        if (op.Before.First?.Last is not ConditionOp decision || op.After.First is not { } after)
        {
            return false;
        }

        bool changed = false;
        for (int i = 0; i < after.Arguments.Count; i++)
        {
            if (ReferenceEquals(decision.GetOperand(i + 1), decision.Condition) && after.Arguments[i].HasUses)
            {
                rewriter.ReplaceUses(after.Arguments[i], Constants.Insert(rewriter, op, 1, rewriter.Context.I1));
                changed = true;
            }
        }

        if (decision.Condition.DefiningOp is CmpIOp compare)
        {
            changed |= ReplaceComparisons(op, after, decision, compare, rewriter);
        }

        return changed;
    }

    private static bool ReplaceComparisons(WhileOp op, Block after, ConditionOp decision, CmpIOp compare, Rewriter rewriter)
    {
        bool changed = false;
        for (int i = 0; i < after.Arguments.Count; i++)
        {
            if (!ReferenceEquals(decision.GetOperand(i + 1), compare.Lhs))
            {
                continue;
            }

            foreach (Use use in after.Arguments[i].Uses)
            {
                if (use.Index != 0 || use.Owner is not CmpIOp again || !again.Holds.HasUses || !IsSame(op, after, decision, compare.Rhs, again.Rhs))
                {
                    continue;
                }

                bool holds = again.Predicate == compare.Predicate;
                if (holds || again.Predicate == IntegerPredicates.Invert(compare.Predicate))
                {
                    rewriter.ReplaceUses(again.Holds, Constants.Insert(rewriter, op, holds ? 1 : 0, rewriter.Context.I1));
                    changed = true;
                }
            }
        }

        return changed;
    }

    // The value of the round is the one of the first region, from outside or handed on.
    private static bool IsSame(WhileOp op, Block after, ConditionOp decision, Value first, Value inRound) =>
        ReferenceEquals(first, inRound)
            ? RegionRewrites.IsFromOutside(first, op.Before)
            : inRound is BlockArgument passed && ReferenceEquals(passed.Owner, after) && ReferenceEquals(decision.GetOperand(passed.Index + 1), first);
}
