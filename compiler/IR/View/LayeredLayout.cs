namespace Orchestrator.IR.View;

/// <summary>
/// Gives every box its place. In a block, an operation stands in a layer below all that it uses (rank by longest path); a layer is ordered by the
/// mean place of the neighbours, sweeping down and up a few times; boxes inside boxes are laid out before those around them.
/// </summary>
internal sealed class LayeredLayout(GraphModel model)
{
    public const double LineHeight = 15;
    public const double TitleHeight = 18;
    public const double Padding = 10;
    private const double NodeGap = 22;
    private const double LayerGap = 34;
    private const double BlockGap = 26;
    private const double LabelHeight = 20;
    private const double WidestRow = 1500;
    private const int Sweeps = 6;
    private const double PassingWidth = 6;
    private const int MostPassing = 5000;
    private int _passing;

    // The ends of edges as they are seen inside one block: an operation deep inside another counts as that other.
    private readonly Dictionary<GraphBlock, List<(GraphNode From, GraphNode To, GraphEdge Edge)>> _edges = [];

    public void Run()
    {
        foreach (GraphEdge edge in model.Edges.Where(e => !e.IsControl))
        {
            Lift(edge);
        }

        // Each node comes before those inside it, so from the end everything inside a box has its size already.
        foreach (GraphNode node in model.Nodes.AsEnumerable().Reverse())
        {
            foreach (GraphBlock block in node.Blocks)
            {
                Arrange(block);
            }

            Size(node);
        }

        Place(model.Root, Padding, Padding);
    }

    // Finds the block that holds both ends, or boxes around both ends.
    private void Lift(GraphEdge edge)
    {
        GraphNode? to = edge.ToNode;
        while (to is not null && !ReferenceEquals(to.Parent, edge.From.Parent))
        {
            to = to.Parent?.Owner;
        }

        if (edge.From.Parent is { } home && to is not null && !ReferenceEquals(to, edge.From))
        {
            if (!_edges.TryGetValue(home, out List<(GraphNode From, GraphNode To, GraphEdge Edge)>? edges))
            {
                _edges.Add(home, edges = []);
            }

            edges.Add((edge.From, to, edge));
        }
    }

    private void Arrange(GraphBlock block)
    {
        foreach (GraphNode argument in block.Arguments)
        {
            (argument.Box.Width, argument.Box.Height) = (Text.Width(argument.Title, 11) + 2 * Padding, LineHeight + 7);
        }

        List<(GraphNode From, GraphNode To, GraphEdge Edge)> lifted = _edges.GetValueOrDefault(block) ?? [];
        Rank(block, [.. lifted.Select(e => (e.From, e.To))]);
        List<(GraphNode From, GraphNode To)> edges = Pass(block, lifted);
        List<List<GraphNode>> layers = [.. block.Placed.GroupBy(n => n.Rank).OrderBy(g => g.Key).Select(g => g.ToList())];
        Order(layers, edges);
        double top = block.Label.Length > 0 ? LabelHeight : 0;
        double width = Text.Width(block.Label, 11) + 2 * Padding;
        double y = Padding + top;
        var placed = new List<(List<GraphNode> Row, double Width)>();
        foreach (List<GraphNode> row in layers.SelectMany(Rows))
        {
            double rowWidth = row.Sum(n => n.Box.Width) + NodeGap * (row.Count - 1);
            double height = row.Max(n => n.Box.Height);
            foreach (GraphNode node in row)
            {
                node.Box.Y = y;
                node.Box.Height = node.Box.Width == PassingWidth ? height : node.Box.Height;
            }

            placed.Add((row, rowWidth));
            width = Math.Max(width, rowWidth + 2 * Padding);
            y += height + LayerGap;
        }

        foreach ((List<GraphNode> row, double rowWidth) in placed)
        {
            double x = (width - rowWidth) / 2;
            foreach (GraphNode node in row)
            {
                node.Box.X = x;
                x += node.Box.Width + NodeGap;
            }
        }

        Straighten(placed, edges, width);
        double note = block.LeftOut > 0 ? LabelHeight : 0;
        block.Box.Width = Math.Max(width, note > 0 ? 180 : 40);
        block.Box.Height = Math.Max(2 * Padding + top + note, y - LayerGap + Padding + note);
    }

