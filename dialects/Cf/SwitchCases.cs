using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Cf;

/// <summary>The values of a switch: <c>dense&lt;[1, 2]&gt; : vector&lt;2xi32&gt;</c>.</summary>
internal static class SwitchCases
{
    /// <summary>Whether there is one value of <paramref name="flag"/> for each of <paramref name="count"/> cases.</summary>
    public static bool Fit(Attr? values, IRType flag, int count) => values is null
        ? count == 0
        : values is DenseElementsAttr { Type: ShapedType { Shape: { IsDefault: false, Length: 1 } shape } type } && ReferenceEquals(type.Element, flag) && shape[0] == count;

    /// <summary>The values in order, or null when they cannot be read.</summary>
    public static BigInteger[]? Read(Attr? values)
    {
        if (values is null)
        {
            return [];
        }

        if (values is not DenseElementsAttr { Type: { Shape.Length: 1, Element: IntegerType or IndexType } } elements)
        {
            return null;
        }

        var numbers = new BigInteger[elements.Type.Shape[0]];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = elements.IntegerAt(i);
        }

        return numbers;
    }

    /// <summary>The attribute with these values of type <paramref name="flag"/>.</summary>
    public static Attr Make(IRType flag, ImmutableArray<BigInteger> values)
    {
        string body = values.All(v => v == values[0]) ? $"{values[0]}" : $"[{string.Join(", ", values)}]";
        string text = string.Create(CultureInfo.InvariantCulture, $"dense<{body}> : vector<{values.Length}x{flag}>");
        var bag = new DiagnosticBag();
        return IRParser.ParseAttribute(new SourceText("<cases>", text), flag.Context, bag)
            ?? throw new InvalidOperationException($"the cases '{text}' cannot be read: {bag.Items[0].Message}");
    }
}
