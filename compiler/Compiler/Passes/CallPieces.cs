using Orchestrator.Compiler.Stages;
using Orchestrator.Dialects.Model;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Passes;

/// <summary>Rewrites one call of the agent dialect into its pieces.</summary>
internal sealed class CallPieces(Operation call, string step, SymbolTable symbols)
{
    private readonly OpBuilder _builder = OpBuilder.BeforeOp(call);

    /// <summary>Whether an operation is a call that has pieces.</summary>
    public static bool IsCall(Operation op) => op.Name.Text is "agent.call" or "agent.tool" or "agent.lookup" or "agent.embed" or "agent.transcribe" or "agent.speak";

    /// <summary>Puts the pieces where the call stood.</summary>
    public void Rewrite()
    {
        Value[] operands = [.. call.Operands];
        Operation last = call.Name.Text switch
        {
            "agent.call" => Ask(operands),
            "agent.tool" => Use(operands),
            "agent.lookup" => Search(operands),
            _ => Piece("model.encode", Service("model"), operands, call.Result.Type),
        };
        last.SetAttr("call", Said());
        call.ReplaceWith([.. last.Results]);
    }

    private Operation Ask(Value[] operands)
    {
        SymbolRefAttr model = Service("model");
        if (ModelShapes.ExpertsOf(symbols.Find(model.Root)) is not { } experts)
        {
            Operation cache = Piece("model.prefill", model, operands, Type("kv"));
            return Piece("model.decode", model, [cache.Result], call.Result.Type);
        }

        Operation read = Experts("model.prefill", model, operands, experts, Type("kv"));
        return Experts("model.decode", model, [read.Result], experts, call.Result.Type);
    }

    // Parallel over experts, and over tensors inside each: choose, run, merge, sum over the devices.
    private Operation Experts(string phase, SymbolRefAttr model, Value[] operands, (int Count, int Chosen) experts, IRType result)
    {
        Context context = call.Context;
        NamedAttr[] shape = [("experts", context.Int(experts.Count)), ("top_k", context.Int(experts.Chosen))];
        Operation gate = Piece("model.gate_select", model, operands, Type("routing"), shape);
        Operation run = Piece(phase, model, [.. operands, gate.Result], Type("partial"), shape);
        Operation merged = Piece("model.merge", model, [run.Result, gate.Result], Type("partial"));
        return Piece("comm.all_reduce", model, [merged.Result], result);
    }

    private Operation Use(Value[] operands)
    {
        SymbolRefAttr tool = Service("tool");
        string kind = symbols.Find(tool.Root)?.GetAttr<StringAttr>("kind")?.Value ?? "";
        return Piece(kind is "http" or "mcp" ? "task.lookup" : "task.compute", tool, operands, call.Results.Count > 0 ? call.Result.Type : null);
    }

    private Operation Search(Value[] operands)
    {
        SymbolRefAttr index = Service("index");
        if (symbols.Find(index.Root)?.GetAttr<DictionaryAttr>("options")?.Get("embed") is SymbolRefAttr encoder)
        {
            Operation encoded = Piece("model.encode", encoder, operands, Type("embedding"));
            return Piece("task.compute", index, [.. operands, encoded.Result], call.Result.Type);
        }

        return Piece("task.compute", index, operands, call.Result.Type);
    }

    private Operation Piece(string name, SymbolRefAttr service, Value[] operands, IRType? result, params ReadOnlySpan<NamedAttr> more) =>
        _builder.Create(name, operands, result is null ? [] : [result],
            [("service", service), ("step", call.Context.String(step)), .. more], span: call.Span);

    private DictionaryAttr Said()
    {
        var kept = new List<NamedAttr> { ("kind", call.Context.String(Kind().ToString())) };
        foreach (NamedAttr attribute in call.Attributes.Entries.Concat((call.Properties as DictionaryAttr)?.Entries ?? []))
        {
            if (attribute.Name is not ("model" or "tool" or "index"))
            {
                kept.Add(attribute);
            }
        }

        return call.Context.Dictionary(kept);
    }

    private StepKind Kind() => call.Name.Text switch
    {
        "agent.call" => StepKind.Call,
        "agent.tool" => StepKind.Tool,
        "agent.lookup" => StepKind.Lookup,
        "agent.embed" => StepKind.Embed,
        "agent.transcribe" => StepKind.Transcribe,
        _ => StepKind.Speak,
    };

    private SymbolRefAttr Service(string attribute) => call.GetAttr<SymbolRefAttr>(attribute)
        ?? throw new InvalidOperationException($"'{call.Name.Text}' names no {attribute}; the verifier should have said so");

    private ModelType Type(string mnemonic) => ModelType.Get(call.Context, mnemonic);
}
