namespace Orchestrator.Diagnostics;

/// <summary>A text that a user wrote, with its name, so that a place in it can be shown.</summary>
public sealed class SourceText
{
    private readonly List<int> _lineStarts = [0];

    /// <summary>Holds <paramref name="text"/>, which was read from <paramref name="path"/> (a file, or a name such as <c>&lt;stdin&gt;</c>).</summary>
    public SourceText(string path, string text)
    {
        Path = path;
        Text = text;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <summary>Where the text came from, as the user named it.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Text { get; }

    /// <summary>The line and column (both from 1) of an offset; offsets beyond the end give the end.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        offset = Math.Clamp(offset, 0, Text.Length);
        int index = _lineStarts.BinarySearch(offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - _lineStarts[line] + 1);
    }

    /// <summary>The text of a line (from 1) without its line end; empty beyond the last line.</summary>
    public string Line(int line)
    {
        if (line < 1 || line > _lineStarts.Count)
        {
            return "";
        }

        int start = _lineStarts[line - 1];
        int end = line < _lineStarts.Count ? _lineStarts[line] : Text.Length;
        return Text[start..end].TrimEnd('\n', '\r');
    }

    /// <summary>The offset of a line and column (both from 1), clamped to the text.</summary>
    public int OffsetOf(int line, int column)
    {
        line = Math.Clamp(line, 1, _lineStarts.Count);
        return Math.Clamp(_lineStarts[line - 1] + column - 1, 0, Text.Length);
    }
}

/// <summary>A stretch of a <see cref="SourceText"/>; without a source it is a place that nobody wrote.</summary>
/// <param name="Source">The text, or null when the thing has no place in a file.</param>
/// <param name="Start">Offset of the first character.</param>
/// <param name="Length">Number of characters, 0 for a point.</param>
public readonly record struct SourceSpan(SourceText? Source, int Start, int Length)
{
    /// <summary>No place at all.</summary>
    public static SourceSpan None => default;

    /// <summary><c>file:line:column</c>, or the empty string when there is no place.</summary>
    public override string ToString()
    {
        if (Source is null)
        {
            return "";
        }

        (int line, int column) = Source.Locate(Start);
        return $"{Source.Path}:{line}:{column}";
    }
}
