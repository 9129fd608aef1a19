using System.Text;

namespace Orchestrator.Diagnostics;

/// <summary>
/// A text that a user wrote, with its name, so that a place in it can be shown. It is held as characters or, for large machine-made texts, as
/// UTF-8 bytes; offsets and columns count what it is held as. Lines are found when a place is first asked for.
/// </summary>
public sealed class SourceText
{
    private readonly byte[]? _utf8;
    private readonly int _utf8Length;
    private string? _text;
    private SourceText? _asUtf8;
    private int[]? _lineStarts;

    /// <summary>Holds <paramref name="text"/>, which was read from <paramref name="path"/> (a file, or a name such as <c>&lt;stdin&gt;</c>).</summary>
    public SourceText(string path, string text)
    {
        Path = path;
        _text = text;
    }

    private SourceText(string path, byte[] utf8, int length)
    {
        Path = path;
        (_utf8, _utf8Length) = (utf8, length);
    }

    /// <summary>Where the text came from, as the user named it.</summary>
    public string Path { get; }

    /// <summary>The whole text; bytes that are no UTF-8 become replacement characters.</summary>
    public string Text => _text ??= Encoding.UTF8.GetString(Utf8.Span);

    /// <summary>Number of characters or bytes, whichever offsets count.</summary>
    public int Length => _utf8 is null ? Text.Length : _utf8Length;

    /// <summary>The bytes of a text made by <see cref="FromUtf8"/> or <see cref="AsUtf8"/>; empty for any other.</summary>
    public ReadOnlyMemory<byte> Utf8 => _utf8 is null ? default : _utf8.AsMemory(0, _utf8Length);

    /// <summary>The array behind <see cref="Utf8"/>; at <see cref="Length"/> it holds a 0, so that a reader need not look for the end.</summary>
    /// <exception cref="InvalidOperationException">The text is held as characters.</exception>
    public byte[] ZeroTerminated => _utf8 ?? throw new InvalidOperationException("the text is held as characters");

    /// <summary>
    /// Holds the first <paramref name="length"/> bytes of <paramref name="utf8"/>, which must not change. They are copied only when no 0 follows them.
    /// </summary>
    public static SourceText FromUtf8(string path, byte[] utf8, int length)
    {
        if (utf8.Length == length || utf8[length] != 0)
        {
            byte[] copy = new byte[length + 1];
            utf8.AsSpan(0, length).CopyTo(copy);
            utf8 = copy;
        }

        return new SourceText(path, utf8, length);
    }

    /// <summary>This text held as bytes: itself when it is already.</summary>
    public SourceText AsUtf8()
    {
        if (_utf8 is not null)
        {
            return this;
        }

        if (_asUtf8 is null)
        {
            byte[] bytes = new byte[Encoding.UTF8.GetByteCount(Text) + 1];
            Encoding.UTF8.GetBytes(Text, bytes);
            _asUtf8 = new SourceText(Path, bytes, bytes.Length - 1) { _text = _text };
        }

        return _asUtf8;
    }

    /// <summary>The line and column (both from 1) of an offset; offsets beyond the end give the end.</summary>
    public (int Line, int Column) Locate(int offset)
    {
        offset = Math.Clamp(offset, 0, Length);
        int[] starts = LineStarts;
        int index = Array.BinarySearch(starts, offset);
        int line = index >= 0 ? index : ~index - 1;
        return (line + 1, offset - starts[line] + 1);
    }

    /// <summary>The text of a line (from 1) without its line end; empty beyond the last line.</summary>
    public string Line(int line)
    {
        int[] starts = LineStarts;
        if (line < 1 || line > starts.Length)
        {
            return "";
        }

        int start = starts[line - 1];
        int end = line < starts.Length ? starts[line] : Length;
        string text = _utf8 is null ? Text[start..end] : Encoding.UTF8.GetString(_utf8, start, end - start);
        return text.TrimEnd('\n', '\r');
    }

    /// <summary>The offset of a line and column (both from 1), clamped to the text.</summary>
    public int OffsetOf(int line, int column)
    {
        int[] starts = LineStarts;
        line = Math.Clamp(line, 1, starts.Length);
        return Math.Clamp(starts[line - 1] + column - 1, 0, Length);
    }

    private int[] LineStarts => _lineStarts ??= _utf8 is null ? FindLines(Text.AsSpan(), '\n') : FindLines(Utf8.Span, (byte)'\n');

    private static int[] FindLines<T>(ReadOnlySpan<T> text, T lineEnd) where T : IEquatable<T>
    {
        int[] starts = new int[text.Count(lineEnd) + 1];
        int at = 0;
        for (int i = 1; i < starts.Length; i++)
        {
            at += text[at..].IndexOf(lineEnd) + 1;
            starts[i] = at;
        }

        return starts;
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
