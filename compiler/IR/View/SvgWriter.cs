using System.Globalization;
using System.Text;

namespace Orchestrator.IR.View;

/// <summary>Writes boxes and lines.</summary>
internal sealed class SvgWriter(StringBuilder svg)
{
    private const double HeadSize = 5;

    // Edges into a box spread over its upper side, in the order in which they are written.
    private readonly Dictionary<GraphNode, int> _entered = new(ReferenceEqualityComparer.Instance);

    public void Node(GraphNode node)
    {
        GraphBox box = node.Box;
        string kind = node.Op is not { } op ? "arg" : node.Blocks.Count > 0 ? "holder" : op.Block?.Terminator == op ? "op end" : HasEffect(op) ? "op effect" : "op";
        svg.Append(CultureInfo.InvariantCulture, $"<g><title>{GraphSvg.Escape(node.Tooltip)}</title><rect class=\"{kind}\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"4\"/>");
        double y = box.Y + (node.Op is null ? 15 : LayeredLayout.Padding + 11);
        Line(node.Op is null ? "line" : "title", box.X + LayeredLayout.Padding, y, node.Title);
        foreach (string line in node.Lines)
        {
            y += LayeredLayout.LineHeight;
            Line("line", box.X + LayeredLayout.Padding, y, line);
        }

        svg.Append("</g>\n");
        foreach (GraphBlock block in node.Blocks)
        {
            Block(block);
        }
    }

    public void Edge(GraphEdge edge)
    {
        if (edge.ToNode is not { } user)
        {
            Control(edge);
            return;
        }

        GraphBox from = edge.From.Box;
        GraphBox to = user.Box;
        double endX = to.CentreX;
        int count = Math.Max(1, user.Op?.OperandCount ?? 1);
        int index = _entered.GetValueOrDefault(user);
        _entered[user] = index + 1;
        double spread = Math.Min(to.Width - 24, 14.0 * (count - 1));
        endX += count == 1 ? 0 : spread * (Math.Min(index, count - 1) / (double)(count - 1) - 0.5);
        bool far = !ReferenceEquals(edge.From.Parent, user.Parent);
        svg.Append($"<path class=\"edge{(far ? " far" : "")}\" d=\"");
        svg.Append(CultureInfo.InvariantCulture, $"M{from.CentreX:0.#} {from.Bottom:0.#}");
        (double X, double Y) at = (from.CentreX, from.Bottom);
        foreach (GraphNode room in edge.Way)
        {
            Curve(at, (room.Box.CentreX, room.Box.Y));
            svg.Append(CultureInfo.InvariantCulture, $" V{room.Box.Bottom:0.#}");
            at = (room.Box.CentreX, room.Box.Bottom);
        }

        Curve(at, (endX, to.Y - HeadSize));
        svg.Append($"\"><title>{GraphSvg.Escape(edge.Tooltip)}</title></path>");
        Head("head", endX, to.Y);
    }

    private void Curve((double X, double Y) from, (double X, double Y) to)
    {
        double bend = Math.Max(10, Math.Min(60, Math.Abs(to.Y - from.Y) / 2));
        svg.Append(CultureInfo.InvariantCulture, $" C{from.X:0.#} {from.Y + bend:0.#} {to.X:0.#} {to.Y - bend:0.#} {to.X:0.#} {to.Y:0.#}");
    }

    // Around the right side of the blocks: down to the next one straight, elsewhere in a bow.
    private void Control(GraphEdge edge)
    {
        GraphBox from = edge.From.Box;
        GraphBox to = edge.ToBlock!.Box; // Control goes to a block.
        bool below = to.Y >= from.Bottom;
        if (below && edge.From.Parent?.Block.Next == edge.ToBlock.Block)
        {
            double x = Math.Clamp(from.CentreX, to.X + 8, to.X + to.Width - 8);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"control\" d=\"M{from.CentreX:0.#} {from.Bottom:0.#} L{x:0.#} {to.Y - HeadSize:0.#}\"><title>{GraphSvg.Escape(edge.Tooltip)}</title></path>");
            Head("control-head", x, to.Y);
            return;
        }

        GraphBox home = edge.From.Parent?.Box ?? from;
        double side = Math.Max(home.X + home.Width, to.X + to.Width) - 4;
        double endX = to.X + to.Width - 14;
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"control\" d=\"M{from.X + from.Width:0.#} {from.Y + from.Height / 2:0.#} C{side + 18:0.#} {from.Y + from.Height / 2:0.#} {side + 18:0.#} {to.Y - 24:0.#} {endX:0.#} {to.Y - HeadSize:0.#}\"><title>{GraphSvg.Escape(edge.Tooltip)}</title></path>");
        Head("control-head", endX, to.Y);
    }

    private void Block(GraphBlock block)
    {
        GraphBox box = block.Box;
        svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"block\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"3\"/>\n");
        if (block.Label.Length > 0)
        {
            Line("label", box.X + 8, box.Y + 14, block.Label);
            svg.Append('\n');
        }

        if (block.LeftOut > 0)
        {
            Line("note", box.X + 8, box.Bottom - 8, $"{(block.Nodes.Count > 0 ? "and " : "")}{block.LeftOut.ToString(CultureInfo.InvariantCulture)} operations{(block.Nodes.Count > 0 ? " more" : "")}");
            svg.Append('\n');
        }
    }

    private static bool HasEffect(Operation op) => op.Info is { Effects: Effect.Writes or Effect.Calls };

    private void Head(string kind, double x, double y) =>
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"{kind}\" d=\"M{x:0.#} {y:0.#} l-3.5 -{HeadSize + 1:0.#} h7 z\"/>\n");

    private void Line(string kind, double x, double y, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\">{GraphSvg.Escape(text)}</text>");
}
