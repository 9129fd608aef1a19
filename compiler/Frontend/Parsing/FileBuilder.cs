using Antlr4.Runtime.Tree;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Parsing;

/// <summary>Builds the declarations of a file.</summary>
internal sealed class FileBuilder(SourceText source, DiagnosticBag diagnostics) : TreeBuilder(source, diagnostics)
{
    private readonly ExpressionBuilder _expressions = new(source, diagnostics);

    public FlowFile Build(FlowParser.FileContext context) =>
        new([.. context.declaration().Select(d => Declaration(d.GetChild(0)))], new SourceSpan(Source, 0, Source.Text.Length));

    private Declaration Declaration(IParseTree tree) => tree switch
    {
        FlowParser.ImportDeclarationContext c => new ImportDeclaration(_expressions.Text(c.text()), Span(c)),
        FlowParser.ModelDeclarationContext c => new ModelDeclaration(NameOf(c.name()), [.. c.text().Select(_expressions.Text)], Options(c.optionBlock()), Span(c)),
        FlowParser.ToolDeclarationContext c => new ToolDeclaration(
            NameOf(c.name(0)), NameOf(c.kind), c.method is null ? null : NameOf(c.method), _expressions.Text(c.text()), Parameters(c.parameters()),
            Type(c.typeReference()), Options(c.optionBlock()), Span(c)),
        FlowParser.IndexDeclarationContext c => new IndexDeclaration(
            NameOf(c.name(0)), NameOf(c.kind), _expressions.Text(c.text()), Options(c.optionBlock()), Span(c)),
        FlowParser.MemoryDeclarationContext c => new MemoryDeclaration(
            NameOf(c.name()), c.typeReference() is { } type ? Type(type) : null, Options(c.optionBlock()), Span(c)),
        FlowParser.TypeDeclarationContext c => new TypeDeclaration(NameOf(c.name()), TypeBody(c), Span(c)),
        FlowParser.WorkflowDeclarationContext c => new WorkflowDeclaration(
            NameOf(c.name()), Parameters(c.parameters()), Type(c.typeReference()), _expressions.Block(c.block()), Span(c)),
        _ => throw new InvalidOperationException($"no declaration is built from {tree.GetType().Name}"),
    };

    private TypeSyntax TypeBody(FlowParser.TypeDeclarationContext context) => context.typeReference() is { } type
        ? Type(type)
        : new CasesTypeSyntax([.. context.typeCase().Select(NameOf)], Join(Span(context.typeCase(0)), Span(context.typeCase()[^1])));

    private Sequence<Parameter> Parameters(FlowParser.ParametersContext context) =>
        [.. context.parameter().Select(p => new Parameter(
            NameOf(p.name()), Type(p.typeReference()), p.expression() is { } value ? _expressions.Build(value) : null, Span(p)))];

    private Sequence<Option> Options(FlowParser.OptionBlockContext? context) => context is null
        ? []
        : [.. context.optionEntry().Select(o => new Option(NameOf(o.label()), o.optionValue() is { } value ? Value(value) : null, Span(o)))];

    private OptionValue Value(FlowParser.OptionValueContext context) => context switch
    {
        FlowParser.LatencyOptionContext c => new LatencyOption(
            [.. c.latency().Select(l => new Latency(Number(l.quantity()), NameOf(l.name()), Span(l)))], Span(c)),
        FlowParser.ChoiceOptionContext c => new ChoiceOption([.. c.name().Select(NameOf)], Span(c)),
        FlowParser.AmountsOptionContext c => new AmountsOption([.. c.quantity().Select(Number)], Span(c)),
        FlowParser.PlainOptionContext c => new PlainOption(_expressions.Build(c.expression())),
        _ => throw new InvalidOperationException($"no option is built from {context.GetType().Name}"),
    };
}
