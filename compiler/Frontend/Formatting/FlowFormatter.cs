using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Formatting;
using Orchestrator.Frontend.Parsing;

namespace Orchestrator.Frontend;

/// <summary>
/// Lays a Flow file out in the one way: two spaces a level, one space between words, lines of at most <see cref="WidthMax"/> columns where
/// a bracket can be opened up. Where lines end is otherwise the writer's choice, comments stay, and what the file says never changes.
/// </summary>
public static class FlowFormatter
{
    /// <summary>Columns of a line at most, unless a single text or name is longer.</summary>
    public const int WidthMax = 100;

    /// <summary>The text of <paramref name="source"/> laid out; laying it out again changes nothing.</summary>
    /// <exception cref="DiagnosticException">The file has syntax errors.</exception>
    public static string Format(SourceText source)
    {
        var diagnostics = new DiagnosticBag();
        if (FlowSyntax.Parse(source, diagnostics) is null)
        {
            throw new DiagnosticException([.. diagnostics.Items]);
        }

        List<LayoutItem> items = LayoutReader.Read(source);
        Layout.Arrange(items);
        var text = new StringBuilder(source.Text.Length);
        foreach (LayoutItem item in items)
        {
            int lines = text.Length == 0 ? 0 : item.LinesBefore;
            text.Append('\n', lines);
            text.Append(' ', text.Length == 0 || lines > 0 ? 2 * item.Indent : item.HasSpaceBefore ? 1 : 0);
            text.Append(item.TextAt(item.LineIndent));
        }

        return text.Length == 0 ? "" : text.Append('\n').ToString();
    }
}
