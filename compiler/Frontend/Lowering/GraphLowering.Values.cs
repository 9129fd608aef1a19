using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR;

namespace Orchestrator.Frontend.Lowering;

// Expressions without regions.
internal sealed partial class GraphLowering
{
    private static readonly Dictionary<string, string> s_operators = new(StringComparer.Ordinal)
    {
        ["=="] = "eq",
        ["!="] = "ne",
        ["<"] = "lt",
        ["<="] = "le",
        [">"] = "gt",
        [">="] = "ge",
        ["and"] = "and",
        ["or"] = "or",
        ["??"] = "default",
        ["+"] = "add",
        ["-"] = "sub",
        ["*"] = "mul",
        ["/"] = "div",
    };

    private Value Value(Expression expression) => expression switch
    {
        TextExpression { Literal: null } text => Template(text),
        TextExpression or NumberExpression or TruthExpression or UnaryExpression { Operator: "-", Operand: NumberExpression } =>
            Emit("agent.constant", program.TypeOf(expression), expression.Span, [], [new("value", Constant(expression))]),
        NameExpression name => _values[name.Name.Text],
        FieldExpression field => Field(field),
        IndexExpression index => Operator("index", index, Value(index.Target), Value(index.Position)),
        BinaryExpression binary => Operator(s_operators[binary.Operator], binary, Value(binary.Left), Value(binary.Right)),
        UnaryExpression unary => Operator(unary.Operator == "not" ? "not" : "neg", unary, Value(unary.Operand)),
        ListExpression list => Emit("agent.list", program.TypeOf(list), list.Span, [.. list.Items.Select(Value)]),
        RecordExpression record => Emit(
            "agent.record", program.TypeOf(record), record.Span, [.. record.Entries.Select(e => Value(e.Value))], [new("names", context.Strings(record.Entries.Select(e => e.Name.Text)))]),
        BlockExpression block => Steps(block.Body, block.Body.Statements),
        CallExpression call => Call(call),
        ModifiedExpression modified => Modified(modified),
        _ => Construct(expression),
    };

    private Value Modified(ModifiedExpression modified)
    {
        _modifiers[WorkflowChecker.CallOf(modified.Target)] = modified.Modifiers;
        return Value(modified.Target);
    }

    private Value Operator(string kind, Expression expression, params ReadOnlySpan<Value> operands) =>
        Emit("agent.operator", program.TypeOf(expression), expression.Span, operands, [new("kind", context.String(kind))]);

    private Value Field(FieldExpression field)
    {
        FlowType type = program.TypeOf(field);
        if (IsCase(field))
        {
            return Emit("agent.constant", type, field.Span, [], [new("value", Constant(field))]);
        }

        FlowType target = program.TypeOf(field.Target);
        bool isLength = field.Field.Text == "length" && (target is Checking.ListType or CasesType || target == FlowType.Text);
        return isLength
            ? Operator("length", field, Value(field.Target))
            : Emit("agent.field", type, field.Span, [Value(field.Target)], [new("name", context.String(field.Field.Text))]);
    }

    private bool IsCase(FieldExpression field) => field.Target is NameExpression name && !_values.ContainsKey(name.Name.Text)
        && program.Names.GetValueOrDefault(name.Name.Text) is TypeDeclaration;

    private Value Template(TextExpression text)
    {
        // Parts stand before, between and after the values, so there is one more of them.
        var parts = new List<string> { "" };
        var values = new List<Value>();
        foreach (TextPart part in text.Parts)
        {
            if (part.Value is { } value)
            {
                values.Add(Value(value));
                parts.Add("");
            }
            else
            {
                parts[^1] += part.Text;
            }
        }

        return Emit("agent.template", FlowType.Text, text.Span, values.ToArray(), [new("parts", context.Strings(parts))]);
    }

    // What is written out, as an attribute.
    private Attr Constant(Expression expression) => expression switch
    {
        TextExpression text => context.String(text.Literal ?? throw new InvalidOperationException("the checker lets literal text through only")),
        NumberExpression number => number.IsWhole ? context.Int((long)number.Value) : context.Double((double)number.Value),
        UnaryExpression { Operand: NumberExpression n } => n.IsWhole ? context.Int(-(long)n.Value) : context.Double(-(double)n.Value),
        TruthExpression truth => context.Bool(truth.Value),
        FieldExpression field => context.String(field.Field.Text),
        NameExpression name => context.String(name.Name.Text),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} is not written out"),
    };
}
