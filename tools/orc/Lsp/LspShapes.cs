using Orchestrator.Diagnostics;
using Orchestrator.IR.Editing;

namespace Orchestrator.Cli.Lsp;

/// <summary>From what the language services say to what the protocol says.</summary>
internal static class LspShapes
{
    public static LspDiagnostic Of(Diagnostic diagnostic, string uri, string path)
    {
        int severity = diagnostic.Severity switch { Severity.Error => 1, Severity.Warning => 2, _ => 3 };
        string message = diagnostic.Remedy is { Length: > 0 } remedy ? $"{diagnostic.Message}\n{remedy}" : diagnostic.Message;
        return new LspDiagnostic(
            OpenDocument.RangeOf(diagnostic.Span), severity, diagnostic.Code, "orc", message,
            [.. diagnostic.Notes.Where(n => n.Span.Source?.Path == path).Select(n => new RelatedInformation(new Location(uri, OpenDocument.RangeOf(n.Span)), n.Message))]);
    }

    /// <summary>A proposal that replaces the part of the word that is written already.</summary>
    public static CompletionItem Item(Completion proposal, SourceText source, int offset)
    {
        bool dotted = proposal.Kind is NameKind.Operation or NameKind.Value or NameKind.Block or NameKind.Type or NameKind.Pass;
        int start = offset;
        while (start > 0 && (char.IsAsciiLetterOrDigit(source.Text[start - 1]) || source.Text[start - 1] is '_' or '$' || (dotted && source.Text[start - 1] is '.' or '-')))
        {
            start--;
        }

        int kind = proposal.Kind switch
        {
            NameKind.Operation => 3,
            NameKind.Value => 6,
            NameKind.Symbol => 18,
            NameKind.Field => 5,
            NameKind.Type => 7,
            NameKind.Keyword => 14,
            NameKind.Pass => 9,
            _ => 21,
        };
        return new CompletionItem(proposal.Label, kind, proposal.Detail, new TextEdit(OpenDocument.RangeOf(new SourceSpan(source, start, offset - start)), proposal.Label));
    }

    public static IReadOnlyList<DocumentSymbol> Symbols(IReadOnlyList<OutlineItem> outline)
    {
        // Inside out on a stack: an item is made when all of its children are.
        var roots = new List<DocumentSymbol>();
        var open = new Stack<(OutlineItem Item, List<DocumentSymbol> Into, List<DocumentSymbol>? Children)>();
        foreach (OutlineItem item in outline.Reverse())
        {
            open.Push((item, roots, null));
        }

        while (open.TryPop(out var top))
        {
            if (top.Children is { } children)
            {
                top.Into.Add(new DocumentSymbol(top.Item.Name, top.Item.Detail, Kind(top.Item), OpenDocument.RangeOf(top.Item.Span), OpenDocument.RangeOf(top.Item.NameSpan), children));
                continue;
            }

            var inside = new List<DocumentSymbol>();
            open.Push((top.Item, top.Into, inside));
            foreach (OutlineItem child in top.Item.Children.Reverse())
            {
                open.Push((child, inside, null));
            }
        }

        return roots;
    }

    private static int Kind(OutlineItem item) => item.Kind switch
    {
        NameKind.Value => 13,
        NameKind.Type => 5,
        _ when item.Detail is "workflow" || item.Detail.EndsWith("graph", StringComparison.Ordinal) || item.Detail.EndsWith("func", StringComparison.Ordinal) => 12,
        _ when item.Detail.EndsWith("module", StringComparison.Ordinal) => 2,
        _ => 14,
    };
}
