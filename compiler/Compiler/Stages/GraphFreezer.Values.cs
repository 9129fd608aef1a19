using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>What an operation of the agent dialect becomes as a step.</summary>
internal sealed partial class GraphFreezer
{
    private static readonly ImmutableHashSet<string> NotAttributes =
        ["model", "tool", "index", "memory", "graph", "probability", "probabilities", "expect"];

    private static StepKind KindOf(Operation op) => op.Name.Text switch
    {
        "agent.input" => StepKind.Input,
        "agent.constant" => StepKind.Constant,
        "agent.template" => StepKind.Template,
        "agent.field" => StepKind.Field,
        "agent.record" => StepKind.Record,
        "agent.list" => StepKind.List,
        "agent.operator" => StepKind.Operator,
        "agent.call" => StepKind.Call,
        "agent.tool" => StepKind.Tool,
        "agent.lookup" => StepKind.Lookup,
        "agent.embed" => StepKind.Embed,
        "agent.transcribe" => StepKind.Transcribe,
        "agent.speak" => StepKind.Speak,
        "agent.recall" => StepKind.Recall,
        "agent.remember" => StepKind.Remember,
        "agent.human" => StepKind.Human,
        "agent.if" => StepKind.If,
        "agent.match" => StepKind.Match,
        "agent.map" => StepKind.Map,
        "agent.loop" => StepKind.Loop,
        "agent.race" => StepKind.Race,
        "agent.gather" => StepKind.Gather,
        "agent.best" => StepKind.Best,
        "agent.try" => StepKind.Try,
        "agent.invoke" or "agent.block" => StepKind.Block,
        _ => throw new InvalidOperationException($"'{op.Name.Text}' has no meaning as a step; the verifier should have said so"),
    };

    private static string? ServiceOf(Operation op)
    {
        foreach (string name in new[] { "model", "tool", "index", "memory" })
        {
            if (op.GetAttr<SymbolRefAttr>(name) is { } symbol)
            {
                return symbol.Root;
            }
        }

        return op.Name.Text == "agent.human" ? "human" : null;
    }

    // The author's name for the value, which the front end keeps as a named location, else the word of the operation.
    private static string NameOf(Operation op) => StepNames.Of(op);

    private static ImmutableSortedDictionary<string, JsonElement> Attributes(Operation op)
    {
        var attributes = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (NamedAttr attribute in op.Attributes.Entries.Concat((op.Properties as DictionaryAttr)?.Entries ?? []))
        {
            if (!NotAttributes.Contains(attribute.Name))
            {
                attributes[attribute.Name] = AttrJson.From(attribute.Value);
            }
        }

        if (op.GetAttr<TypeAttr>("as") is { } structured)
        {
            attributes["schema"] = FlowType.Schema(structured.Type);
        }

        return attributes.ToImmutable();
    }

    private void NoteResult(Operation op, int id)
    {
        Step step = _steps[id];
        if (step.Kind == StepKind.Human)
        {
            return;
        }

        IEnumerable<int> yields = step.Regions.SelectMany(r => _regions[r].Yield);
        ImmutableSortedSet<int> sources = SourcesOfOperands(id);
        _edges.Note(step.Result, [.. sources, .. yields.SelectMany(_edges.SourcesOf)]);
        _tokens.Note(step.Result, TokensOf(op, step, yields));
    }

    private TokenCount TokensOf(Operation op, Step step, IEnumerable<int> yields)
    {
        TokenCount operands = step.Operands.Aggregate(TokenCount.Exactly(0), (sum, v) => sum + _tokens.Of(v));
        switch (step.Kind)
        {
            case StepKind.Input:
                return TokenCount.Unknown;
            case StepKind.Constant:
                return TokenCount.Exactly(op.GetAttr("value") is StringAttr text ? TokenCounts.InText(text.Value) : 1);
            case StepKind.Template:
                double written = (op.GetAttr<ArrayAttr>("parts")?.AsStrings() ?? []).Sum(TokenCounts.InText);
                return TokenCount.Exactly(written) + operands;
            case StepKind.Operator:
                return step.Type == "text" ? operands : TokenCount.Exactly(1);
            case StepKind.Map or StepKind.Gather:
                double items = _regions[step.Regions[0]].ExpectedRuns;
                TokenCount each = yields.Aggregate(TokenCount.Exactly(0), (most, v) => TokenCount.Max(most, _tokens.Of(v)));
                return each with { Known = each.Known * items };
            case StepKind.Loop:
                return TokenCount.Max(_tokens.Of(step.Operands[0]), _tokens.Of(_regions[step.Regions[^1]].Yield[0]));
            case StepKind.Best:
                return _tokens.Of(_regions[step.Regions[0]].Yield[0]);
            case StepKind.If or StepKind.Match or StepKind.Race or StepKind.Try or StepKind.Block:
                return yields.Aggregate(TokenCount.Exactly(0), (most, v) => TokenCount.Max(most, _tokens.Of(v)));
            default:
                return operands;
        }
    }

    private static PromiseClause PromiseOf(Operation op, int region)
    {
        string kind = op.GetAttr<StringAttr>("kind")?.Value ?? "";
        double limit = kind switch
        {
            "latency" or "first_token" => (op.GetAttr<IntegerAttr>("limit_us")?.Value ?? 0) / 1e6,
            "rate" => op.GetAttr<FloatAttr>("per_second")?.Value ?? 0,
            "budget" => (op.GetAttr<IntegerAttr>("limit_microusd")?.Value ?? 0) / 1e6,
            "quality" => op.GetAttr<FloatAttr>("value")?.Value ?? 0,
            _ => 0,
        };
        return new PromiseClause(kind, (int)(op.GetAttr<IntegerAttr>("percentile")?.Value ?? 0), limit,
            op.GetAttr<StringAttr>("value")?.Value ?? "", region, op.Span.ToString());
    }

    private static Declaration? Declare(Operation op)
    {
        (string kind, string target) = op.Name.Text switch
        {
            "agent.declare_model" => ("model", "ref"),
            "agent.declare_tool" => ("tool", "target"),
            "agent.declare_index" => ("index", "target"),
            "agent.declare_memory" => ("memory", ""),
            _ => ("", ""),
        };
        if (kind.Length == 0)
        {
            return null;
        }

        var options = ImmutableSortedDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
        foreach (NamedAttr option in op.GetAttr<DictionaryAttr>("options")?.Entries ?? [])
        {
            options[option.Name] = AttrJson.From(option.Value);
        }

        foreach (string name in new[] { "method", "effects", "param_names", "param_types", "result_type" })
        {
            if (op.GetAttr(name) is { } value)
            {
                options[name] = AttrJson.From(value);
            }
        }

        return new Declaration(op.SymbolName ?? "", kind, op.GetAttr<StringAttr>("kind")?.Value ?? "",
            target.Length > 0 ? op.GetAttr<StringAttr>(target)?.Value ?? "" : "", options.ToImmutable());
    }
}
