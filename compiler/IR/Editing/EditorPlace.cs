using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Editing;

/// <summary>A place as editors count it: line and UTF-16 column, both from 0.</summary>
/// <param name="Line">The line.</param>
/// <param name="Column">The column.</param>
public readonly record struct EditorPlace(int Line, int Column)
{
    /// <summary>The place of an offset of a source, whose offsets may count bytes.</summary>
    public static EditorPlace Of(SourceText source, int offset)
    {
        (int line, int column) = source.Locate(offset);
        if (source.Utf8.Length == 0)
        {
            return new EditorPlace(line - 1, column - 1);
        }

        int start = Math.Clamp(offset - (column - 1), 0, source.Utf8.Length);
        int length = Math.Clamp(column - 1, 0, source.Utf8.Length - start);
        return new EditorPlace(line - 1, Encoding.UTF8.GetCharCount(source.Utf8.Span.Slice(start, length)));
    }

    /// <summary>Both ends of a span.</summary>
    public static (EditorPlace Start, EditorPlace End) Of(SourceSpan span) =>
        span.Source is null ? default : (Of(span.Source, span.Start), Of(span.Source, span.Start + span.Length));
}
