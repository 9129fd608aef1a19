using System.Globalization;

namespace Orchestrator.Targets.Vector;

/// <summary>
/// Cuts a document into passages of at most <c>limit</c> tokens (see <see cref="TokenCounter"/>). Paragraphs stay whole unless one alone is too long,
/// headings stay with what follows them, a heading ends a passage that is at least a quarter full, and within a section the last paragraphs of a passage
/// are repeated at the start of the next, up to <c>overlap</c> tokens.
/// </summary>
internal sealed class TextChunker(int limit, int overlap)
{
    private readonly record struct Segment(string Text, int First, int Last, int Tokens, int Level);

    /// <summary>The passages of a document in order. <paramref name="name"/> is the document's name in their ids.</summary>
    public List<Passage> Cut(string name, string text)
    {
        var passages = new List<Passage>();
        var current = new List<Segment>();
        var headings = new List<(int Level, string Title)>();
        string context = "";
        int fresh = 0;
        foreach (Segment segment in Segments(text))
        {
            int held = current.Sum(s => s.Tokens);
            bool section = segment.Level > 0 && held >= limit / 4;
            if (fresh > 0 && (section || held + segment.Tokens > limit))
            {
                Emit(passages, name, context, current);
                KeepTail(current, section ? 0 : Math.Min(overlap, limit - segment.Tokens));
                fresh = 0;
            }

            while (fresh == 0 && current.Count > 0 && current.Sum(s => s.Tokens) + segment.Tokens > limit)
            {
                current.RemoveAt(0);
            }

            if (segment.Level > 0)
            {
                headings.RemoveAll(h => h.Level >= segment.Level);
                headings.Add((segment.Level, segment.Text.TrimStart('#').Trim()));
            }

            // A passage is found by the headings above its start.
            context = fresh == 0 ? string.Join('\n', headings.Select(h => h.Title)) : context;
            current.Add(segment);
            fresh += segment.Level > 0 ? 0 : 1;
        }

        if (fresh > 0 || passages.Count == 0)
        {
            Emit(passages, name, context, current);
        }

        return passages;
    }

    // Headings at the end belong to what follows; before them, whole segments that fit into the overlap are repeated.
    private static void KeepTail(List<Segment> current, int room)
    {
        int from = current.Count;
        while (from > 0 && (current[from - 1].Level > 0 || current[from - 1].Tokens <= room))
        {
            room -= current[from - 1].Level > 0 ? 0 : current[from - 1].Tokens;
            from--;
        }

        current.RemoveRange(0, Math.Max(from, Math.Min(1, current.Count)));
    }

    private static void Emit(List<Passage> passages, string name, string context, List<Segment> segments)
    {
        int end = segments.FindLastIndex(s => s.Level == 0) + 1;
        if (end == 0)
        {
            return;
        }

        string id = string.Create(CultureInfo.InvariantCulture, $"{name}:{segments[0].First}-{segments[end - 1].Last}");
        passages.Add(new Passage(id, string.Join("\n\n", segments.Take(end).Select(s => s.Text)), context, []));
    }

    private IEnumerable<Segment> Segments(string text)
    {
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        int start = -1;
        bool fenced = false;
        for (int i = 0; i <= lines.Length; i++)
        {
            string line = i < lines.Length ? lines[i].TrimEnd() : "";
            int level = fenced ? 0 : HeadingLevel(line);
            bool border = i == lines.Length || level > 0 || (line.Length == 0 && !fenced);
            if (border && start >= 0)
            {
                foreach (Segment part in Paragraph(lines, start, i))
                {
                    yield return part;
                }

                start = -1;
            }

            if (level > 0)
            {
                yield return new Segment(line, i + 1, i + 1, TokenCounter.Count(line), level);
            }
            else if (!border && start < 0)
            {
                start = i;
            }

            fenced ^= line.TrimStart().StartsWith("```", StringComparison.Ordinal);
        }
    }

    // A paragraph as it is, or, when it is too long, in runs of lines, and lines that are too long in runs of words.
    private IEnumerable<Segment> Paragraph(string[] lines, int start, int end)
    {
        var held = new List<string>();
        int tokens = 0;
        int first = start;
        for (int i = start; i < end; i++)
        {
            foreach (string piece in Pieces(lines[i].TrimEnd()))
            {
                int count = TokenCounter.Count(piece);
                if (held.Count > 0 && tokens + count > limit)
                {
                    yield return new Segment(string.Join('\n', held), first + 1, i + (held.Count > 0 && first == i ? 1 : 0), tokens, 0);
                    held.Clear();
                    (tokens, first) = (0, i);
                }

                held.Add(piece);
                tokens += count;
            }
        }

        if (held.Count > 0)
        {
            yield return new Segment(string.Join('\n', held), first + 1, end, tokens, 0);
        }
    }

    private IEnumerable<string> Pieces(string line)
    {
        int from = 0;
        while (from < line.Length && TokenCounter.Count(line.AsSpan(from)) > limit)
        {
            // At least `limit` characters never hold more than `limit` tokens, so every round advances.
            int to = Math.Min(line.Length, from + limit);
            int space = line.LastIndexOf(' ', to - 1, to - from);
            to = space > from ? space : to;
            yield return line[from..to];
            from = to;
        }

        if (from < line.Length || line.Length == 0)
        {
            yield return line[from..];
        }
    }

    private int HeadingLevel(string line)
    {
        int level = 0;
        while (level < line.Length && line[level] == '#')
        {
            level++;
        }

        // A heading that leaves no room for text below it is text.
        return level is > 0 and <= 6 && level < line.Length && line[level] == ' ' && TokenCounter.Count(line) <= limit / 2 ? level : 0;
    }
}
