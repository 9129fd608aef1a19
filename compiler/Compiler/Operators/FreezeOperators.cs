using System.Collections.Immutable;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Operators;

/// <summary>
/// Stage 5 for an imported model: the operations of its only function become tasks. Views do no work and are where their data is. An operator by elements
/// runs with the operator whose result only it reads, and operators by elements or rows that only feed one another run as one, as runtimes fuse them.
/// What follows from inputs alone without weights is computed wherever it is read.
/// </summary>
internal sealed class FreezeOperators
{
    private readonly Dictionary<Value, (int Step, int Result)> _made = [];
    private readonly Dictionary<Value, double> _constants = [];
    private readonly List<FrozenStep> _steps = [];
    private readonly List<string> _unknown = [];
    private int _behind;

    /// <summary>The operators of a module that an importer made.</summary>
    public static OperatorGraph Run(Operation module)
    {
        var freeze = new FreezeOperators();
        Operation function = module.Regions[0].EnsureBlock().Operations.First(o => o.Name.Text == "func.func");
        foreach (Operation op in function.Regions[0].EnsureBlock().Operations)
        {
            freeze.Add(op);
        }

        return freeze.Graph(module.SymbolName ?? "model") with { Inference = module.GetAttr<StringAttr>("inference")?.Value ?? "" };
    }

    /// <summary>Bytes of a value; null when its size is not known.</summary>
    internal static double? BytesOf(IRType type) => type is ShapedType { HasStaticShape: true } shaped && BitsOf(shaped.Element) is { } bits
        ? shaped.ElementCount * (double)bits / 8
        : null;

    private void Add(Operation op)
    {
        string name = op.Name.Text;
        if (name == "func.return" || op.Results.Count == 0)
        {
            return;
        }

        string kind = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        kind = kind == "Custom" ? op.GetAttr<StringAttr>("function_name")?.Value ?? kind : kind;
        if (kind == "NoValue")
        {
            return;
        }

        Value[] operands = [.. op.Operands.Where(o => o.Type is ShapedType)];
        bool host = kind is "Shape" or "Size" || (operands.All(_constants.ContainsKey) && kind != "Constant" && op.Results.All(r => r.Type is ShapedType { HasStaticShape: true, ElementCount: <= 4096 }));
        if (kind == "Constant" || host)
        {
            foreach (OpResult result in op.Results)
            {
                _constants[result] = host ? 0 : BytesOf(result.Type) ?? 0;
            }

            return;
        }

        if (OperatorKinds.IsView(kind))
        {
            (Value from, OpResult to) = (operands[0], op.Results[0]);
            if (_made.TryGetValue(from, out (int, int) made))
            {
                _made[to] = made;
            }
            else if (_constants.TryGetValue(from, out double bytes))
            {
                _constants[to] = bytes;
            }

            return;
        }

        Step(op, kind, operands);
    }

    private void Step(Operation op, string kind, Value[] operands)
    {
        string name = op.GetAttr<StringAttr>("onnx_node_name")?.Value ?? kind;
        if (operands.Any(v => BytesOf(v.Type) is null))
        {
            _behind++;
        }
        else if (op.Results.Any(v => BytesOf(v.Type) is null))
        {
            _unknown.Add($"{name} ({kind}): the size of what it writes does not follow from the file");
        }

        var step = new FrozenStep(_steps.Count, name, kind, OperatorWork.Of(op, kind, operands, _constants.ContainsKey));
        foreach (Value operand in operands)
        {
            if (_made.TryGetValue(operand, out (int Step, int Result) made))
            {
                step.Reads[made] = BytesOf(operand.Type) ?? 0;
            }
            else if (_constants.TryGetValue(operand, out double bytes))
            {
                step.Constants += bytes;
            }
            else
            {
                step.Given += kind == "Attention" ? 0 : BytesOf(operand.Type) ?? 0;
                step.Kept += kind == "Attention" ? BytesOf(operand.Type) ?? 0 : 0;
            }
        }

        for (int i = 0; i < op.Results.Count; i++)
        {
            _made[op.Results[i]] = (step.Id, i);
            step.Written += BytesOf(op.Results[i].Type) ?? 0;
        }

        _steps.Add(step);
    }

