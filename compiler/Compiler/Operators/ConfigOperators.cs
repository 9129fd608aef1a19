using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Operators;

/// <summary>What one inference reads.</summary>
/// <param name="Tokens">New tokens read at once, at least 1; 1 is a decode step.</param>
/// <param name="Context">Tokens whose keys and values are kept already, at least 0.</param>
/// <param name="Batch">Sequences, at least 1.</param>
internal sealed record InferenceSize(int Tokens, int Context, int Batch);

/// <summary>
/// Makes the module of a model that only its <c>config.json</c> describes: for each layer norm, one product for queries, keys and values, attention, product, sum,
/// norm, product (with the gate's beside), activation, product, sum; before them the embedding, after them norm and head. The operations are ONNX's.
/// </summary>
internal sealed class ConfigOperators
{
    private readonly Context _context;
    private readonly OpBuilder _builder;
    private readonly ModelCard _card;
    private readonly InferenceSize _size;
    private readonly IRType _element;
    private readonly Block _entry;
    private readonly long _width;

    private ConfigOperators(Context context, ModelCard card, InferenceSize size, Block entry)
    {
        (_context, _card, _size, _entry) = (context, card, size, entry);
        _builder = OpBuilder.AtEnd(context, entry);
        _element = ElementOf(context, card.Format);
        _width = (long)(card.Width ?? 0);
    }

    /// <summary>Reads a configuration as a module, or gives null after reporting why it cannot be.</summary>
    public static Operation? Read(SourceText source, Context context, InferenceSize size, DiagnosticBag mistakes)
    {
        string name = Path.GetFileName(Path.GetDirectoryName(Path.GetFullPath(source.Path))) is { Length: > 0 } folder ? folder : "model";
        if (HuggingFaceConfig.Read(source, name, mistakes) is not { } card)
        {
            return null;
        }

        string? odd = card.Kind is not ("llm" or "encoder") ? $"a model of kind {card.Kind}"
            : card.Experts > 1 ? "a model with experts"
            : card.Attention is AttentionKind.Latent or AttentionKind.Linear || card.LinearLayers > 0 ? "attention other than over keys and values of every token"
            : card.OutputGate ? "attention with a gate on its output" : null;
        if (odd is not null)
        {
            mistakes.Error("ORC3060", $"operators of {odd} do not follow from a config.json yet", new SourceSpan(source, 0, 1), "export the model to ONNX and plan the .onnx file");
            return null;
        }

        return Build(context, card, size, source);
    }

