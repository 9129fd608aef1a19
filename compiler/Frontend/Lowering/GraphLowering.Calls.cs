using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR;

namespace Orchestrator.Frontend.Lowering;

// Calls and the words after them.
internal sealed partial class GraphLowering
{
    private Value Call(CallExpression call)
    {
        NamedDeclaration? callee = program.Callees[call];
        return callee switch
        {
            ModelDeclaration model => CallModel(call, model),
            ToolDeclaration => Passing(call, "agent.tool", "tool"),
            WorkflowDeclaration => Passing(call, "agent.invoke", "graph"),
            _ => CallBuiltin(call),
        };
    }

    private Value CallModel(CallExpression call, ModelDeclaration model)
    {
        Value[] operands = [.. call.Arguments.Where(a => a.Name is null).Select(a => Value(a.Value!))]; // An argument without a name has a value.
        var attributes = new List<NamedAttr> { new("model", context.Symbol(model.Name.Text)) };
        FlowType type = program.TypeOf(call);
        if (call.Arguments.Any(a => a.Type is not null))
        {
            attributes.Add(new("as", context.TypeOf(TypeLowering.Lower(context, type))));
            AddChoices(attributes, type);
        }

        // What the declaration says for every call holds unless the call says otherwise.
        if ((NumberOf(call, "max") ?? NumberOf(model, "max")) is { } max)
        {
            attributes.Add(new("max_tokens", context.Int(Amounts.Whole(max))));
        }

        if ((NumberOf(call, "temperature") ?? NumberOf(model, "temperature")) is { } temperature)
        {
            attributes.Add(new("temperature", context.Double(Amounts.Real(temperature))));
        }

        AddModifiers(attributes, call);
        return Emit("agent.call", type, call.Span, operands, attributes.ToArray());
    }

    private void AddChoices(List<NamedAttr> attributes, FlowType type)
    {
        if (type is CasesType)
        {
            attributes.Add(new("choices", context.Strings(TypeLowering.Choices(type))));
        }
    }

    private static NumberExpression? NumberOf(CallExpression call, string option) =>
        call.Arguments.FirstOrDefault(a => a.Name?.Text == option)?.Value as NumberExpression;

    private static NumberExpression? NumberOf(ModelDeclaration model, string option) =>
        (model.Options.FirstOrDefault(o => o.Name.Text == option)?.Value as PlainOption)?.Value as NumberExpression;

    private Value Passing(CallExpression call, string operation, string symbol)
    {
        Value[] operands = [.. call.Arguments.Select(a => Value(a.Value!))]; // The checker lets values through only.
        var attributes = new List<NamedAttr>
        {
            new(symbol, context.Symbol(call.Callee.Text)),
            new("arg_names", context.Strings(call.Arguments.Select(a => program.Parameters[a].Name.Text))),
        };
        AddModifiers(attributes, call);
        return Emit(operation, program.TypeOf(call), call.Span, operands, attributes.ToArray());
    }

    private Value CallBuiltin(CallExpression call)
    {
        Builtin builtin = Builtin.All[call.Callee.Text];
        Expression[] plain = [.. call.Arguments.Where(a => a.Name is null).Select(a => a.Value!)]; // An argument without a name has a value.
        if (builtin.Declares is null)
        {
            return Operator(builtin.Name, call, [.. plain.Select(Value)]);
        }

        SymbolRefAttr symbol = context.Symbol(((NameExpression)plain[0]).Name.Text);
        Value[] operands = [.. plain.Skip(1).Select(Value)];
        if (builtin.Name == "available")
        {
            return Emit("agent.operator", FlowType.Bool, call.Span, [], [new("kind", context.String("available")), new("symbol", symbol)]);
        }

        string attribute = builtin.Name switch { "lookup" => "index", "recall" or "remember" => "memory", _ => "model" };
        var attributes = new List<NamedAttr> { new(attribute, symbol) };
        if (NumberOf(call, "top") is { } top)
        {
            attributes.Add(new("top", context.Int(Amounts.Whole(top))));
        }

        AddModifiers(attributes, call);
        return Emit("agent." + builtin.Name, program.TypeOf(call), call.Span, operands, attributes.ToArray());
    }

    private void AddModifiers(List<NamedAttr> attributes, Expression call)
    {
        foreach (Modifier modifier in _modifiers.GetValueOrDefault(call))
        {
            switch (modifier)
            {
                case { Kind: "within", First: { } time }:
                    attributes.Add(new("within_us", context.Int(Amounts.Whole(time))));
                    break;
                case { Kind: "retry", First: { } times }:
                    attributes.Add(new("retry", context.Int(Amounts.Whole(times))));
                    break;
                case { Kind: "on", Word: { } device }:
                    attributes.Add(new("on", context.String(device.Text)));
                    break;
                case { Kind: "near", Word: { } symbol }:
                    attributes.Add(new("near", context.Symbol(symbol.Text)));
                    break;
                case { Kind: "apart", Word: { } symbol }:
                    attributes.Add(new("apart", context.Symbol(symbol.Text)));
                    break;
                case { Kind: "never", Text: { } region }:
                    attributes.Add(new("never_leaves", context.String(region.Literal ?? "")));
                    break;
                case { Kind: "expect in", First: { } first }:
                    attributes.Add(new("expect_in", context.Int(Amounts.Whole(first))));
                    break;
                case { Kind: "expect out", First: { } first }:
                    attributes.Add(new("expect_out", context.Int(Amounts.Whole(first))));
                    break;
                case { Kind: "expect in out", First: { } first, Second: { } second }:
                    attributes.Add(new("expect_in", context.Int(Amounts.Whole(first))));
                    attributes.Add(new("expect_out", context.Int(Amounts.Whole(second))));
                    break;
            }
        }
    }
}
