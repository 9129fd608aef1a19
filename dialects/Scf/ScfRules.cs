using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>The checks that the operations of <c>scf</c> share. Each reports and gives false when something is wrong.</summary>
internal static class ScfRules
{
    /// <summary>Every block of the region that leaves it does so with <c>scf.yield</c> and values of the types of the results.</summary>
    public static bool YieldsResults(VerifyContext context, Operation op, Region region)
    {
        bool good = true;
        foreach (Block block in region.Blocks)
        {
            if (block.Last is { } last && last.Successors.Count == 0)
            {
                good &= Ends<YieldOp>(context, op, block) is { } yield && Agree(context, yield, yield.Operands, op.Results, "yields", "the result");
            }
        }

        return good;
    }

    /// <summary>The terminator of <paramref name="block"/> if it is a <typeparamref name="T"/>; otherwise reports and gives null.</summary>
    public static T? Ends<T>(VerifyContext context, Operation op, Block? block) where T : Operation
    {
        if (block?.Last is T wanted)
        {
            return wanted;
        }

        string name = typeof(T) == typeof(YieldOp) ? YieldOp.OpName : typeof(T) == typeof(ConditionOp) ? ConditionOp.OpName
            : typeof(T) == typeof(ReduceOp) ? ReduceOp.OpName : typeof(T) == typeof(ReduceReturnOp) ? ReduceReturnOp.OpName : InParallelOp.OpName;
        context.Error(block?.Last ?? op, ScfCodes.Ending, $"does not end a region of '{op.Name}'", $"end it with {name}");
        return null;
    }

    /// <summary>As many values as places, with the same types.</summary>
    public static bool Agree(VerifyContext context, Operation op, OperandList values, IReadOnlyList<Value> places, string does, string place, int skip = 0)
    {
        if (values.Count != places.Count - skip)
        {
            return context.Error(op, ScfCodes.Carried, $"{does} {values.Count} values for {places.Count - skip}", "give one for each");
        }

        for (int i = 0; i < values.Count; i++)
        {
            if (!ReferenceEquals(values[i].Type, places[i + skip].Type))
            {
                return context.Error(op, ScfCodes.Carried, $"{does} {values[i].Type} as value {i}, but {place} is {places[i + skip].Type}", "make the types agree");
            }
        }

        return true;
    }

    /// <summary>The region has exactly one block.</summary>
    public static bool OneBlock(VerifyContext context, Operation op, Region region) =>
        region.Count == 1 || context.Error(op, IRCodes.WrongCount, $"has {region.Count} blocks in region {region.Index}, but takes one", "put the operations into one block");

    /// <summary>Whether all inside may be executed although the program would not have come to it.</summary>
    public static bool InsidesAreSpeculatable(Operation op)
    {
        foreach (Operation inner in op.Walk())
        {
            bool good = inner switch
            {
                IfOp or IndexSwitchOp or ExecuteRegionOp or ParallelOp => true,
                ForOp loop => loop.Step.ConstantValue is IntegerAttr { BigValue.IsZero: false },
                _ => inner.IsSpeculatable,
            };
            if (!good)
            {
                return false;
            }
        }

        return true;
    }
}
