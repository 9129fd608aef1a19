using Orchestrator.Frontend.Generated;

namespace Orchestrator.Frontend.Formatting;

/// <summary>Decides spaces, indentation and where long lines are opened up.</summary>
internal static class Layout
{
    // A line that begins with one of these goes on with the line before.
    private static readonly HashSet<int> s_continues =
    [
        FlowLexer.PLUS, FlowLexer.MINUS, FlowLexer.STAR, FlowLexer.SLASH, FlowLexer.AND, FlowLexer.OR, FlowLexer.DEFAULT, FlowLexer.DOT, FlowLexer.ARROW,
        FlowLexer.PIPE, FlowLexer.EQ, FlowLexer.NE, FlowLexer.LE, FlowLexer.GE, FlowLexer.LT, FlowLexer.GT, FlowLexer.WITHIN, FlowLexer.RETRY, FlowLexer.ON,
        FlowLexer.NEAR, FlowLexer.NEVER, FlowLexer.EXPECT, FlowLexer.ASSIGN, FlowLexer.FAT_ARROW, FlowLexer.AS,
    ];

    // A line after one of these goes on with it.
    private static readonly HashSet<int> s_continued =
    [
        FlowLexer.ASSIGN, FlowLexer.FAT_ARROW, FlowLexer.PLUS, FlowLexer.MINUS, FlowLexer.STAR, FlowLexer.SLASH, FlowLexer.AND, FlowLexer.OR, FlowLexer.DEFAULT,
        FlowLexer.EQ, FlowLexer.NE, FlowLexer.LE, FlowLexer.GE, FlowLexer.LT, FlowLexer.GT, FlowLexer.ARROW, FlowLexer.PIPE, FlowLexer.NOT, FlowLexer.NEGATE,
        FlowLexer.COLON, FlowLexer.UNTIL, FlowLexer.HUMAN,
    ];

    /// <summary>Sets the layout of <paramref name="items"/>.</summary>
    public static void Arrange(List<LayoutItem> items)
    {
        Normalize(items);
        Indent(items);

        // Each round opens brackets one level further in, and brackets nest to a bounded depth.
        for (int round = 0; round < 128 && LongLines.OpenUp(items); round++)
        {
            Indent(items);
        }
    }

    public static bool IsOpening(int type) => type is FlowLexer.LPAREN or FlowLexer.CALL or FlowLexer.LBRACKET or FlowLexer.INDEX_OPEN or FlowLexer.LBRACE;

    public static bool IsClosing(int type) => type is FlowLexer.RPAREN or FlowLexer.RBRACKET or FlowLexer.RBRACE;

    private static void Normalize(List<LayoutItem> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            LayoutItem item = items[i];
            LayoutItem? before = i > 0 ? items[i - 1] : null;
            item.HasSpaceBefore = before is not null && HasSpace(before, item);
            if (item.LinesBefore == 2 && before is not null && (IsOpening(before.Type) || IsClosing(item.Type)))
            {
                item.LinesBefore = 1;
            }

            if (item.Type == FlowLexer.ELSE && before?.Type == FlowLexer.RBRACE)
            {
                item.LinesBefore = 0;
            }
        }
    }

    private static bool HasSpace(LayoutItem before, LayoutItem item)
    {
        if (item.Type == FlowLexer.COMMENT)
        {
            return true;
        }

        bool isTight = before.Type is FlowLexer.LPAREN or FlowLexer.CALL or FlowLexer.LBRACKET or FlowLexer.INDEX_OPEN or FlowLexer.DOT or FlowLexer.NEGATE
            || item.Type is FlowLexer.RPAREN or FlowLexer.RBRACKET or FlowLexer.COMMA or FlowLexer.SEMI or FlowLexer.COLON or FlowLexer.DOT or FlowLexer.CALL
                or FlowLexer.INDEX_OPEN or FlowLexer.QUESTION
            || item.IsGeneric || (before.IsGeneric && before.Type == FlowLexer.LT)
            || (before.Type == FlowLexer.LBRACE && item.Type == FlowLexer.RBRACE);
        return !isTight;
    }

    private static void Indent(List<LayoutItem> items)
    {
        var open = new Stack<int>();
        int line = 0;
        LayoutItem? before = null;
        for (int i = 0; i < items.Count; i++)
        {
            LayoutItem item = items[i];
            if (i == 0 || item.LinesBefore > 0)
            {
                line = LineIndent(items, i, open, before);
                item.Indent = line;
            }

            item.LineIndent = line;
            if (IsOpening(item.Type))
            {
                open.Push(line);
            }
            else if (IsClosing(item.Type) && open.Count > 0)
            {
                open.Pop();
            }

            before = item.Type == FlowLexer.COMMENT ? before : item;
        }
    }

    private static int LineIndent(List<LayoutItem> items, int at, Stack<int> open, LayoutItem? before)
    {
        LayoutItem item = items[at];
        if (IsClosing(item.Type))
        {
            // ')})' at the start of a line stands where the line of the outermost of them began.
            int closing = items.Skip(at).TakeWhile((x, i) => IsClosing(x.Type) && (i == 0 || x.LinesBefore == 0)).Count();
            return open.Skip(Math.Min(closing, open.Count) - 1).FirstOrDefault();
        }

        int depth = open.Count == 0 ? 0 : open.Peek() + 1;
        if (item.Type == FlowLexer.COMMENT)
        {
            return depth;
        }

        bool beginsPart = before?.Type == FlowLexer.COMMA;
        bool goesOn = (s_continues.Contains(item.Type) && !beginsPart) || (before is not null && s_continued.Contains(before.Type));
        bool isOutside = open.Count == 0 && item.Type is not (FlowLexer.IMPORT or FlowLexer.MODEL or FlowLexer.TOOL or FlowLexer.INDEX or FlowLexer.MEMORY or FlowLexer.TYPE or FlowLexer.WORKFLOW);
        return goesOn || isOutside ? depth + 1 : depth;
    }
}
