using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Parsing;

/// <summary>From text to syntax tree.</summary>
public static class FlowSyntax
{
    /// <summary>Characters of a file at most.</summary>
    public const int LengthMax = 1 << 20;

    /// <summary>The tree of <paramref name="source"/>, or null when <paramref name="diagnostics"/> got an error; all syntax errors are reported.</summary>
    public static FlowFile? Parse(SourceText source, DiagnosticBag diagnostics)
    {
        if (source.Text.Length > LengthMax)
        {
            diagnostics.Error(FlowCodes.TooLarge, $"the file has {source.Text.Length} characters; a Flow file has at most {LengthMax}", new SourceSpan(source, 0, 0), "split it and use import \"file.flow\"");
            return null;
        }

        var found = new DiagnosticBag();
        var filter = new TokenFilter(source, found);
        List<IToken> tokens = filter.Run(Tokens(source));
        FlowFile? file = filter.IsTooDeep ? null : Build(source, tokens, found, filter.FirstBroken);
        diagnostics.AddRange(found.Items.OrderBy(d => d.Span.Start));
        return found.HasErrors ? null : file;
    }

    /// <summary>All tokens, with spaces and comments.</summary>
    internal static IList<IToken> Tokens(SourceText source)
    {
        // AntlrInputStream counts UTF-16 units, as SourceText does.
        var lexer = new FlowLexer(new AntlrInputStream(source.Text), TextWriter.Null, TextWriter.Null);
        lexer.RemoveErrorListeners();
        return lexer.GetAllTokens();
    }

    private static FlowFile? Build(SourceText source, List<IToken> tokens, DiagnosticBag diagnostics, int firstBroken)
    {
        var parser = new BoundedParser(new CommonTokenStream(new ListTokenSource(tokens)))
        {
            ErrorHandler = new FlowErrorStrategy(source, diagnostics, firstBroken),
        };
        parser.RemoveErrorListeners();
        FlowParser.FileContext tree;
        try
        {
            tree = parser.file();
        }
        catch (ParserDepthException deep)
        {
            diagnostics.Error(FlowCodes.TooLarge, "this is nested too deeply", TokenFilter.SpanOf(source, deep.Token), "give inner parts names, or make them workflows of their own");
            return null;
        }

        return diagnostics.HasErrors ? null : new FileBuilder(source, diagnostics).Build(tree);
    }
}