    private OperatorGraph Graph(string name)
    {
        List<FrozenStep>[] groups = OperatorFusion.Run(_steps);
        int[] groupOf = new int[_steps.Count];
        Array.Fill(groupOf, -1);
        for (int g = 0; g < groups.Length; g++)
        {
            groups[g].ForEach(s => groupOf[s.Id] = g);
        }

        var tasks = ImmutableArray.CreateBuilder<OperatorTask>();
        var edges = ImmutableArray.CreateBuilder<OperatorEdge>();
        for (int g = 0; g < groups.Length; g++)
        {
            var outside = new Dictionary<(int Step, int Result), double>();
            foreach (((int Step, int Result) from, double bytes) in groups[g].SelectMany(s => s.Reads))
            {
                if (groupOf[from.Step] != g)
                {
                    outside[from] = Math.Max(outside.GetValueOrDefault(from), bytes);
                }
            }

            // What is computed where it is read is no task: its data comes with its reader.
            foreach (var from in outside.Where(o => groupOf[o.Key.Step] >= 0).GroupBy(o => groupOf[o.Key.Step]).OrderBy(f => f.Key))
            {
                edges.Add(new OperatorEdge(from.Key, g, new Bytes(from.Sum(f => f.Value))));
            }

            tasks.Add(Task(groups[g], outside.Values.Sum()));
        }

        return new OperatorGraph(name, tasks.ToImmutable(), edges.ToImmutable(), _steps.Count, Live(tasks, edges, groups),
            [.. _unknown, .. _behind > 0 ? new[] { $"{_behind} operators read what is not known: of them a launch is counted and what is known of their weights" } : []]);
    }

    private static OperatorTask Task(List<FrozenStep> group, double read)
    {
        FrozenStep main = group.MaxBy(s => (s.Work.Flops, s.Constants, -s.Id))!; // a group has a step
        double constants = group.Sum(s => s.Work.Rows is { } rows ? Math.Min(s.Constants, rows) : s.Constants);
        double traffic = read + constants + group.Sum(s => s.Given + s.Kept) + group[^1].Written;
        return new OperatorTask(main.Name, main.Kind, new Workload
        {
            Kind = WorkKind.Compute,
            Executor = "onnx",
            Arithmetic = new Flops(group.Sum(s => s.Work.Flops)),
            Traffic = new Bytes(traffic),
            Resident = new Bytes(group.Sum(s => s.Constants + s.Kept)),
        })
        {
            Matrix = main.Work.Matrix,
            Attention = main.Work.Attention,
            Vector = group.Count == 1 ? main.Work.Vector : null,
            Size = main.Work.Size,
            Format = main.Work.Format,
            Operators = group.Count,
        };
    }

    // In the model's order: a result lives until its last reader has run.
    private static Bytes Live(IReadOnlyList<OperatorTask> tasks, IReadOnlyList<OperatorEdge> edges, List<FrozenStep>[] groups)
    {
        int[] last = [.. Enumerable.Range(0, tasks.Count)];
        foreach (OperatorEdge edge in edges)
        {
            last[edge.From] = Math.Max(last[edge.From], edge.To);
        }

        double[] freed = new double[tasks.Count + 1];
        (double live, double most) = (0, 0);
        for (int t = 0; t < tasks.Count; t++)
        {
            live += groups[t][^1].Written;
            most = Math.Max(most, live);
            freed[last[t]] += groups[t][^1].Written;
            live -= freed[t];
        }

        return new Bytes(most);
    }

    private static int? BitsOf(IRType element) => element switch
    {
        IntegerType { Width: 1 } => 8,
        IntegerType integer => integer.Width,
        FloatType { Name: "f4E2M1FN" } => 4,
        FloatType { Name: "f6E2M3FN" or "f6E3M2FN" } => 6,
        FloatType { Name: "bf16" or "f16" } => 16,
        FloatType { Name: "f32" or "tf32" } => 32,
        FloatType { Name: "f64" } => 64,
        FloatType { Name: ['f', '8', 'E', ..] } => 8,
        _ => null,
    };
}

/// <summary>An operation that does work, before operators are joined.</summary>
internal sealed class FrozenStep(int id, string name, string kind, OperatorWork work)
{
    /// <summary>Its number in the model's order.</summary>
    public int Id { get; } = id;

    /// <summary>Name in the model.</summary>
    public string Name { get; } = name;

    /// <summary>ONNX's name of the operator.</summary>
    public string Kind { get; } = kind;

    /// <summary>Its arithmetic.</summary>
    public OperatorWork Work { get; } = work;

    /// <summary>Bytes by step and result that it reads.</summary>
    public Dictionary<(int Step, int Result), double> Reads { get; } = [];

    /// <summary>Bytes of weights.</summary>
    public double Constants { get; set; }

    /// <summary>Bytes of the model's inputs that it reads.</summary>
    public double Given { get; set; }

    /// <summary>Bytes of keys and values of earlier tokens.</summary>
    public double Kept { get; set; }

    /// <summary>Bytes that it writes.</summary>
    public double Written { get; set; }
}
