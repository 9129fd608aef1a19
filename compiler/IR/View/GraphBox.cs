namespace Orchestrator.IR.View;

/// <summary>A place and size in the drawing, in pixels from the upper left.</summary>
internal sealed class GraphBox
{
    public double X { get; set; }

    public double Y { get; set; }

    public double Width { get; set; }

    public double Height { get; set; }

    public double CentreX => X + Width / 2;

    public double Bottom => Y + Height;
}

/// <summary>
/// What takes a place in a layer: an operation with a title, a few lines and boxes for the blocks inside it, an argument of the block, or nothing
/// but room for a line that passes.
/// </summary>
internal sealed class GraphNode(Operation? op, GraphBlock? parent)
{
    /// <summary>The operation, or null for an argument or passing line.</summary>
    public Operation? Op { get; } = op;

    /// <summary>The block box in which it is drawn; null for the root.</summary>
    public GraphBlock? Parent { get; } = parent;

    public GraphBox Box { get; } = new();

    public string Title { get; set; } = "";

    public List<string> Lines { get; } = [];

    /// <summary>All of the operation's own line of text, for the tooltip.</summary>
    public string Tooltip { get; set; } = "";

    public List<GraphBlock> Blocks { get; } = [];

    /// <summary>The layer in its block, from the top.</summary>
    public int Rank { get; set; }

    /// <summary>The place in its layer.</summary>
    public double Order { get; set; }

    /// <summary>The height of title and lines, without the blocks.</summary>
    public double HeadHeight { get; set; }
}

/// <summary>A block as it is drawn: a box with its arguments on top and its operations in layers.</summary>
internal sealed class GraphBlock(Block block, GraphNode owner)
{
    public Block Block { get; } = block;

    public GraphNode Owner { get; } = owner;

    public GraphBox Box { get; } = new();

    /// <summary>What is written at its upper edge; empty for the only block of a region without arguments.</summary>
    public string Label { get; set; } = "";

    /// <summary>The arguments that are drawn.</summary>
    public List<GraphNode> Arguments { get; } = [];

    /// <summary>The operations that are drawn.</summary>
    public List<GraphNode> Nodes { get; } = [];

    /// <summary>Room for passing lines.</summary>
    public List<GraphNode> Passing { get; } = [];

    /// <summary>All that takes a place in a layer.</summary>
    public IEnumerable<GraphNode> Placed => Arguments.Concat(Nodes).Concat(Passing);

    /// <summary>How many operations of it are left out.</summary>
    public int LeftOut { get; set; }
}

/// <summary>A value from where it is made to where it is used, or control from a block's end to a block.</summary>
internal sealed record GraphEdge(GraphNode From, GraphNode? ToNode, GraphBlock? ToBlock, string Tooltip)
{
    /// <summary>Whether it is control rather than a value.</summary>
    public bool IsControl => ToBlock is not null;

    /// <summary>The places between the layers that the line passes through, from the top.</summary>
    public IReadOnlyList<GraphNode> Way { get; set; } = [];
}
