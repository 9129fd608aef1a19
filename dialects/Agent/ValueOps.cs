using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// A value known when the workflow is compiled.
/// <code>%0 = "agent.constant"() &lt;{value = "yes"}&gt; : () -> !agent.text</code>
/// </summary>
[Op("agent.constant", Traits = OpTraits.Constant, Effects = Effect.None)]
public sealed partial class ConstantOp : Operation
{
    /// <summary>The value.</summary>
    [Attr] public partial Attr Value { get; set; }

    /// <summary>The value.</summary>
    [Result] public partial OpResult Known { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        IRType type = Known.Type is OptionalType optional ? optional.Element : Known.Type;
        bool good = Value switch
        {
            UnitAttr => Known.Type is OptionalType or JsonType,
            StringAttr => type is TextType or JsonType,
            IntegerAttr { IsBool: true } => TypeRules.IsBool(type) || type is JsonType,
            IntegerAttr => TypeRules.IsNumber(type),
            FloatAttr => type is DecimalType or JsonType,
            ArrayAttr => type is ListType or JsonType or VectorType,
            DictionaryAttr => type is RecordType or JsonType,
            _ => true,
        };
        if (!good)
        {
            context.Error(this, IRCodes.WrongType, $"gives {Value} as {Known.Type}", "make the value and the type agree");
        }
    }
}

/// <summary>
/// Text with values put between its parts.
/// <code>%1 = "agent.template"(%0) &lt;{parts = ["Answer ", "!"]}&gt; : (!agent.text) -> !agent.text</code>
/// </summary>
[Op("agent.template", Effects = Effect.None)]
public sealed partial class TemplateOp : Operation
{
    /// <summary>The text before, between and after the values: one more than values.</summary>
    [Attr] public partial ImmutableArray<string> Parts { get; set; }

    /// <summary>What is put between.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <summary>The text.</summary>
    [Result<TextType>] public partial OpResult Text { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        if (OperandCount > 0 || Parts.Length != 1)
        {
            return FoldOutcome.None;
        }

        results[0] = FoldResult.Of(Context.String(Parts[0]));
        return FoldOutcome.Results;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Parts.Length != OperandCount + 1)
        {
            context.Error(this, IRCodes.WrongCount, $"has {Parts.Length} parts for {OperandCount} values", $"give it {OperandCount + 1} parts: before, between and after the values");
        }
    }
}

/// <summary>
/// One field of a record.
/// <code>%1 = "agent.field"(%0) &lt;{name = "ok"}&gt; : (!agent.record&lt;"ok" : i1&gt;) -> i1</code>
/// </summary>
[Op("agent.field", Effects = Effect.None)]
public sealed partial class FieldOp : Operation
{
    /// <summary>A record or JSON.</summary>
    [Operand] public partial Value Record { get; set; }

    /// <summary>The field.</summary>
    [Attr("name")] public partial string FieldName { get; set; }

    /// <summary>Its value.</summary>
    [Result] public partial OpResult Value { get; }

    /// <inheritdoc/>
    public override FoldOutcome Fold(ReadOnlySpan<Attr?> constants, Span<FoldResult> results)
    {
        int index = Record.DefiningOp is RecordOp record ? record.Names.IndexOf(FieldName) : -1;
        if (index < 0 || !ReferenceEquals(Record.DefiningOp!.GetOperand(index).Type, Value.Type))
        {
            return FoldOutcome.None;
        }

        results[0] = FoldResult.Of(Record.DefiningOp.GetOperand(index));
        return FoldOutcome.Results;
    }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        IRType source = Record.Type is OptionalType optional ? optional.Element : Record.Type;
        if (source is JsonType)
        {
            return;
        }

        if (source is not RecordType record)
        {
            context.Error(this, IRCodes.WrongType, $"takes a record, found {Record.Type}", "give it a record or JSON");
        }
        else if (record.FieldType(FieldName) is not { } type)
        {
            context.Error(this, IRCodes.OpRule, $"asks for field '{FieldName}', which {record} lacks",
                NearestName.Suggest(FieldName, record.Names) ?? $"it has {string.Join(", ", record.Names)}");
        }
        else if (!ReferenceEquals(source, Record.Type))
        {
            Rules.Fits(context, this, $"field '{FieldName}'", OptionalType.Get(type), Value.Type);
        }
        else
        {
            Rules.Fits(context, this, $"field '{FieldName}'", type, Value.Type);
        }
    }
}

/// <summary>
/// A record made of values.
/// <code>%1 = "agent.record"(%0) &lt;{names = ["ok"]}&gt; : (i1) -> !agent.record&lt;"ok" : i1&gt;</code>
/// </summary>
[Op("agent.record", Effects = Effect.None)]
public sealed partial class RecordOp : Operation
{
    /// <summary>Names of the fields, in order.</summary>
    [Attr] public partial ImmutableArray<string> Names { get; set; }

    /// <summary>Their values.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <summary>The record.</summary>
    [Result] public partial OpResult Record { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Names.Length != OperandCount)
        {
            context.Error(this, IRCodes.WrongCount, $"names {Names.Length} fields and has {OperandCount} values", "name each value once");
        }
        else if (Rules.AllDiffer(context, this, "fields", Names))
        {
            Rules.Fits(context, this, "the fields", RecordType.Get(Context, Names, [.. Values.Select(v => v.Type)]), Record.Type);
        }
    }
}

/// <summary>
/// A list made of values.
/// <code>%1 = "agent.list"(%0) : (!agent.text) -> !agent.list&lt;!agent.text&gt;</code>
/// </summary>
[Op("agent.list", Effects = Effect.None)]
public sealed partial class ListOp : Operation
{
    /// <summary>The elements.</summary>
    [Operand] public partial OperandList Values { get; }

    /// <summary>The list.</summary>
    [Result] public partial OpResult List { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (List.Type is JsonType)
        {
            return;
        }

        if (List.Type is not ListType list)
        {
            context.Error(this, IRCodes.WrongType, $"gives {List.Type}", "give it a list type");
            return;
        }

        foreach (Value value in Values)
        {
            Rules.Fits(context, this, "an element", value.Type, list.Element);
        }
    }
}
