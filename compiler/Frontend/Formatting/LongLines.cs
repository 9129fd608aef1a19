using Orchestrator.Frontend.Generated;

namespace Orchestrator.Frontend.Formatting;

/// <summary>Opens up lines that are too long: the widest outermost bracket gets a line for each of its parts.</summary>
internal static class LongLines
{
    private static readonly HashSet<int> s_breaks =
        [FlowLexer.WITHIN, FlowLexer.RETRY, FlowLexer.ON, FlowLexer.NEAR, FlowLexer.NEVER, FlowLexer.EXPECT, FlowLexer.AND, FlowLexer.OR, FlowLexer.DEFAULT, FlowLexer.ARROW];

    /// <summary>Ends lines inside those that are too long; true when it ended any.</summary>
    public static bool OpenUp(List<LayoutItem> items)
    {
        bool changed = false;
        int start = 0;
        while (start < items.Count)
        {
            int end = start + 1;
            while (end < items.Count && items[end].LinesBefore == 0)
            {
                end++;
            }

            if (Width(items, start, end) > FlowFormatter.WidthMax)
            {
                changed |= OpenBracket(items, start, end) || EndLine(items, start, end);
            }

            start = end;
        }

        return changed;
    }

    // Up to the end of the line, or of the first line of a tall text; a comment at the end may stand out.
    private static int Width(List<LayoutItem> items, int start, int end)
    {
        int width = 2 * items[start].Indent;
        for (int i = start; i < end && (i == start || items[i].Type != FlowLexer.COMMENT); i++)
        {
            width += (i > start && items[i].HasSpaceBefore ? 1 : 0) + items[i].Width;
            if (items[i].IsTall)
            {
                return width;
            }
        }

        return width;
    }

    private static bool OpenBracket(List<LayoutItem> items, int start, int end)
    {
        (int Open, int Close, int Width) widest = (-1, -1, 0);
        int depth = 0;
        int open = -1;
        for (int i = start; i < end; i++)
        {
            if (Layout.IsOpening(items[i].Type) && depth++ == 0)
            {
                open = i;
            }
            else if (Layout.IsClosing(items[i].Type) && depth > 0 && --depth == 0)
            {
                int width = items.Skip(open).Take(i - open).Sum(x => x.Width + 1);
                bool isIndex = items[open].Type == FlowLexer.INDEX_OPEN;
                if (width > widest.Width && i > open + 1 && !isIndex)
                {
                    widest = (open, i, width);
                }
            }
        }

        if (widest.Open < 0)
        {
            return false;
        }

        for (int i = widest.Open + 1; i <= widest.Close; i++)
        {
            bool isPart = i == widest.Open + 1 || i == widest.Close || (depth == 0 && items[i - 1].Type == FlowLexer.COMMA);
            if (isPart)
            {
                items[i].LinesBefore = 1;
            }

            depth += Layout.IsOpening(items[i].Type) ? 1 : Layout.IsClosing(items[i].Type) ? -1 : 0;
        }

        return true;
    }

    // Without a bracket, before the last word that may begin a line.
    private static bool EndLine(List<LayoutItem> items, int start, int end)
    {
        int depth = 0;
        for (int i = end - 1; i > start; i--)
        {
            depth += Layout.IsClosing(items[i].Type) ? 1 : Layout.IsOpening(items[i].Type) ? -1 : 0;
            if (depth == 0 && s_breaks.Contains(items[i].Type))
            {
                items[i].LinesBefore = 1;
                return true;
            }
        }

        return false;
    }
}
