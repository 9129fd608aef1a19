using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.IR;

/// <summary>
/// Which operands or results belong to which declared part, when more than one part has no fixed number of values:
/// <c>operandSegmentSizes = array&lt;i32: 1, 2, 0&gt;</c> has one number a part, in order.
/// </summary>
public static class OpSegments
{
    /// <summary>The attribute for operands.</summary>
    public const string Operands = "operandSegmentSizes";

    /// <summary>The attribute for results.</summary>
    public const string Results = "resultSegmentSizes";

    /// <summary>The first value of part <paramref name="index"/>.</summary>
    public static int Start(Operation op, string attribute, int index)
    {
        int start = 0;
        for (int i = 0; i < index; i++)
        {
            start += Size(op, attribute, i);
        }

        return start;
    }

    /// <summary>How many values belong to part <paramref name="index"/>; 0 when nothing says so.</summary>
    public static int Size(Operation op, string attribute, int index) =>
        op.GetAttr(attribute) is DenseArrayAttr sizes && index < sizes.Values.Length && sizes.Values[index] is IntegerAttr size ? (int)size.BigValue : 0;

    /// <summary>The attribute that says <paramref name="sizes"/>.</summary>
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

    /// <summary>There is one size a part, each as its count allows, and together they are all <paramref name="found"/> values.</summary>
    public static bool Verify(VerifyContext context, Operation op, string attribute, int found, params ReadOnlySpan<PartCount> counts)
    {
        string remedy = string.Create(CultureInfo.InvariantCulture, $"write {attribute} = array<i32: …> with {counts.Length} sizes that add up to {found}");
        if (op.GetAttr(attribute) is not DenseArrayAttr { Element: IntegerType { Width: 32 } } sizes || sizes.Values.Length != counts.Length)
        {
            return context.Error(op, IRCodes.WrongAttribute, string.Create(CultureInfo.InvariantCulture, $"lacks '{attribute}' with {counts.Length} sizes"), remedy);
        }

        long sum = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            long size = (long)((IntegerAttr)sizes.Values[i]).BigValue;
            bool good = counts[i] switch { PartCount.One => size == 1, PartCount.Optional => size is 0 or 1, _ => size >= 0 };
            if (!good)
            {
                return context.Error(op, IRCodes.WrongAttribute, string.Create(CultureInfo.InvariantCulture, $"has {attribute} = {sizes}, in which size {i} cannot be {size}"),
                    counts[i] == PartCount.One ? "write 1 there" : counts[i] == PartCount.Optional ? "write 0 or 1 there" : "write 0 or more there");
            }

            sum += size;
        }

        return sum == found || context.Error(op, IRCodes.WrongAttribute, string.Create(CultureInfo.InvariantCulture, $"has {attribute} = {sizes} for {found} values"), remedy);
    }
}
