using System.Text;

namespace Orchestrator.Compiler.Emit.Report;

/// <summary>Tables of the report.</summary>
internal static class ReportText
{
    /// <summary>A table; the columns of <paramref name="numbers"/> stand to the right, the rows of <paramref name="chosen"/> stand out.</summary>
    public static string Table(string[] head, IEnumerable<string[]> rows, int[] numbers, Func<int, bool>? chosen = null)
    {
        var text = new StringBuilder("<div class=\"scroll\"><table><thead><tr>");
        for (int c = 0; c < head.Length; c++)
        {
            text.Append(numbers.Contains(c) ? "<th class=\"n\">" : "<th>").Append(Svg.Escape(head[c])).Append("</th>");
        }

        text.Append("</tr></thead><tbody>\n");
        foreach ((int r, string[] row) in rows.Index())
        {
            text.Append(chosen?.Invoke(r) == true ? "<tr class=\"chosen\">" : "<tr>");
            for (int c = 0; c < row.Length; c++)
            {
                text.Append(numbers.Contains(c) ? "<td class=\"n\">" : "<td>").Append(Svg.Escape(row[c])).Append("</td>");
            }

            text.Append("</tr>\n");
        }

        return text.Append("</tbody></table></div>\n").ToString();
    }
}
