using System.Text;

namespace Orchestrator.Compiler.Emit;

/// <summary>Lays out columns of text within a width.</summary>
public static class TextTable
{
    private const int NarrowestColumn = 8;

    /// <summary>
    /// Appends rows (the first is the head), two spaces in and two between columns. Empty columns vanish; when the rows are too wide,
    /// the <paramref name="flexible"/> columns give way one after the other, their ends replaced by an ellipsis.
    /// </summary>
    public static void Append(StringBuilder text, IReadOnlyList<string[]> rows, int width, int[] rightAligned, int[] flexible)
    {
        int columns = rows[0].Length;
        int[] widths = new int[columns];
        for (int c = 0; c < columns; c++)
        {
            bool filled = rows.Skip(1).Any(r => r[c].Length > 0);
            widths[c] = filled ? rows.Max(r => r[c].Length) : 0;
        }

        int over = 2 + widths.Where(w => w > 0).Sum(w => w + 2) - 2 - width;
        foreach (int c in flexible.Where(c => c < columns))
        {
            int given = Math.Clamp(over, 0, Math.Max(0, widths[c] - NarrowestColumn));
            widths[c] -= given;
            over -= given;
        }

        foreach (string[] row in rows)
        {
            var line = new StringBuilder(" ");
            for (int c = 0; c < columns; c++)
            {
                if (widths[c] > 0)
                {
                    string cell = Fit(row[c], widths[c]);
                    line.Append(c == 0 ? " " : "  ").Append(rightAligned.Contains(c) ? cell.TrimEnd().PadLeft(widths[c]) : cell);
                }
            }

            text.Append(line.ToString().TrimEnd()).Append('\n');
        }
    }

    /// <summary>A cell of exactly <paramref name="width"/> characters.</summary>
    public static string Fit(string cell, int width) =>
        cell.Length <= width ? cell.PadRight(width) : cell[..(width - 1)] + "…";

    /// <summary>Appends a sentence broken at blanks.</summary>
    public static void AppendWrapped(StringBuilder text, string sentence, int width, string indent, string hanging)
    {
        var line = new StringBuilder(indent);
        bool empty = true;
        foreach (string word in sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!empty && line.Length + 1 + word.Length > width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(hanging);
                empty = true;
            }

            line.Append(empty ? "" : " ").Append(word);
            empty = false;
        }

        text.Append(line).Append('\n');
    }
}
