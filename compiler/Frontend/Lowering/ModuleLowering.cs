using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR;

namespace Orchestrator.Frontend.Lowering;

/// <summary>Makes a module of a checked program: a symbol for each declaration, a graph for each workflow.</summary>
internal sealed class ModuleLowering
{
    private readonly FlowProgram _program;
    private readonly Context _context;
    private readonly OpBuilder _builder;
    private readonly Operation _module;

    private ModuleLowering(FlowProgram program, Context context, SourceText source)
    {
        (_program, _context) = (program, context);
        _module = context.CreateModule(new SourceSpan(source, 0, 0));
        _builder = OpBuilder.AtEnd(context, _module.Regions[0].EnsureBlock());
    }

    public static Operation Lower(FlowProgram program, Context context, SourceText source)
    {
        var lowering = new ModuleLowering(program, context, source);
        foreach (NamedDeclaration declaration in program.Declarations)
        {
            lowering.Declare(declaration);
        }

        return lowering._module;
    }

    private void Declare(NamedDeclaration declaration)
    {
        switch (declaration)
        {
            case ModelDeclaration model:
                Symbol(model, "agent.declare_model", new("ref", Reference(model, model.References[0])), Options(model));
                break;
            case ToolDeclaration tool:
                Tool(tool);
                break;
            case IndexDeclaration index:
                Symbol(index, "agent.declare_index", new("kind", _context.String(index.Kind.Text)), new("target", Text(index.Target)), Options(index));
                break;
            case MemoryDeclaration memory:
                FlowType held = memory.Type is { } type ? _program.Meaning(type) : FlowType.Text;
                Symbol(memory, "agent.declare_memory", new("value_type", TypeOf(held)), Options(memory));
                break;
            case TypeDeclaration named:
                FlowType meaning = _program.NamedTypes[named.Name.Text];
                NamedAttr[] choices = meaning is CasesType ? [new("choices", _context.Strings(TypeLowering.Choices(meaning)))] : [];
                Symbol(named, "agent.declare_type", [new("type", TypeOf(meaning)), .. choices]);
                break;
            case WorkflowDeclaration workflow:
                new GraphLowering(_program, _context).Lower(workflow, _builder);
                break;
        }
    }

    private void Tool(ToolDeclaration tool)
    {
        string effects = tool.Options.Select(o => o.Name.Text).FirstOrDefault(OptionTable.Effects.Contains) ?? "effect";
        NamedAttr[] method = tool.Method is { } word ? [new("method", _context.String(word.Text))] : [];
        Symbol(tool, "agent.declare_tool",
        [
            new("kind", _context.String(tool.Kind.Text)),
            new("target", Text(tool.Target)),
            new("param_names", _context.Strings(tool.Parameters.Select(p => p.Name.Text))),
            new("param_types", _context.Types(tool.Parameters.Select(p => TypeLowering.Lower(_context, _program.Meaning(p.Type))))),
            new("result_type", TypeOf(_program.Meaning(tool.Result))),
            new("effects", _context.String(effects)),
            .. method,
            Options(tool),
        ]);
    }

    private void Symbol(NamedDeclaration declaration, string name, params NamedAttr[] attributes) =>
        _builder.Create(name, attributes: [new("sym_name", _context.String(declaration.Name.Text)), .. attributes], span: declaration.Name.Span);

    private TypeAttr TypeOf(FlowType type) => _context.TypeOf(TypeLowering.Lower(_context, type));

    // A file that describes a model is named relative to the workflow that declares it.
    private StringAttr Reference(ModelDeclaration model, TextExpression text)
    {
        StringAttr reference = Text(text);
        return reference.Value.EndsWith(".json", StringComparison.OrdinalIgnoreCase) && Path.GetDirectoryName(model.Span.Source?.Path) is { Length: > 0 } folder
            ? _context.String(Path.Combine(folder, reference.Value))
            : reference;
    }

    private StringAttr Text(TextExpression text) => _context.String(text.Literal ?? throw new InvalidOperationException("the checker lets literal text through only"));

    private NamedAttr Options(NamedDeclaration declaration)
    {
        IReadOnlyDictionary<string, OptionForm> forms = OptionTable.For(declaration);
        var entries = new List<NamedAttr>();
        if (declaration is ModelDeclaration { References.Count: > 1 } model)
        {
            entries.Add(new("or", _context.Strings(model.References.Skip(1).Select(r => Reference(model, r).Value))));
        }

        foreach (Option option in OptionTable.Of(declaration))
        {
            Option(entries, option, forms[option.Name.Text]);
        }

        return new NamedAttr("options", _context.Dictionary(entries));
    }

    // The unit becomes part of the name, so that nobody downstream has to guess it.
    private void Option(List<NamedAttr> entries, Option option, OptionForm form)
    {
        string name = option.Name.Text;
        Expression? plain = (option.Value as PlainOption)?.Value;
        switch (form)
        {
            case OptionForm.Flag:
                break;
            case OptionForm.Secret when DeclarationChecker.Environment(plain) is { } variable:
                entries.Add(new(name + "_env", _context.String(variable)));
                break;
            case OptionForm.Time when plain is NumberExpression time:
                entries.Add(new(name + "_us", _context.Int(Amounts.Whole(time))));
                break;
            case OptionForm.Memory when plain is NumberExpression memory:
                entries.Add(new(name + "_bytes", _context.Int(Amounts.Whole(memory))));
                break;
            case OptionForm.Number when plain is NumberExpression number:
                entries.Add(new(name, _context.Double(Amounts.Real(number))));
                break;
            case OptionForm.Precision:
                IEnumerable<string> choices = option.Value is ChoiceOption several ? several.Choices.Select(c => c.Text) : [((NameExpression)plain!).Name.Text]; // One name, says the checker.
                entries.Add(new(name, _context.Strings(choices)));
                break;
            case OptionForm.Quality:
                IEnumerable<NumberExpression> shares = option.Value is AmountsOption amounts ? amounts.Amounts : [(NumberExpression)plain!]; // A number, says the checker.
                entries.Add(new(name, _context.Array([.. shares.Select(s => (Attr)_context.Double(Amounts.Real(s)))])));
                break;
            case OptionForm.Latency when option.Value is LatencyOption latency:
                entries.AddRange(latency.Points.Select(p => new NamedAttr($"{name}_{p.Percentile.Text}_us", _context.Int(Amounts.Whole(p.Time)))));
                break;
            default:
                entries.Add(new(name, plain switch
                {
                    NumberExpression count => _context.Int(Amounts.Whole(count)),
                    NameExpression symbol => _context.Symbol(symbol.Name.Text),
                    TextExpression text => Text(text),
                    _ => throw new InvalidOperationException($"the checker lets no such value of '{name}' through"),
                }));
                break;
        }
    }
}
