using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Pieces of decomposed calls: one step, and a task for each piece that can be placed by itself.</summary>
internal sealed partial class GraphFreezer
{
    // Gates, merges, collectives, tokenizers and the KV transfer ride with the phase beside them: no plan would put them anywhere else,
    // and the transfer is an edge between two tasks.
    private static readonly ImmutableDictionary<string, (WorkKind Kind, string Phase)> Placeable =
        new Dictionary<string, (WorkKind, string)>
        {
            ["model.prefill"] = (WorkKind.Prefill, "prefill"),
            ["model.decode"] = (WorkKind.Decode, "decode"),
            ["model.encode"] = (WorkKind.Encode, "encode"),
            ["task.lookup"] = (WorkKind.Lookup, "lookup"),
            ["task.compute"] = (WorkKind.Compute, "compute"),
        }.ToImmutableDictionary(StringComparer.Ordinal);

    private void AddPieces(List<Operation> pieces, int region, EffectOrder order)
    {
        Operation last = pieces[^1];
        DictionaryAttr call = last.GetAttr<DictionaryAttr>("call")!; // The caller looked.
        int[] operands = [.. pieces[0].Operands.Select(ValueOf)]; // The first piece reads what the call read.
        StepKind kind = Enum.Parse<StepKind>(call.Get<StringAttr>("kind")?.Value ?? nameof(StepKind.Call));
        string service = last.GetAttr<SymbolRefAttr>("service")?.Root ?? "";
        string name = last.GetAttr<StringAttr>("step")?.Value ?? service;
        var attributes = AttrJson.From(call).EnumerateObject().Where(p => p.Name != "kind")
            .ToImmutableSortedDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
        if (call.Get<TypeAttr>("as") is { } structured)
        {
            attributes = attributes.SetItem("schema", FlowType.Schema(structured.Type));
        }

        int id = AddStep(kind, name, region, operands, last.Results.Count > 0 ? last.Result : null, service, attributes, last);
        _steps[id] = _steps[id] with { After = order.Enter(id, Touched(id)) };
        AddTasks(pieces, id, attributes);
    }

    private void AddTasks(List<Operation> pieces, int step, ImmutableSortedDictionary<string, JsonElement> attributes)
    {
        TokenCount read = TokensRead(step, attributes);
        TokenCount written = TokensWritten(step, attributes);
        Operation[] placed = [.. pieces.Where(p => Placeable.ContainsKey(p.Name.Text))];
        int previous = -1;
        foreach (Operation piece in placed)
        {
            (WorkKind kind, string phase) = Placeable[piece.Name.Text];
            string service = piece.GetAttr<SymbolRefAttr>("service")?.Root ?? "";
            _usedSymbols.Add(service);
            string name = placed.Length == 1 ? _steps[step].Name : $"{_steps[step].Name}.{phase}";
            Workload work = WorkloadOf(kind, service, read, written);
            int task = AddTask(name, step, phase, service, work, attributes);
            if (previous < 0)
            {
                Connect(step, task);
            }
            else
            {
                double? data = kind == WorkKind.Decode && work.Model is { } model ? kvBytesPerToken(model) * read.Tokens : read.Data;
                _edges.Add(previous, task, data, streams: false);
            }

            previous = task;
        }

        int result = _steps[step].Result;
        _edges.Note(result, previous < 0 ? SourcesOfOperands(step) : [previous]);
        _tokens.Note(result, written);
    }

    private int AddTask(string name, int step, string phase, string service, Workload work, ImmutableSortedDictionary<string, JsonElement> attributes)
    {
        int id = _tasks.Count;
        _tasks.Add(new GraphTask(id, name, step, phase, service, work, Executions(step), TextOf(attributes, "on"), TextOf(attributes, "never_leaves"))
        {
            Near = TextOf(attributes, "near"),
            Apart = TextOf(attributes, "apart"),
        });
        return id;
    }

    private void AddHumanTask(Operation op, int step)
    {
        var work = new Workload { Kind = WorkKind.Wait, Executor = "human", Timeout = op.GetAttr<IntegerAttr>("timeout_us") is { } t ? Seconds.FromMicroseconds(t.Value) : null };
        int task = AddTask(_steps[step].Name, step, "wait", "human", work, _steps[step].Attributes);
        Connect(step, task);
        _edges.Note(_steps[step].Result, [task]);
    }

