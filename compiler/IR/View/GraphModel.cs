using System.Globalization;

namespace Orchestrator.IR.View;

/// <summary>Chooses what is drawn of an operation: as many operations as are allowed, outer ones first, and the edges between them.</summary>
internal sealed class GraphModel
{
    private const int LongestTitle = 60;
    private const int LongestLine = 46;
    private const int MostLines = 4;
    private static readonly string[] KeyAttributes = ["sym_name", "callee", "model", "tool", "graph", "index", "memory", "name", "kind", "value", "predicate", "step", "service", "parts"];
    private readonly Dictionary<Operation, GraphNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, GraphBlock> _blocks = new(ReferenceEqualityComparer.Instance);

    public GraphModel(Operation root, GraphOptions options)
    {
        Root = new GraphNode(root, null);
        Describe(Root);
        _nodes.Add(root, Root);
        Fill(options);
        Connect(options);
    }

    public GraphNode Root { get; }

    /// <summary>All nodes, each before those inside it.</summary>
    public List<GraphNode> Nodes { get; } = [];

    public List<GraphEdge> Edges { get; } = [];

    /// <summary>Operations that are not drawn.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Edges that are not drawn though both of their ends are.</summary>
    public int EdgesLeftOut { get; private set; }

    // Level by level, so that what is left out of a huge module is what is deep inside it.
    private void Fill(GraphOptions options)
    {
        var open = new Queue<(GraphNode Node, int Depth)>([(Root, 0)]);
        int budget = options.OperationsMax;
        while (open.TryDequeue(out (GraphNode Node, int Depth) top))
        {
            Nodes.Add(top.Node);
            foreach (Region region in top.Node.Op.Regions)
            {
                foreach (Block block in region.Blocks)
                {
                    var box = new GraphBlock(block, top.Node);
                    box.Label = LabelOf(block, region);
                    _blocks.Add(block, box);
                    top.Node.Blocks.Add(box);
                    foreach (Operation op in block.Operations)
                    {
                        if (budget == 0 || top.Depth >= options.DepthMax)
                        {
                            box.LeftOut++;
                            LeftOut += 1 + Inside(op);
                            continue;
                        }

                        budget--;
                        var node = new GraphNode(op, box);
                        Describe(node);
                        _nodes.Add(op, node);
                        box.Nodes.Add(node);
                        open.Enqueue((node, top.Depth + 1));
                    }
                }
            }
        }
    }

    private static int Inside(Operation op)
    {
        int count = -1;
        foreach (Operation _ in op.Walk())
        {
            count++;
        }

        return count;
    }

    private void Connect(GraphOptions options)
    {
        foreach (GraphNode node in Nodes)
        {
            foreach (Value operand in node.Op.Operands)
            {
                GraphNode? from = operand.DefiningOp is { } op ? _nodes.GetValueOrDefault(op) : null;
                GraphBlock? block = operand is BlockArgument argument ? _blocks.GetValueOrDefault(argument.Owner) : null;
                if (from is not null || block is not null)
                {
                    Add(new GraphEdge(from, block, node, null, $"{Name(operand)} : {operand.Type}", false), options);
                }
            }

            foreach (Block successor in node.Op.Successors)
            {
                if (_blocks.GetValueOrDefault(successor) is { } to)
                {
                    Add(new GraphEdge(node, null, null, to, $"to {to.Label}", true), options);
                }
            }
        }
    }

    private void Add(GraphEdge edge, GraphOptions options)
    {
        if (Edges.Count < options.EdgesMax)
        {
            Edges.Add(edge);
        }
        else
        {
            EdgesLeftOut++;
        }
    }

    private static string Name(Value value) => value switch
    {
        OpResult result => $"result {result.Index.ToString(CultureInfo.InvariantCulture)} of {result.Owner.Name.Text}",
        BlockArgument argument => $"argument {argument.Index.ToString(CultureInfo.InvariantCulture)}",
        _ => "value",
    };

    private static string LabelOf(Block block, Region region)
    {
        string arguments = string.Join(", ", block.Arguments.Select((a, i) => $"arg{i.ToString(CultureInfo.InvariantCulture)}: {a.Type}"));
        bool single = region.First is { Next: null };
        int number = 0;
        for (Block? before = block.Previous; before is not null; before = before.Previous)
        {
            number++;
        }

        string name = single ? "" : "^bb" + number.ToString(CultureInfo.InvariantCulture);
        return Shorten(arguments.Length == 0 ? name : name.Length == 0 ? arguments : $"{name}({arguments})", LongestTitle);
    }

    private static void Describe(GraphNode node)
    {
        Operation op = node.Op;
        node.Title = op.Name.Text;
        IEnumerable<NamedAttr> own = op.Properties is DictionaryAttr properties ? properties.Entries : [];
        List<NamedAttr> attributes = [.. own.Concat(op.Attributes.Entries)];
        NamedAttr symbol = attributes.Find(a => a.Name == "sym_name");
        if (symbol.Value is StringAttr { Value: var name })
        {
            node.Title = Shorten($"{op.Name.Text} @{name}", LongestTitle);
        }

        foreach (NamedAttr attribute in attributes.Where(a => a.Name != "sym_name").OrderBy(a => Priority(a.Name)).Take(MostLines - 1))
        {
            node.Lines.Add(Shorten(attribute.Value is UnitAttr ? attribute.Name : $"{attribute.Name} = {attribute.Value}", LongestLine));
        }

        if (op.Results.Count > 0)
        {
            node.Lines.Add(Shorten("→ " + string.Join(", ", op.Results.Select(r => r.Type.ToString())), LongestLine));
        }

        string all = string.Join('\n', attributes.Select(a => $"{a.Name} = {Shorten(a.Value.ToString() ?? "", 300)}"));
        node.Tooltip = $"{op.Name.Text}{(op.Info is { Summary.Length: > 0 } info ? "\n" + info.Summary : "")}{(all.Length > 0 ? "\n" + all : "")}{(op.Results.Count > 0 ? "\n→ " + string.Join(", ", op.Results.Select(r => r.Type.ToString())) : "")}";
    }

    private static int Priority(string name) => Array.IndexOf(KeyAttributes, name) is >= 0 and int index ? index : KeyAttributes.Length;

    private static string Shorten(string text, int length) => text.Length <= length ? text : string.Concat(text.AsSpan(0, length - 1), "…");
}