    /// <summary>The module of a card.</summary>
    public static Operation Build(Context context, ModelCard card, InferenceSize size, SourceText source)
    {
        Operation module = context.CreateModule(new SourceSpan(source, 0, 0));
        module.SetAttr("sym_name", context.String(card.Name));
        string kept = card.Kind == "llm" ? string.Create(CultureInfo.InvariantCulture, $" after {size.Context} kept") : "";
        string sequences = size.Batch == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", {size.Batch} sequences");
        module.SetAttr("inference", context.String(string.Create(CultureInfo.InvariantCulture, $"{size.Tokens} {(size.Tokens == 1 ? "token" : "tokens")}{kept}{sequences}, {card.Format}")));
        var body = new Region();
        Block entry = body.EnsureBlock();
        Value last = new ConfigOperators(context, card, size, entry).Model();
        OpBuilder.AtEnd(context, entry).Create("func.return", [last]);
        FunctionType type = context.Function([.. entry.Arguments.Select(a => a.Type)], [last.Type]);
        OpBuilder.AtEnd(context, module.Regions[0].EnsureBlock()).Create(
            "func.func", attributes: [new("sym_name", context.String("main_graph")), new("function_type", context.TypeOf(type))], regions: [body]);
        return module;
    }

    private Value Model()
    {
        Value ids = _entry.AddArgument(_context.Tensor([_size.Batch, _size.Tokens], _context.I64));
        bool head = _card.Kind == "llm";
        Value x = Op("Gather", "embed", [Weight("embed_tokens", (long)(_card.Vocabulary ?? 0), _width), ids], Rows(_width));
        for (int layer = 0; layer < (_card.Layers ?? 0); layer++)
        {
            x = Layer(x, string.Create(CultureInfo.InvariantCulture, $"layers.{layer}."), layer);
        }

        x = Norm("norm", x);
        if (!head)
        {
            return x;
        }

        // Only the last token of each sequence is asked for the next one.
        Value end = _size.Tokens == 1 ? x : Op("Slice", "last_token", [x], Shaped(_size.Batch, 1, _width));
        return Op("MatMul", "lm_head", [end, Weight("lm_head", _width, (long)(_card.Vocabulary ?? 0))], Shaped(_size.Batch, 1, (long)(_card.Vocabulary ?? 0)));
    }

    private Value Layer(Value x, string at, int layer)
    {
        long heads = (long)(_card.Heads ?? 1);
        long kvHeads = (long)(_card.KvHeads ?? heads);
        long size = (long)(_card.HeadDimension ?? _width / heads);
        long inner = (long)(_card.FeedForward ?? 4 * _width);
        long joined = (heads + 2 * kvHeads) * size;
        Value normed = Norm(at + "input_norm", x);
        Value qkv = Product(at + "qkv", normed, _width, joined);
        ImmutableArray<Value> kept = _card.Kind == "llm" && _size.Context > 0 ? Kept(kvHeads, size, layer) : [];
        Value mixed = Op("Attention", at + "attention", [qkv, .. kept], Rows(heads * size),
            new("q_num_heads", _context.Int(heads)), new("kv_num_heads", _context.Int(kvHeads)), new("is_causal", _context.Int(_card.Kind == "llm" ? 1 : 0)));
        x = Op("Add", at + "attention_add", [x, Product(at + "o", mixed, heads * size, _width)], Rows(_width));
        Value again = Norm(at + "post_norm", x);
        Value up = Product(at + (_card.Gated ? "gate_up" : "up"), again, _width, _card.Gated ? 2 * inner : inner);
        Value active = _card.Gated
            ? Op("Custom", at + "activation", [up], Rows(inner), new NamedAttr("function_name", _context.String("SwiGLU")))
            : Op("Gelu", at + "activation", [up], Rows(inner));
        return Op("Add", at + "down_add", [x, Product(at + "down", active, inner, _width)], Rows(_width));
    }

    // Keys and values of earlier tokens; with a sliding window no more than it holds.
    private ImmutableArray<Value> Kept(long kvHeads, long size, int layer)
    {
        double full = (_card.Layers ?? 0) - _card.WindowLayers;
        long tokens = _card.Window is { } window && layer >= full ? Math.Min(_size.Context, (long)window) : _size.Context;
        IRType type = Shaped(_size.Batch, kvHeads, tokens, size);
        return [_entry.AddArgument(type), _entry.AddArgument(type)];
    }

    private Value Norm(string name, Value x) =>
        Op(_card.Kind == "llm" ? "RMSNormalization" : "LayerNormalization", name, [x, Weight(name, _width)], Rows(_width));

    private Value Product(string name, Value x, long inner, long outputs) => Op("MatMul", name, [x, Weight(name, inner, outputs)], Rows(outputs));

    private Value Weight(string name, params ImmutableArray<long> shape) =>
        _builder.Create("onnx.Constant", [], [_context.Tensor(shape, _element)], [new("onnx_node_name", _context.String(name + ".weight"))]).Result;

    private Value Op(string kind, string name, ReadOnlySpan<Value> operands, IRType type, params ReadOnlySpan<NamedAttr> attributes) =>
        _builder.Create("onnx." + kind, operands, [type], [new("onnx_node_name", _context.String(name)), .. attributes]).Result;

    private IRType Rows(long width) => Shaped(_size.Batch, _size.Tokens, width);

    private IRType Shaped(params ImmutableArray<long> shape) => _context.Tensor(shape, Activation());

    // Data between operators is of 16 bits unless the weights have more.
    private IRType Activation() => _card.Format == "fp32" ? _context.Float("f32") : _card.Format == "fp16" ? _context.Float("f16") : _context.Float("bf16");

    private static IRType ElementOf(Context context, string format) => format switch
    {
        "fp32" => context.Float("f32"),
        "fp16" => context.Float("f16"),
        "fp8" or "fp8_block" => context.Float("f8E4M3FN"),
        "int8" or "int8_wo" => context.Integer(8),
        "int4_wo" or "w4a16" => context.Integer(4),
        "mxfp4" or "nvfp4" => context.Float("f4E2M1FN"),
        _ => context.Float("bf16"),
    };
}