    private void Connect(int step, int task)
    {
        foreach (int operand in _steps[step].Operands)
        {
            _edges.Connect(operand, task, _tokens.Of(operand).Data, _steps[step].Type is "text" or "audio");
        }
    }

    private ImmutableSortedSet<int> SourcesOfOperands(int step) =>
        [.. _steps[step].Operands.SelectMany(_edges.SourcesOf)];

    private double Executions(int step)
    {
        double executions = 1;
        for (int region = _steps[step].Region; region >= 0;)
        {
            StepRegion at = _regions[region];
            executions *= at.Probability * at.ExpectedRuns;
            region = at.Parent < 0 ? -1 : _steps[at.Parent].Region;
        }

        return executions;
    }

    private TokenCount TokensRead(int step, ImmutableSortedDictionary<string, JsonElement> attributes)
    {
        if (NumberOf(attributes, "expect_in") is { } expected)
        {
            return TokenCount.Exactly(expected);
        }

        TokenCount sum = TokenCount.Exactly(0);
        foreach (int operand in _steps[step].Operands)
        {
            sum += _tokens.Of(operand);
        }

        return sum;
    }

    private TokenCount TokensWritten(int step, ImmutableSortedDictionary<string, JsonElement> attributes)
    {
        if (NumberOf(attributes, "expect_out") is { } expected)
        {
            return TokenCount.Exactly(expected);
        }

        if (NumberOf(attributes, "max_tokens") is { } bound)
        {
            return TokenCount.AtMost(bound);
        }

        return _steps[step].Kind == StepKind.Lookup && NumberOf(attributes, "top") is { } top
            && _steps[step].Service is { } index && OptionOf(index, "chunk") is { } chunk
            ? TokenCount.AtMost(top * chunk)
            : TokenCount.Unknown;
    }

    private Workload WorkloadOf(WorkKind kind, string service, TokenCount read, TokenCount written)
    {
        Operation? declaration = symbols.Find(service);
        bool model = declaration?.Name.Text == "agent.declare_model";
        string flavour = declaration?.GetAttr<StringAttr>("kind")?.Value ?? "";
        return new Workload
        {
            Kind = kind,
            Executor = kind == WorkKind.Encode ? "encoder" : model ? "llm" : declaration?.Name.Text == "agent.declare_index" ? "kernel" : flavour,
            Model = model ? declaration?.GetAttr<StringAttr>("ref")?.Value : flavour is "onnx" or "kernel" ? declaration?.GetAttr<StringAttr>("target")?.Value : null,
            Precisions = PrecisionsOf(declaration),
            TokensIn = read.Tokens,
            TokensOut = written.Tokens,
            TokensAreBounds = read.IsBound || written.IsBound,
            DeclaredP50 = OptionOf(service, "expect_p50_us") is { } p50 ? Seconds.FromMicroseconds(p50) : null,
            DeclaredP95 = OptionOf(service, "expect_p95_us") is { } p95 ? Seconds.FromMicroseconds(p95) : null,
            Timeout = OptionOf(service, "timeout_us") is { } timeout ? Seconds.FromMicroseconds(timeout) : null,
        };
    }

    private static ImmutableArray<string> PrecisionsOf(Operation? declaration) =>
        declaration?.GetAttr<DictionaryAttr>("options")?.Get("precision") switch
        {
            StringAttr one => [.. one.Value.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
            ArrayAttr several => several.AsStrings() ?? [],
            _ => [],
        };

    private double? OptionOf(string service, string option) =>
        symbols.Find(service)?.GetAttr<DictionaryAttr>("options")?.Get(option) switch
        {
            IntegerAttr whole => whole.Value,
            FloatAttr number => number.Value,
            _ => null,
        };

    private static double? NumberOf(ImmutableSortedDictionary<string, JsonElement> attributes, string name) =>
        attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? TextOf(ImmutableSortedDictionary<string, JsonElement> attributes, string name) =>
        attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
