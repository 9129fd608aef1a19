using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Parsing;

namespace Orchestrator.Frontend.Formatting;

/// <summary>Cuts a file without errors into the pieces that are laid out.</summary>
internal static class LayoutReader
{
    public static List<LayoutItem> Read(SourceText source)
    {
        IList<IToken> all = FlowSyntax.Tokens(source);
        List<IToken> words = new TokenFilter(source, new DiagnosticBag()).Run(all);
        var generic = new GenericBrackets(words);
        IToken[] pieces = [.. words.Concat(all.Where(t => t.Type == FlowLexer.COMMENT)).OrderBy(t => t.StartIndex)];
        var items = new List<LayoutItem>();
        int end = 0;
        for (int i = 0; i < pieces.Length; i++)
        {
            int start = pieces[i].StartIndex;
            int last = pieces[i].Type is FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN ? EndOfText(pieces, i) : i;
            int stop = pieces[last].StopIndex + 1;
            string text = pieces[i].Type == FlowLexer.QUANTITY ? Quantity(pieces[i].Text) : source.Text[start..stop].Replace("\r\n", "\n", StringComparison.Ordinal);
            items.Add(new LayoutItem(pieces[i].Type == FlowLexer.COMMENT ? text.TrimEnd() : text, pieces[i].Type)
            {
                IsGeneric = generic.Contains(pieces[i]),
                LinesBefore = Math.Min(2, source.Text.AsSpan(end, start - end).Count('\n')),
                Movable = IsMovable(pieces, i, last),
            });
            (end, i) = (stop, last);
        }

        return items;
    }

    // '75%' and '75 %' are one; a rate has no space.
    private static string Quantity(string text) => text.Replace(" /", "/", StringComparison.Ordinal);

    private static int EndOfText(IToken[] pieces, int start)
    {
        int depth = 0;
        for (int i = start; i < pieces.Length; i++)
        {
            depth += pieces[i].Type is FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN ? 1 : pieces[i].Type == FlowLexer.TEXT_CLOSE ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return pieces.Length - 1;
    }

    // Inserted values must not hold line ends: moving them could move text inside them.
    private static bool IsMovable(IToken[] pieces, int start, int last)
    {
        int depth = 0;
        for (int i = start; i < last; i++)
        {
            depth += pieces[i].Type switch { FlowLexer.INTERP_OPEN or FlowLexer.LBRACE => 1, FlowLexer.RBRACE => -1, _ => 0 };
            if (depth > 0 && (pieces[i + 1].Line != pieces[i].Line || pieces[i].Type == FlowLexer.TRIPLE_OPEN))
            {
                return false;
            }
        }

        return true;
    }

    // The angle brackets of types, found by parsing.
    private sealed class GenericBrackets : FlowParserBaseVisitor<object?>
    {
        private readonly HashSet<int> _starts = [];

        public GenericBrackets(List<IToken> words)
        {
            var parser = new FlowParser(new CommonTokenStream(new ListTokenSource(words)), TextWriter.Null, TextWriter.Null);
            parser.RemoveErrorListeners();
            Visit(parser.file());
        }

        public bool Contains(IToken token) => _starts.Contains(token.StartIndex);

        public override object? VisitNamedType(FlowParser.NamedTypeContext context)
        {
            if (context.LT() is { } open && context.GT() is { } close)
            {
                _starts.Add(open.Symbol.StartIndex);
                _starts.Add(close.Symbol.StartIndex);
            }

            return base.VisitNamedType(context);
        }
    }
}
