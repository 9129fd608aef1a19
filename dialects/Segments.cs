using System.Collections.Immutable;
using Orchestrator.IR;

namespace Orchestrator.Dialects;

/// <summary>
/// Operands in groups of any size: <c>operandSegmentSizes = array&lt;i32: 1, 2, 0&gt;</c> says how many belong to each, in order.
/// </summary>
internal static class Segments
{
    public const string Name = "operandSegmentSizes";

    /// <summary>Group <paramref name="index"/>.</summary>
    public static OperandList Of(Operation op, DenseArrayAttr sizes, int index) => Slice(op.Operands, sizes, index);

    /// <summary>Group <paramref name="index"/> of a run of operands that is divided itself.</summary>
    public static OperandList Slice(OperandList operands, DenseArrayAttr sizes, int index)
    {
        int start = 0;
        for (int i = 0; i < index; i++)
        {
            start += Size(sizes, i);
        }

        return operands.Slice(start, Size(sizes, index));
    }

    public static int Size(DenseArrayAttr sizes, int index) => (int)((IntegerAttr)sizes.Values[index]).BigValue;

    public static DenseArrayAttr Make(Context context, params ReadOnlySpan<int> sizes)
    {
        IntegerType type = context.Integer(32);
        var values = ImmutableArray.CreateBuilder<Attr>(sizes.Length);
        foreach (int size in sizes)
        {
            values.Add(context.Int(size, type));
        }

        return context.DenseArray(type, values.MoveToImmutable());
    }

    /// <summary>There are <paramref name="groups"/> sizes, none negative, and together they are all of <paramref name="operands"/>.</summary>
    public static bool Verify(VerifyContext context, Operation op, string name, DenseArrayAttr sizes, int groups, int operands)
    {
        long sum = 0;
        bool good = sizes.Element is IntegerType { Width: 32 } && sizes.Values.Length == groups;
        foreach (Attr value in sizes.Values)
        {
            good &= value is IntegerAttr { BigValue.Sign: >= 0 };
            sum += value is IntegerAttr size ? (long)size.BigValue : 0;
        }

        return (good && sum == operands) || context.Error(op, Cf.CfCodes.Segments, $"has {name} = {sizes} for {operands} operands in {groups} groups",
            "give one i32 size for each group; together they are all the operands");
    }
}
