using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>Gives names to constraints: what a definition is made of.</summary>
public abstract class PartsOperation : Operation
{
    /// <summary>The attribute that holds the names.</summary>
    internal virtual string NamesAttribute => "names";

    /// <summary>The names, one for each operand once verified.</summary>
    public ImmutableArray<string> PartNames => GetAttr<ArrayAttr>(NamesAttribute)?.AsStrings() ?? [];

    /// <summary>How many values stand for each part; all one where nothing else is said.</summary>
    public ImmutableArray<PartCount> Counts => Variadicity.Read(GetAttr("variadicity")) ?? [.. Operands.Select(_ => PartCount.One)];

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        ImmutableArray<string> names = PartNames;
        if (names.Length != OperandCount)
        {
            context.Error(this, IrdlCodes.Structure, string.Create(CultureInfo.InvariantCulture, $"has {names.Length} names for {OperandCount} constraints"), "name each constraint once");
        }

        for (int i = 0; i < names.Length; i++)
        {
            if (names.IndexOf(names[i]) is var first && first < i)
            {
                context.Error(this, IrdlCodes.Structure, string.Create(CultureInfo.InvariantCulture, $"gives the name '{names[i]}' to number {first} and to number {i}"), "give one of them another name");
            }
        }

        if (GetAttr("variadicity") is { } written && (Variadicity.Read(written) is not { } counts || counts.Length != OperandCount))
        {
            context.Error(this, IrdlCodes.Structure, $"has the variadicity {written}", "write single, optional or variadic for each constraint");
        }
    }
}

/// <summary>
/// The parameters of a type or attribute.
/// <code>"irdl.parameters"(%0) &lt;{names = ["element"]}&gt; : (!irdl.attribute) -> ()</code>
/// </summary>
[Op("irdl.parameters", Syntax = typeof(PartsSyntax))]
public sealed partial class ParametersOp : PartsOperation
{
    /// <summary>A constraint for each.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>A name for each.</summary>
    [Attr] public partial ImmutableArray<string> Names { get; set; }
}

/// <summary>
/// The operands of an operation.
/// <code>"irdl.operands"(%0) &lt;{names = ["lhs"], variadicity = #irdl&lt;variadicity_array[ single]&gt;}&gt; : (!irdl.attribute) -> ()</code>
/// </summary>
[Op("irdl.operands", Syntax = typeof(PartsSyntax))]
public sealed partial class OperandsOp : PartsOperation
{
    /// <summary>A constraint for each.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>A name for each.</summary>
    [Attr] public partial ImmutableArray<string> Names { get; set; }

    /// <summary>How many values stand for each.</summary>
    [Attr] public partial Attr Variadicity { get; set; }
}

/// <summary>
/// The results of an operation.
/// <code>"irdl.results"(%0) &lt;{names = ["sum"], variadicity = #irdl&lt;variadicity_array[ single]&gt;}&gt; : (!irdl.attribute) -> ()</code>
/// </summary>
[Op("irdl.results", Syntax = typeof(PartsSyntax))]
public sealed partial class ResultsOp : PartsOperation
{
    /// <summary>A constraint for each.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>A name for each.</summary>
    [Attr] public partial ImmutableArray<string> Names { get; set; }

    /// <summary>How many values stand for each.</summary>
    [Attr] public partial Attr Variadicity { get; set; }
}

/// <summary>
/// The attributes that an operation must have.
/// <code>"irdl.attributes"(%0) &lt;{attributeValueNames = ["width"]}&gt; : (!irdl.attribute) -> ()</code>
/// </summary>
[Op("irdl.attributes", Syntax = typeof(AttributesSyntax))]
public sealed partial class AttributesOp : PartsOperation
{
    /// <summary>A constraint for each.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>A name for each.</summary>
    [Attr("attributeValueNames")] public partial ImmutableArray<string> Names { get; set; }

    internal override string NamesAttribute => "attributeValueNames";
}

/// <summary>
/// The regions of an operation.
/// <code>"irdl.regions"(%0) &lt;{names = ["body"]}&gt; : (!irdl.region) -> ()</code>
/// </summary>
[Op("irdl.regions", Syntax = typeof(PartsSyntax))]
public sealed partial class RegionsOp : PartsOperation
{
    /// <summary>A constraint for each.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>A name for each.</summary>
    [Attr] public partial ImmutableArray<string> Names { get; set; }
}

// '#irdl<variadicity_array[ single,  optional]>', which is kept as it was written.
internal static class Variadicity
{
    private const string Start = "variadicity_array[";

    public static ImmutableArray<PartCount>? Read(Attr? attr)
    {
        if (attr is not OpaqueAttr { DialectName: "irdl" } text || !text.Body.StartsWith(Start, StringComparison.Ordinal) || text.Body[^1] != ']')
        {
            return null;
        }

        string[] words = text.Body[Start.Length..^1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var counts = ImmutableArray.CreateBuilder<PartCount>(words.Length);
        foreach (string word in words)
        {
            if (Of(word) is not { } count)
            {
                return null;
            }

            counts.Add(count);
        }

        return counts.ToImmutable();
    }

    public static PartCount? Of(string word) => word switch
    {
        "single" => PartCount.One,
        "optional" => PartCount.Optional,
        "variadic" => PartCount.Many,
        _ => null,
    };

    public static string Word(PartCount count) => count switch
    {
        PartCount.One => "single",
        PartCount.Optional => "optional",
        _ => "variadic",
    };

    public static Attr Write(Context context, IEnumerable<PartCount> counts) =>
        IRParser.ParseAttribute(new Diagnostics.SourceText("<variadicity>", $"#irdl<{Start} {string.Join(",  ", counts.Select(Word))}]>"), context, new Diagnostics.DiagnosticBag())!; // It is well-formed.
}
