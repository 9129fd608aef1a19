using System.Globalization;
using System.Text;

namespace Orchestrator.IR.View;

/// <summary>How much is drawn.</summary>
/// <param name="OperationsMax">Operations at most, outer ones first; the drawing says how many are left out.</param>
/// <param name="DepthMax">Boxes inside each other at most.</param>
/// <param name="EdgesMax">Edges at most.</param>
public sealed record GraphOptions(int OperationsMax = 600, int DepthMax = 12, int EdgesMax = 4000);

/// <summary>
/// Draws an operation and all inside it as a graph: an operation is a box with its name, its most telling attributes and the types of its results,
/// a region holds the boxes inside it, lines are values, dashed lines control. One file of SVG without scripts, fonts or links.
/// </summary>
public static class GraphSvg
{
    private const double NoteHeight = 28;

    /// <summary>The drawing of <paramref name="root"/> as an SVG document.</summary>
    public static string Draw(Operation root, GraphOptions? options = null)
    {
        var model = new GraphModel(root, options ?? new GraphOptions());
        new LayeredLayout(model).Run();
        var svg = new StringBuilder();
        string note = Note(model);
        double width = Math.Max(model.Root.Box.Width + 2 * LayeredLayout.Padding, note.Length > 0 ? Text.Width(note, 12) + 40 : 0);
        double height = model.Root.Box.Height + 2 * LayeredLayout.Padding + (note.Length > 0 ? NoteHeight : 0);
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\">\n");
        svg.Append($"<title>{Escape(model.Root.Title)}</title>\n").Append(Style);
        var writer = new SvgWriter(svg);
        foreach (GraphNode node in model.Nodes.Where(n => n.Blocks.Count > 0))
        {
            writer.Node(node);
        }

        // Lines lie over the boxes that they cross the border of, and under those that they only pass.
        foreach (GraphEdge edge in model.Edges)
        {
            writer.Edge(edge);
        }

        foreach (GraphNode node in model.Nodes.SelectMany(n => n.Blocks).SelectMany(b => b.Arguments).Concat(model.Nodes.Where(n => n.Blocks.Count == 0)))
        {
            writer.Node(node);
        }

        if (note.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"note\" x=\"{LayeredLayout.Padding}\" y=\"{height - 12:0}\">{Escape(note)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    internal static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            escaped.Append(c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", < ' ' and not '\n' => "\uFFFD", '\uFFFE' or '\uFFFF' => "\uFFFD", _ => c.ToString() });
        }

        return escaped.ToString();
    }

    private static string Note(GraphModel model)
    {
        var parts = new List<string>();
        if (model.LeftOut > 0)
        {
            parts.Add($"{model.LeftOut.ToString(CultureInfo.InvariantCulture)} operations inside what is drawn are left out");
        }

        if (model.EdgesLeftOut > 0)
        {
            parts.Add($"{model.EdgesLeftOut.ToString(CultureInfo.InvariantCulture)} edges are left out");
        }

        return string.Join("; ", parts);
    }

    // Colours with enough contrast on white; the background is drawn, because viewers differ in what is behind a picture.
    private const string Style = """
        <style>
        svg { background: #ffffff; font-family: "Helvetica Neue", Helvetica, Arial, "DejaVu Sans", sans-serif; }
        .op { fill: #f4f7fb; stroke: #5b7290; stroke-width: 1; }
        .holder { fill: #fbfcfe; stroke: #5b7290; stroke-width: 1.2; }
        .effect { fill: #fdf3e7; stroke: #a8702a; }
        .arg { fill: #eaf3ee; stroke: #5d8a70; stroke-width: 1; }
        .end { fill: #eef0f2; stroke: #6f7780; }
        .block { fill: #ffffff; stroke: #b9c3cf; stroke-width: 1; stroke-dasharray: 2 3; }
        .title { font-size: 13px; font-weight: bold; fill: #16273c; }
        .line { font-size: 11px; fill: #3c4a5b; }
        .label { font-size: 11px; fill: #55616e; font-style: italic; }
        .note { font-size: 12px; fill: #8a3b12; }
        .edge { fill: none; stroke: #4d6a8c; stroke-width: 1.2; }
        .far { stroke: #93a6bb; stroke-width: 1; }
        .control { fill: none; stroke: #a8452a; stroke-width: 1.3; stroke-dasharray: 5 3; }
        .edge:hover, .control:hover { stroke-width: 3; }
        .head { fill: #4d6a8c; stroke: none; }
        .control-head { fill: #a8452a; stroke: none; }
        </style>

        """;
}
