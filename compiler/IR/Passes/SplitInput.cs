using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Cuts a file into parts at lines that begin with a marker.
internal static class SplitInput
{
    // Each part keeps the line numbers of the whole: the lines before it are left empty.
    public static IEnumerable<SourceText> Parts(SourceText input, string marker)
    {
        string text = input.Text;
        int start = 0;
        int line = 0;
        for (int at = 0; at < text.Length;)
        {
            int end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end + 1;
            if (text.AsSpan(at).StartsWith(marker, StringComparison.Ordinal))
            {
                SourceText part = Part(input, start, at, line);
                yield return part;
                line += Lines(text.AsSpan(start, end - start));
                start = end;
            }

            at = end;
        }

        yield return Part(input, start, text.Length, line);
    }

    private static SourceText Part(SourceText input, int start, int end, int line) =>
        new(input.Path, new StringBuilder().Append('\n', line).Append(input.Text, start, end - start).ToString());

    private static int Lines(ReadOnlySpan<char> text) => text.Count('\n');
}
