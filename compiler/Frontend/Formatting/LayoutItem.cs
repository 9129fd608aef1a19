namespace Orchestrator.Frontend.Formatting;

/// <summary>A word, a whole text or a comment, and what stands before it.</summary>
internal sealed class LayoutItem(string text, int type)
{
    /// <summary>The token's type; a whole text has that of its opening quotes.</summary>
    public int Type { get; } = type;

    /// <summary>The words as they are written.</summary>
    public string Text { get; } = text;

    /// <summary>Whether the token is an angle bracket of a type, not a comparison.</summary>
    public bool IsGeneric { get; init; }

    /// <summary>Line ends before it: 0, 1, or 2 for an empty line.</summary>
    public int LinesBefore { get; set; }

    /// <summary>Whether a space stands before it within a line.</summary>
    public bool HasSpaceBefore { get; set; }

    /// <summary>Levels of indentation when it begins a line.</summary>
    public int Indent { get; set; }

    /// <summary>Levels of indentation of the line that it stands on.</summary>
    public int LineIndent { get; set; }

    /// <summary>Columns up to the end of its first line.</summary>
    public int Width => Text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and int end ? end : Text.Length;

    /// <summary>Whether it goes over several lines.</summary>
    public bool IsTall => Text.Contains('\n', StringComparison.Ordinal);

    /// <summary>The text for a line of that indentation: the lines of a tall text move with it, one level further in.</summary>
    public string TextAt(int indent)
    {
        if (!IsTall)
        {
            return Text;
        }

        string[] lines = Text.Split('\n');
        bool hasTabs = lines.Skip(1).Any(l => l.AsSpan(0, l.Length - l.AsSpan().TrimStart().Length).Contains('\t'));
        string[] full = [.. lines.Skip(1).SkipLast(1).Where(l => l.Trim().Length > 0)];

        // A last line with nothing but the quotes is not part of the text; any other counts like the rest.
        bool isOpenEnd = lines[^1].TrimStart() == "\"\"\"";
        if (!isOpenEnd)
        {
            full = [.. full, lines[^1]];
        }

        if (hasTabs || full.Length == 0 || !Movable)
        {
            return Text;
        }

        int common = full.Min(l => l.Length - l.TrimStart(' ').Length);
        string margin = new(' ', 2 * indent + 2);
        for (int i = 1; i < lines.Length; i++)
        {
            bool isLast = i == lines.Length - 1 && isOpenEnd;
            lines[i] = isLast ? margin + "\"\"\"" : lines[i].Length <= common && lines[i].Trim().Length == 0 ? "" : margin + lines[i][common..];
        }

        return string.Join('\n', lines);
    }

    /// <summary>Whether every line end of a tall text is its own and not that of an inserted value.</summary>
    public bool Movable { get; init; }
}