    // The longest path from above; edges that lead back, as graph regions have them, are not counted.
    private static void Rank(GraphBlock block, List<(GraphNode From, GraphNode To)> edges)
    {
        var position = new Dictionary<GraphNode, int>(ReferenceEqualityComparer.Instance);
        foreach (GraphNode node in block.Placed)
        {
            position.Add(node, position.Count);
        }

        ILookup<GraphNode, GraphNode> below = edges.Where(e => position[e.From] < position[e.To]).ToLookup(e => e.From, e => e.To);
        foreach (GraphNode node in block.Placed)
        {
            foreach (GraphNode user in below[node])
            {
                user.Rank = Math.Max(user.Rank, node.Rank + 1);
            }
        }

        // The end of a block is at its lower edge, and what needs nothing stands just above its first user.
        if (block.Nodes.Count > 1 && block.Block.Terminator is not null && edges.Count > 0)
        {
            block.Nodes[^1].Rank = Math.Max(block.Nodes[^1].Rank, block.Nodes.Max(n => n.Rank));
        }

        HashSet<GraphNode> fed = new(edges.Select(e => e.To), ReferenceEqualityComparer.Instance);
        foreach (GraphNode source in block.Nodes.Where(n => !fed.Contains(n) && below[n].Any()))
        {
            source.Rank = Math.Max(0, below[source].Min(u => u.Rank) - 1);
        }
    }

    // Lines over several layers get room in each of them, so that they pass beside the boxes there; lines of the same ends share it.
    private List<(GraphNode From, GraphNode To)> Pass(GraphBlock block, List<(GraphNode From, GraphNode To, GraphEdge Edge)> lifted)
    {
        var edges = new List<(GraphNode From, GraphNode To)>();
        foreach (IGrouping<(GraphNode From, GraphNode To), GraphEdge> same in lifted.GroupBy(e => (e.From, e.To), e => e.Edge))
        {
            (GraphNode from, GraphNode to) = same.Key;
            var way = new List<GraphNode>();
            for (int rank = from.Rank + 1; rank < to.Rank && _passing < MostPassing; rank++, _passing++)
            {
                var room = new GraphNode(null, block) { Rank = rank };
                room.Box.Width = PassingWidth;
                way.Add(room);
            }

            block.Passing.AddRange(way);
            GraphNode[] stops = [from, .. way, to];
            edges.AddRange(stops.Zip(stops.Skip(1)));
            foreach (GraphEdge edge in same)
            {
                edge.Way = way;
            }
        }

        return edges;
    }

