using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>
/// Walks one workflow region by region and numbers values, steps, regions and tasks in written order. Recursion follows the nesting of
/// control, which <see cref="Freeze.DepthLimit"/> bounds.
/// </summary>
internal sealed partial class GraphFreezer(SymbolTable symbols, Func<string, double?> kvBytesPerToken, DiagnosticBag mistakes)
{
    private readonly List<Step> _steps = [];
    private readonly List<StepRegion> _regions = [];
    private readonly List<GraphTask> _tasks = [];
    private readonly List<GraphInput> _inputs = [];
    private readonly List<PromiseClause> _promises = [];
    private readonly Dictionary<Value, int> _values = [];
    private readonly HashSet<string> _stepNames = new(StringComparer.Ordinal);
    private readonly HashSet<string> _usedSymbols = new(StringComparer.Ordinal);
    private readonly TaskEdges _edges = new();
    private readonly TokenCounts _tokens = new();

    // For the workflow being walked: what its inputs are bound to, empty for the outermost one.
    private readonly Stack<ImmutableDictionary<string, int>> _bound = new();
    private int _valueCount;
    private int _depth;

    public TaskGraph Freeze(Operation graph, IReadOnlyList<Operation> topLevel)
    {
        _bound.Push(ImmutableDictionary<string, int>.Empty);
        AddRegion(graph.Regions[0], parent: -1, new Frequency(1, 1, 1, true));
        return new TaskGraph
        {
            Name = graph.SymbolName ?? "workflow",
            ResultType = graph.GetAttr<TypeAttr>("result_type") is { } type ? FlowType.Text(type.Type) : "json",
            Inputs = [.. _inputs],
            Declarations = [.. topLevel.Where(op => op.SymbolName is { } s && _usedSymbols.Contains(s)).Select(Declare).OfType<Declaration>()],
            Steps = [.. _steps],
            Regions = [.. _regions],
            Tasks = [.. _tasks],
            Edges = _edges.ToEdges(),
            Promises = [.. _promises],
            ValueCount = _valueCount,
        };
    }

    private int AddRegion(Region region, int parent, Frequency frequency, int comesFrom = -1)
    {
        int id = _regions.Count;
        Block? block = region.First;
        ImmutableArray<int> arguments = block is null ? [] : [.. block.Arguments.Select(Define)];
        if (comesFrom >= 0)
        {
            foreach (int argument in arguments)
            {
                _edges.Note(argument, _edges.SourcesOf(comesFrom));
                _tokens.Note(argument, _tokens.Of(comesFrom));
            }
        }

        _regions.Add(new StepRegion(id, parent, arguments, [], [], frequency.Probability, frequency.Expected, frequency.Bound, frequency.Known));
        if (++_depth > Stages.Freeze.DepthLimit)
        {
            mistakes.Error("ORC4002", $"control is nested more than {Stages.Freeze.DepthLimit} deep", region.Parent?.Span ?? default, "move inner parts into workflows of their own, without recursion");
        }
        else if (block is not null)
        {
            Fill(id, block);
        }

        _depth--;
        return id;
    }

    private void Fill(int region, Block block)
    {
        var order = new EffectOrder();
        var pieces = new List<Operation>();
        foreach (Operation op in block.Operations)
        {
            if (_steps.Count > Stages.Freeze.StepLimit)
            {
                mistakes.Error("ORC4002", $"the workflow has more than {Stages.Freeze.StepLimit} steps", op.Span, "use map over a list instead of writing each call");
                return;
            }

            switch (op.Name.Text)
            {
                case "agent.yield":
                case "agent.until":
                    _regions[region] = _regions[region] with { Yield = [.. op.Operands.Select(ValueOf)] };
                    break;
                case "agent.promise":
                    _promises.Add(PromiseOf(op, region));
                    break;
                case "agent.input" when _bound.Peek().TryGetValue(op.GetAttr<StringAttr>("name")?.Value ?? "", out int bound):
                    _values[op.Result] = bound;
                    break;
                default:
                    AddOperation(op, region, pieces, order);
                    break;
            }
        }
    }

    private void AddOperation(Operation op, int region, List<Operation> pieces, EffectOrder order)
    {
        if (op.GetAttr<StringAttr>("step") is not null)
        {
            pieces.Add(op);
            if (op.GetAttr<DictionaryAttr>("call") is not null)
            {
                AddPieces(pieces, region, order);
                pieces.Clear();
            }

            return;
        }

        if (op.Name.Text == "agent.input" && _bound.Count > 1)
        {
            AddUnboundInput(op, region);
            return;
        }

        if (op.Name.Text == "agent.input")
        {
            _inputs.Add(new GraphInput(op.GetAttr<StringAttr>("name")?.Value ?? "", FlowType.Text(op.Result.Type),
                op.GetAttr("default") is { } usual ? AttrJson.From(usual) : null));
        }

        StepKind kind = KindOf(op);
        string? service = ServiceOf(op);
        int id = AddStep(kind, NameOf(op), region, op.Operands.Select(ValueOf), op.Results.Count > 0 ? op.Result : null, service, Attributes(op), op);
        if (kind == StepKind.Human)
        {
            AddHumanTask(op, id);
        }

        AddChildren(op, id, kind);
        _steps[id] = _steps[id] with { After = order.Enter(id, Touched(id)) };
        NoteResult(op, id);
    }

