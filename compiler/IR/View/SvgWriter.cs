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
        string kind = node.Blocks.Count > 0 ? "holder" : node.Op.Block?.Last == node.Op && node.Op.Block.Terminator == node.Op ? "op end" : HasEffect(node.Op) ? "op effect" : "op";
        svg.Append(CultureInfo.InvariantCulture, $"<g><title>{GraphSvg.Escape(node.Tooltip)}</title><rect class=\"{kind}\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\" rx=\"4\"/>");
        double y = box.Y + LayeredLayout.Padding + 11;
        Line("title", box.X + LayeredLayout.Padding, y, node.Title);
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
        GraphBox from = edge.FromNode?.Box ?? edge.FromBlock!.Box; // An edge comes from one of them.
        GraphBox to = edge.ToNode?.Box ?? edge.ToBlock!.Box; // And goes to one of them.
        double startX = edge.FromNode is not null ? from.CentreX : from.X + Math.Min(from.Width / 2, 60);
        double startY = edge.FromNode is not null ? from.Bottom : from.Y + 16;
        double endX = to.CentreX;
        if (edge.ToNode is { } user)
        {
            int count = Math.Max(1, user.Op.OperandCount);
            int index = _entered.GetValueOrDefault(user);
            _entered[user] = index + 1;
            double spread = Math.Min(user.Box.Width - 24, 14.0 * (count - 1));
            endX += count == 1 ? 0 : spread * (Math.Min(index, count - 1) / (double)(count - 1) - 0.5);
        }

        if (edge.IsControl)
        {
            Control(edge, from, to);
            return;
        }

        bool far = edge.FromNode is not null && !ReferenceEquals(edge.FromNode.Parent, edge.ToNode?.Parent);
        double endY = to.Y;
        double bend = Math.Max(14, Math.Min(90, Math.Abs(endY - startY) / 2));
        svg.Append(CultureInfo.InvariantCulture, $"<path class=\"edge{(far ? " far" : "")}\" d=\"M{startX:0.#} {startY:0.#} C{startX:0.#} {startY + bend:0.#} {endX:0.#} {endY - bend:0.#} {endX:0.#} {endY - HeadSize:0.#}\"><title>{GraphSvg.Escape(edge.Tooltip)}</title></path>");
        Head("head", endX, endY);
    }

    // Around the right side of the blocks: down to the next one straight, elsewhere in a bow.
    private void Control(GraphEdge edge, GraphBox from, GraphBox to)
    {
        bool below = to.Y >= from.Bottom;
        if (below && edge.FromNode?.Parent?.Block.Next == edge.ToBlock?.Block)
        {
            double x = Math.Clamp(from.CentreX, to.X + 8, to.X + to.Width - 8);
            svg.Append(CultureInfo.InvariantCulture, $"<path class=\"control\" d=\"M{from.CentreX:0.#} {from.Bottom:0.#} L{x:0.#} {to.Y - HeadSize:0.#}\"><title>{GraphSvg.Escape(edge.Tooltip)}</title></path>");
            Head("control-head", x, to.Y);
            return;
        }

        GraphBox home = edge.FromNode?.Parent?.Box ?? from;
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
