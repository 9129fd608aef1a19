using System.Globalization;
using Antlr4.Runtime;
using Antlr4.Runtime.Tree;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Parsing;

/// <summary>What the builders of the syntax tree share: places, names, numbers, types. The parse tree has no errors.</summary>
internal abstract class TreeBuilder(SourceText source, DiagnosticBag diagnostics) : FlowParserBaseVisitor<Expression>
{
    protected DiagnosticBag Diagnostics => diagnostics;

    protected SourceText Source => source;

    protected SourceSpan Span(ParserRuleContext context) => context.Stop is null || context.Stop.StopIndex < context.Start.StartIndex
        ? Span(context.Start)
        : new SourceSpan(source, context.Start.StartIndex, context.Stop.StopIndex - context.Start.StartIndex + 1);

    protected SourceSpan Span(IToken token) => TokenFilter.SpanOf(source, token);

    protected static SourceSpan Join(SourceSpan first, SourceSpan last) => first with { Length = last.Start + last.Length - first.Start };

    protected Name NameOf(ParserRuleContext context) => new(context.GetText(), Span(context));

    protected NumberExpression Number(FlowParser.QuantityContext context)
    {
        string text = context.GetText();
        string unit = "";
        if (context.MONEY() is not null)
        {
            (text, unit) = (text[1..], "$");
        }
        else if (text.Split(' ') is [string number, string name])
        {
            (text, unit) = (number, name);
        }

        text = text.Replace("_", "", StringComparison.Ordinal);
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal value))
        {
            Diagnostics.Error(FlowCodes.OutOfRange, $"'{SyntaxMessages.Shorten(text)}' is too large", Span(context), "numbers have at most 28 digits");
        }

        return new NumberExpression(value, unit, !text.AsSpan().ContainsAny('.', 'e', 'E'), Span(context));
    }

    protected TypeSyntax Type(FlowParser.TypeReferenceContext context)
    {
        TypeSyntax core = context.typeCore() switch
        {
            FlowParser.NamedTypeContext named => new NamedTypeSyntax(
                NameOf(named.name()), named.typeReference() is { } argument ? Type(argument) : null, Span(named)),
            FlowParser.RecordTypeContext record => new RecordTypeSyntax(
                [.. record.field().Select(f => new FieldSyntax(NameOf(f.label()), Type(f.typeReference()), Span(f)))], Span(record)),
            IParseTree other => throw new InvalidOperationException($"no type is built from {other.GetType().Name}"),
        };
        return context.QUESTION() is null ? core : new OptionalTypeSyntax(core, Span(context));
    }
}