    private static void Order(List<List<GraphNode>> layers, List<(GraphNode From, GraphNode To)> edges)
    {
        ILookup<GraphNode, GraphNode> above = edges.ToLookup(e => e.To, e => e.From);
        ILookup<GraphNode, GraphNode> below = edges.ToLookup(e => e.From, e => e.To);
        foreach (List<GraphNode> layer in layers)
        {
            Number(layer);
        }

        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            bool down = sweep % 2 == 0;
            foreach (List<GraphNode> layer in down ? layers : layers.AsEnumerable().Reverse())
            {
                ILookup<GraphNode, GraphNode> neighbours = down ? above : below;
                List<GraphNode> sorted = [.. layer.OrderBy(n => neighbours[n].Any() ? neighbours[n].Average(m => m.Order) : n.Order)];
                layer.Clear();
                layer.AddRange(sorted);
                Number(layer);
            }
        }
    }

    // Places in a layer are shares of its length, so that layers of different lengths can be compared.
    private static void Number(List<GraphNode> layer)
    {
        for (int i = 0; i < layer.Count; i++)
        {
            layer[i].Order = (i + 0.5) / layer.Count;
        }
    }

    // A layer that is too wide, such as all declarations of a module, goes on in further rows.
    private static IEnumerable<List<GraphNode>> Rows(List<GraphNode> layer)
    {
        double widest = Math.Max(WidestRow, Math.Sqrt(layer.Sum(n => (n.Box.Width + NodeGap) * (n.Box.Height + LayerGap)) * 1.6));
        var row = new List<GraphNode>();
        double width = 0;
        foreach (GraphNode node in layer)
        {
            if (row.Count > 0 && width + node.Box.Width > widest)
            {
                yield return row;
                row = [];
                width = 0;
            }

            row.Add(node);
            width += node.Box.Width + NodeGap;
        }

        if (row.Count > 0)
        {
            yield return row;
        }
    }

    // Moves each node under the middle of what it uses, as far as its neighbours and the box allow.
    private static void Straighten(List<(List<GraphNode> Row, double Width)> rows, List<(GraphNode From, GraphNode To)> edges, double width)
    {
        ILookup<GraphNode, GraphNode> above = edges.ToLookup(e => e.To, e => e.From);
        ILookup<GraphNode, GraphNode> below = edges.ToLookup(e => e.From, e => e.To);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            ILookup<GraphNode, GraphNode> neighbours = sweep % 2 == 0 ? above : below;
            foreach ((List<GraphNode> row, double _) in sweep % 2 == 0 ? rows : rows.AsEnumerable().Reverse())
            {
                foreach (GraphNode node in row.Where(n => neighbours[n].Any()))
                {
                    node.Box.X = neighbours[node].Average(m => m.Box.CentreX) - node.Box.Width / 2;
                }

                Separate(row, width);
            }
        }
    }

    private static void Separate(List<GraphNode> row, double width)
    {
        double left = Padding;
        foreach (GraphNode node in row)
        {
            node.Box.X = Math.Max(node.Box.X, left);
            left = node.Box.X + node.Box.Width + NodeGap;
        }

        double right = width - Padding;
        foreach (GraphNode node in row.AsEnumerable().Reverse())
        {
            node.Box.X = Math.Min(node.Box.X, right - node.Box.Width);
            right = node.Box.X - NodeGap;
        }
    }

    // A node is as wide as its text and the blocks in it: those of one region below each other, regions beside each other.
    private static void Size(GraphNode node)
    {
        double text = Math.Max(Text.Width(node.Title, 13) * 1.06, node.Lines.Count == 0 ? 0 : node.Lines.Max(l => Text.Width(l, 11)));
        node.HeadHeight = Padding + TitleHeight + node.Lines.Count * LineHeight + Padding / 2;
        double x = Padding;
        double bottom = 0;
        foreach (IGrouping<Region?, GraphBlock> region in node.Blocks.GroupBy(b => b.Block.Region))
        {
            double y = node.HeadHeight;
            double width = region.Max(b => b.Box.Width);
            foreach (GraphBlock block in region)
            {
                (block.Box.X, block.Box.Y, block.Box.Width) = (x, y, block.Box.Width);
                block.Box.X += (width - block.Box.Width) / 2;
                y += block.Box.Height + BlockGap;
            }

            x += width + Padding;
            bottom = Math.Max(bottom, y - BlockGap);
        }

        node.Box.Width = Math.Max(text + 2 * Padding, node.Blocks.Count > 0 ? x : 0);
        node.Box.Height = node.Blocks.Count > 0 ? bottom + Padding : node.HeadHeight;
        double spare = node.Box.Width - x;
        foreach (GraphBlock block in spare > 0 ? node.Blocks : [])
        {
            block.Box.X += spare / 2;
        }
    }

    // From places inside the box around to places in the drawing; each node before those inside it.
    private void Place(GraphNode root, double x, double y)
    {
        (root.Box.X, root.Box.Y) = (x, y);
        foreach (GraphNode node in model.Nodes)
        {
            foreach (GraphBlock block in node.Blocks)
            {
                (block.Box.X, block.Box.Y) = (block.Box.X + node.Box.X, block.Box.Y + node.Box.Y);
                foreach (GraphNode inner in block.Placed)
                {
                    (inner.Box.X, inner.Box.Y) = (inner.Box.X + block.Box.X, inner.Box.Y + block.Box.Y);
                }
            }
        }
    }
}
