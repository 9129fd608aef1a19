using System.Collections.Immutable;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// Declares a model under a symbol.
/// <code>"agent.declare_model"() &lt;{ref = "meta-llama/Llama-3.1-8B-Instruct", sym_name = "writer"}&gt; : () -> ()</code>
/// </summary>
[Op("agent.declare_model", Traits = OpTraits.Symbol)]
public sealed partial class DeclareModelOp : Operation
{
    /// <summary>The symbol.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Which model: a name in a catalogue, or a file.</summary>
    [Attr("ref")] public partial string Reference { get; set; }

    /// <summary>Precision, endpoint and the like.</summary>
    [Attr] public partial DictionaryAttr? Options { get; set; }
}

/// <summary>
/// Declares a tool under a symbol, with its signature.
/// <code>"agent.declare_tool"() &lt;{effects = "pure", kind = "http", param_names = ["q"], param_types = [!agent.text], result_type = !agent.json, sym_name = "find", target = "https://example.com"}&gt; : () -> ()</code>
/// </summary>
[Op("agent.declare_tool", Traits = OpTraits.Symbol)]
public sealed partial class DeclareToolOp : Operation
{
    private static readonly string[] Kinds = ["http", "mcp", "process", "wasm", "onnx", "kernel"];
    private static readonly string[] EffectKinds = ["pure", "idempotent", "effect"];

    /// <summary>The symbol.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>How it is run: http, mcp, process, wasm, onnx or kernel.</summary>
    [Attr] public partial string Kind { get; set; }

    /// <summary>URL, command, file or kernel name.</summary>
    [Attr] public partial string Target { get; set; }

    /// <summary>The HTTP method, or the name of the tool at an MCP server.</summary>
    [Attr] public partial string? Method { get; set; }

    /// <summary>Names of the parameters, in order.</summary>
    [Attr] public partial ImmutableArray<string> ParamNames { get; set; }

    /// <summary>Types of the parameters, in order.</summary>
    [Attr] public partial ImmutableArray<IRType> ParamTypes { get; set; }

    /// <summary>Type of what it gives.</summary>
    [Attr] public partial IRType? ResultType { get; set; }

    /// <summary>pure (same answer to the same question), idempotent (twice is as once) or effect.</summary>
    [Attr("effects")] public partial string EffectKind { get; set; }

    /// <summary>Timeouts, secrets, expected times.</summary>
    [Attr] public partial DictionaryAttr? Options { get; set; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.OneOf(context, this, "kind", Kind, Kinds);
        Rules.OneOf(context, this, "effects", EffectKind, EffectKinds);
        if (ParamNames.Length != ParamTypes.Length)
        {
            context.Error(this, IRCodes.WrongCount, $"names {ParamNames.Length} parameters and gives {ParamTypes.Length} types", "give each parameter one type");
        }

        Rules.AllDiffer(context, this, "parameters", ParamNames);
    }
}

/// <summary>
/// Declares an index that can be searched.
/// <code>"agent.declare_index"() &lt;{kind = "folder", sym_name = "kb", target = "docs/"}&gt; : () -> ()</code>
/// </summary>
[Op("agent.declare_index", Traits = OpTraits.Symbol)]
public sealed partial class DeclareIndexOp : Operation
{
    /// <summary>The symbol.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>What is indexed, such as <c>folder</c>.</summary>
    [Attr] public partial string Kind { get; set; }

    /// <summary>Where it is.</summary>
    [Attr] public partial string Target { get; set; }

    /// <summary>Chunk size, embedding model.</summary>
    [Attr] public partial DictionaryAttr? Options { get; set; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Options?.Get("embed") is SymbolRefAttr encoder)
        {
            context.Resolve<DeclareModelOp>(this, encoder, "model");
        }
    }
}

/// <summary>
/// Declares a memory that outlives a run.
/// <code>"agent.declare_memory"() &lt;{sym_name = "notes"}&gt; : () -> ()</code>
/// </summary>
[Op("agent.declare_memory", Traits = OpTraits.Symbol)]
public sealed partial class DeclareMemoryOp : Operation
{
    /// <summary>The symbol.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Type of what it holds; text when absent.</summary>
    [Attr] public partial IRType? ValueType { get; set; }

    /// <summary>Where it is kept, for how long.</summary>
    [Attr] public partial DictionaryAttr? Options { get; set; }
}

/// <summary>
/// Gives a type a name.
/// <code>"agent.declare_type"() &lt;{sym_name = "Verdict", type = !agent.record&lt;"ok" : i1&gt;}&gt; : () -> ()</code>
/// </summary>
[Op("agent.declare_type", Traits = OpTraits.Symbol)]
public sealed partial class DeclareTypeOp : Operation
{
    /// <summary>The symbol.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>The type.</summary>
    [Attr] public partial IRType Type { get; set; }

    /// <summary>The texts that a value of the type can be, when it is a choice among some.</summary>
    [Attr] public partial ImmutableArray<string>? Choices { get; set; }
}
