using System.Globalization;

namespace Orchestrator.IR.View;

/// <summary>Chooses what is drawn of an operation: as many operations as are allowed, outer ones first, and the edges between them.</summary>
internal sealed class GraphModel
{
    private const int LongestTitle = 60;
    private const int LongestLine = 46;
    private const int MostLines = 4;
    private const int MostArguments = 24;
    private static readonly string[] KeyAttributes = ["sym_name", "callee", "model", "tool", "graph", "index", "memory", "name", "ref", "target", "kind", "value", "predicate", "step", "service", "parts", "type"];
    private readonly Dictionary<Operation, GraphNode> _nodes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Block, GraphBlock> _blocks = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<BlockArgument, GraphNode> _arguments = new(ReferenceEqualityComparer.Instance);

    public GraphModel(Operation root, GraphOptions options)
    {
        Root = new GraphNode(root, null);
        Describe(Root, root);
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
            foreach (Region region in top.Node.Op?.Regions ?? default)
            {
                foreach (Block block in region.Blocks)
                {
                    GraphBlock box = Enter(block, region, top.Node);
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
                        Describe(node, op);
                        _nodes.Add(op, node);
                        box.Nodes.Add(node);
                        open.Enqueue((node, top.Depth + 1));
                    }
                }
            }
        }
    }

    private GraphBlock Enter(Block block, Region region, GraphNode owner)
    {
        var box = new GraphBlock(block, owner) { Label = LabelOf(block, region) };
        _blocks.Add(block, box);
        owner.Blocks.Add(box);
        foreach (BlockArgument argument in block.Arguments.Take(MostArguments))
        {
            string title = $"arg{argument.Index.ToString(CultureInfo.InvariantCulture)}: {argument.Type}";
            var node = new GraphNode(null, box) { Title = Shorten(title, LongestLine / 2), Tooltip = title };
            _arguments.Add(argument, node);
            box.Arguments.Add(node);
        }

        return box;
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
        foreach ((Operation op, GraphNode node) in _nodes)
        {
            foreach (Value operand in op.Operands)
            {
                GraphNode? from = operand is BlockArgument argument ? _arguments.GetValueOrDefault(argument) : operand.DefiningOp is { } made ? _nodes.GetValueOrDefault(made) : null;
                if (from is not null)
                {
                    Add(new GraphEdge(from, node, null, $"{Name(operand)} : {operand.Type}"), options);
                }
            }

            foreach (Block successor in op.Successors)
            {
                if (_blocks.GetValueOrDefault(successor) is { } to)
                {
                    Add(new GraphEdge(node, null, to, $"to {to.Label}"), options);
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
        bool single = region.First is { Next: null };
        int number = 0;
        for (Block? before = block.Previous; before is not null; before = before.Previous)
        {
            number++;
        }

        string more = block.Arguments.Count > MostArguments ? $"and {(block.Arguments.Count - MostArguments).ToString(CultureInfo.InvariantCulture)} more arguments" : "";
        return single ? more : $"^bb{number.ToString(CultureInfo.InvariantCulture)} {more}".TrimEnd();
    }

    private static void Describe(GraphNode node, Operation op)
    {
        node.Title = op.Name.Text;
        IEnumerable<NamedAttr> own = op.Properties is DictionaryAttr properties ? properties.Entries : [];
        List<NamedAttr> attributes = [.. own.Concat(op.Attributes.Entries)];
        NamedAttr symbol = attributes.Find(a => a.Name == "sym_name");
        if (symbol.Value is StringAttr { Value: var name })
        {
            node.Title = Shorten($"{op.Name.Text} @{name}", LongestTitle);
        }

        foreach (NamedAttr attribute in attributes.Where(a => a.Name != "sym_name" && a.Value is not DictionaryAttr { Count: 0 }).OrderBy(a => Priority(a.Name)).Take(MostLines - 1))
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