    private void AddChildren(Operation op, int id, StepKind kind)
    {
        var children = ImmutableArray.CreateBuilder<int>();
        if (kind == StepKind.Block)
        {
            children.Add(AddInvoked(op, id));
        }
        else
        {
            for (int i = 0; i < op.Regions.Count; i++)
            {
                children.Add(AddRegion(op.Regions[i], id, Frequency.Of(op, i), ArgumentSource(id, kind, children)));
            }

            if (kind == StepKind.Loop && op.Regions[0].First?.Last is { } until && until.Name.Text == "agent.until")
            {
                children.Add(AddRegion(until.Regions[0], id, Frequency.Of(op, 1)));
            }
        }

        _steps[id] = _steps[id] with { Regions = children.ToImmutable() };
    }

    // An input of a called workflow that the caller left out has its default, or is absent.
    private void AddUnboundInput(Operation op, int region)
    {
        JsonElement value = op.GetAttr("default") is { } usual ? AttrJson.From(usual) : JsonDocument.Parse("null").RootElement;
        var attributes = ImmutableSortedDictionary.Create<string, JsonElement>(StringComparer.Ordinal).Add("value", value);
        AddStep(StepKind.Constant, NameOf(op), region, [], op.Result, null, attributes, op);
    }

    // The value that a region's argument is or is an element of: the list, the state, the candidate; -1 when it has none.
    private int ArgumentSource(int id, StepKind kind, ImmutableArray<int>.Builder before) => kind switch
    {
        StepKind.Map or StepKind.Gather or StepKind.Loop => _steps[id].Operands[0],
        StepKind.Best when before.Count == 1 => _regions[before[0]].Yield[0],
        _ => -1,
    };

    // A workflow called from a workflow: its body is copied with its inputs bound to the caller's values.
    private int AddInvoked(Operation op, int id)
    {
        string callee = op.GetAttr<SymbolRefAttr>("graph")?.Root ?? "";
        if (symbols.Find(callee) is not { } graph || op.GetAttr<ArrayAttr>("arg_names")?.AsStrings() is not { } names)
        {
            mistakes.Error("ORC4003", $"there is no workflow '{callee}' to call", op.Span, NearestName.Suggest(callee, symbols.Names) ?? "define it in this file or import it");
            return AddRegion(new Region(), id, new Frequency(1, 1, 1, true));
        }

        _bound.Push(names.Select((name, i) => (name, _steps[id].Operands[i])).ToImmutableDictionary(p => p.name, p => p.Item2, StringComparer.Ordinal));
        Dictionary<Value, int> outer = new(_values);
        int region = AddRegion(graph.Regions[0], id, new Frequency(1, 1, 1, true));
        _values.Clear();
        foreach ((Value value, int number) in outer)
        {
            _values[value] = number;
        }

        _bound.Pop();
        return region;
    }

    private int AddStep(
        StepKind kind, string name, int region, IEnumerable<int> operands, Value? result, string? service,
        ImmutableSortedDictionary<string, JsonElement> attributes, Operation op)
    {
        int id = _steps.Count;
        if (service is not null)
        {
            _usedSymbols.Add(service);
        }

        _steps.Add(new Step(id, kind, Unique(name), region, [.. operands], result is null ? _valueCount++ : Define(result), [], service, [], attributes,
            result is null ? "none" : FlowType.Text(result.Type), op.Span.ToString()));
        _regions[region] = _regions[region] with { Steps = _regions[region].Steps.Add(id) };
        return id;
    }

    // The services whose written order matters that a step, or anything inside it, uses.
    private HashSet<string> Touched(int id)
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<int>([id]);
        while (open.TryPop(out int at))
        {
            Step step = _steps[at];
            if (step.Service is { } service && HasEffect(step, service))
            {
                touched.Add(service);
            }

            foreach (int region in step.Regions)
            {
                foreach (int inner in _regions[region].Steps)
                {
                    open.Push(inner);
                }
            }
        }

        return touched;
    }

    private bool HasEffect(Step step, string service) => step.Kind is StepKind.Recall or StepKind.Remember
        || (step.Kind == StepKind.Tool && symbols.Find(service)?.GetAttr<StringAttr>("effects")?.Value is null or "effect");

    private int Define(Value value) => _values[value] = _valueCount++;

    private int ValueOf(Value value) => _values.TryGetValue(value, out int number)
        ? number
        : throw new InvalidOperationException("a value is used before it is defined; the verifier should have said so");

    private string Unique(string name)
    {
        string unique = name;
        for (int n = 2; !_stepNames.Add(unique); n++)
        {
            unique = FormattableString.Invariant($"{name}#{n}");
        }

        return unique;
    }
}
