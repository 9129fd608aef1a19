using System.Collections.Immutable;
using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>A switch that can go only one way, because its number is known or it has no case, is a plain branch.</summary>
internal sealed class TakeKnownCase : RewritePattern<SwitchOp>
{
    protected override bool Apply(SwitchOp op, Rewriter rewriter)
    {
        int? taken = op.CaseCount == 0 ? 0
            : op.Flag.ConstantValue is { } constant ? op.TakenSuccessor([constant])
            : KnownFromWay(op);
        if (taken is not { } index)
        {
            return false;
        }

        rewriter.Insert(op, b => BranchOp.Create(b, op.Successors[index], op.SuccessorOperands(index)));
        rewriter.Erase(op);
        return true;
    }

    // The block is only reached by one case of a switch on the same number.
    private static int? KnownFromWay(SwitchOp op)
    {
        if (op.Flag.HasOneUse || op.Block is not { } block
            || Blocks.OnlyPredecessor(block)?.Last is not SwitchOp before || ReferenceEquals(before, op) || !ReferenceEquals(before.Flag, op.Flag)
            || SwitchCases.Read(before.CaseValues) is not { } values || op.Flag.Type is not IntegerType type)
        {
            return null;
        }

        int way = -1;
        for (int i = 0; i < before.Successors.Count; i++)
        {
            if (!ReferenceEquals(before.Successors[i], block))
            {
                continue;
            }

            if (way >= 0 || i == 0)
            {
                return null;
            }

            way = i;
        }

        return way < 0 ? null : op.TakenSuccessor([op.Context.Int(values[way - 1], type)]);
    }
}

/// <summary>Cases that go where all other numbers go are no cases; nor are those that an earlier switch on the same number took.</summary>
internal sealed class DropCases : RewritePattern<SwitchOp>
{
    protected override bool Apply(SwitchOp op, Rewriter rewriter)
    {
        if (op.CaseCount == 0 || SwitchCases.Read(op.CaseValues) is not { } values)
        {
            return false;
        }

        HashSet<BigInteger>? taken = TakenBefore(op);
        var kept = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            bool asDefault = ReferenceEquals(op.Successors[i + 1], op.Successors[0]) && Blocks.Same(op.SuccessorOperands(i + 1), op.SuccessorOperands(0));
            if (!asDefault && taken?.Contains(values[i]) != true)
            {
                kept.Add(i);
            }
        }

        if (kept.Count == values.Length)
        {
            return false;
        }

        SwitchRebuild.Replace(rewriter, op, values, kept, static (op, i) => (op.Successors[i], [.. op.SuccessorOperands(i)]));
        return true;
    }

    // The numbers that cannot come here, because the only way here is where an earlier switch on the same number has no case for it.
    private static HashSet<BigInteger>? TakenBefore(SwitchOp op)
    {
        if (op.Flag.HasOneUse || op.Block is not { } block || Blocks.OnlyPredecessor(block)?.Last is not SwitchOp before || ReferenceEquals(before, op)
            || !ReferenceEquals(before.Flag, op.Flag) || !ReferenceEquals(before.Successors[0], block)
            || SwitchCases.Read(before.CaseValues) is not { } values)
        {
            return null;
        }

        for (int i = 1; i < before.Successors.Count; i++)
        {
            if (ReferenceEquals(before.Successors[i], block))
            {
                return null;
            }
        }

        return [.. values];
    }
}

/// <summary>A case that leads to a block that only goes on leads there itself.</summary>
internal sealed class SkipPassThroughCase : RewritePattern<SwitchOp>
{
    protected override bool Apply(SwitchOp op, Rewriter rewriter)
    {
        bool any = false;
        var ways = new (Block Block, Value[] Values)[op.Successors.Count];
        for (int i = 0; i < ways.Length; i++)
        {
            bool skipped = Blocks.TrySkip(op.Successors[i], op.SuccessorOperands(i), out Block target, out Value[] passed);
            ways[i] = (target, skipped ? passed : [.. op.SuccessorOperands(i)]);
            any |= skipped;
        }

        if (!any || SwitchCases.Read(op.CaseValues) is not { } values)
        {
            return false;
        }

        var kept = new List<int>();
        for (int i = 0; i < values.Length; i++)
        {
            kept.Add(i);
        }

        SwitchRebuild.Replace(rewriter, op, values, kept, (_, i) => ways[i]);
        return true;
    }
}

/// <summary>Makes a switch like another one.</summary>
internal static class SwitchRebuild
{
    /// <summary>Replaces <paramref name="op"/> by one with only the cases <paramref name="kept"/>; <paramref name="way"/> says where each successor leads.</summary>
    public static void Replace(Rewriter rewriter, SwitchOp op, BigInteger[] values, List<int> kept, Func<SwitchOp, int, (Block Block, Value[] Values)> way)
    {
        Context context = rewriter.Context;
        (Block first, Value[] firstValues) = way(op, 0);
        List<Value> operands = [op.Flag, .. firstValues];
        List<Block> successors = [first];
        var sizes = new int[kept.Count];
        var cases = ImmutableArray.CreateBuilder<BigInteger>();
        for (int i = 0; i < sizes.Length; i++)
        {
            (Block block, Value[] passed) = way(op, kept[i] + 1);
            operands.AddRange(passed);
            successors.Add(block);
            sizes[i] = passed.Length;
            cases.Add(values[kept[i]]);
        }

        List<NamedAttr> attributes =
        [
            new("case_operand_segments", Segments.Make(context, sizes)),
            new(Segments.Name, Segments.Make(context, 1, firstValues.Length, operands.Count - 1 - firstValues.Length)),
        ];
        if (kept.Count > 0)
        {
            attributes.Add(new("case_values", SwitchCases.Make(op.Flag.Type, cases.ToImmutable())));
        }

        rewriter.Before(op).Create(SwitchOp.OpName, operands.ToArray(), attributes: attributes.ToArray(), successors: successors.ToArray(), span: op.Span);
        rewriter.Erase(op);
    }
}
