using System.Collections.Immutable;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>A type of values in workflows, <c>!agent.…</c>; <c>bool</c> is <c>i1</c> and <c>int</c> is <c>i64</c>.</summary>
public abstract class AgentType : DialectType
{
    private protected AgentType(Context context, string mnemonic, ImmutableArray<IRType> parameters = default) : base(context, "agent", mnemonic, parameters)
    {
    }
}

/// <summary><c>!agent.text</c>: text that may stream.</summary>
[TypeNames("agent.text")]
public sealed class TextType : AgentType
{
    private TextType(Context context) : base(context, "text")
    {
    }

    /// <summary>The one of <paramref name="context"/>.</summary>
    public static TextType Get(Context context) => context.Intern(new TextType(context));
}

/// <summary><c>!agent.decimal</c>: a decimal number.</summary>
[TypeNames("agent.decimal")]
public sealed class DecimalType : AgentType
{
    private DecimalType(Context context) : base(context, "decimal")
    {
    }

    /// <summary>The one of <paramref name="context"/>.</summary>
    public static DecimalType Get(Context context) => context.Intern(new DecimalType(context));
}

/// <summary><c>!agent.json</c>: any JSON value.</summary>
[TypeNames("agent.json")]
public sealed class JsonType : AgentType
{
    private JsonType(Context context) : base(context, "json")
    {
    }

    /// <summary>The one of <paramref name="context"/>.</summary>
    public static JsonType Get(Context context) => context.Intern(new JsonType(context));
}

/// <summary><c>!agent.bytes</c>, <c>!agent.image</c>, <c>!agent.audio</c>: a blob of that kind.</summary>
[TypeNames("agent.bytes", "agent.image", "agent.audio")]
public sealed class BlobType : AgentType
{
    internal static readonly ImmutableArray<string> Kinds = ["bytes", "image", "audio"];

    private BlobType(Context context, string kind) : base(context, kind)
    {
    }

    /// <summary>The one of <paramref name="context"/>; <paramref name="kind"/> is <c>bytes</c>, <c>image</c> or <c>audio</c>.</summary>
    public static BlobType Get(Context context, string kind) => Kinds.Contains(kind)
        ? context.Intern(new BlobType(context, kind))
        : throw new ArgumentException($"'{kind}' is no kind of blob", nameof(kind));
}

/// <summary><c>!agent.vector</c>: an embedding.</summary>
[TypeNames("agent.vector")]
public sealed class VectorType : AgentType
{
    private VectorType(Context context) : base(context, "vector")
    {
    }

    /// <summary>The one of <paramref name="context"/>.</summary>
    public static VectorType Get(Context context) => context.Intern(new VectorType(context));
}

/// <summary><c>!agent.tokens</c>: text as a model's tokens.</summary>
[TypeNames("agent.tokens")]
public sealed class TokensType : AgentType
{
    private TokensType(Context context) : base(context, "tokens")
    {
    }

    /// <summary>The one of <paramref name="context"/>.</summary>
    public static TokensType Get(Context context) => context.Intern(new TokensType(context));
}

/// <summary><c>!agent.list&lt;T&gt;</c>.</summary>
[TypeNames("agent.list")]
public sealed class ListType : AgentType
{
    private ListType(IRType element) : base(element.Context, "list", [element])
    {
    }

    /// <summary>The type of an element.</summary>
    public IRType Element => Parameters[0];

    /// <summary>The list type of <paramref name="element"/>.</summary>
    public static ListType Get(IRType element) => element.Context.Intern(new ListType(element));
}

/// <summary><c>!agent.optional&lt;T&gt;</c>: a <c>T</c> or nothing.</summary>
[TypeNames("agent.optional")]
public sealed class OptionalType : AgentType
{
    private OptionalType(IRType element) : base(element.Context, "optional", [element])
    {
    }

    /// <summary>The type when there is one.</summary>
    public IRType Element => Parameters[0];

    /// <summary>The optional type of <paramref name="element"/>.</summary>
    public static OptionalType Get(IRType element) => element.Context.Intern(new OptionalType(element));
}

/// <summary><c>!agent.record&lt;"a" : T, "b" : T&gt;</c>: named values, in order.</summary>
[TypeNames("agent.record")]
public sealed class RecordType : AgentType
{
    private RecordType(Context context, ImmutableArray<string> names, ImmutableArray<IRType> types) : base(context, "record", types) => Names = names;

    /// <summary>The fields' names, each once.</summary>
    public ImmutableArray<string> Names { get; }

    /// <summary>The record type with these fields; both lists have the same length, names are unique.</summary>
    public static RecordType Get(Context context, ImmutableArray<string> names, ImmutableArray<IRType> types)
    {
        if (names.Length != types.Length || names.Distinct().Count() != names.Length)
        {
            throw new ArgumentException("a record needs one type for each of its names, which must differ", nameof(names));
        }

        return context.Intern(new RecordType(context, names, types));
    }

    /// <summary>The type of a field, or null.</summary>
    public IRType? FieldType(string name) => Names.IndexOf(name) is >= 0 and int index ? Parameters[index] : null;

    /// <inheritdoc/>
    protected override int ContentHash() => HashCode.Combine(base.ContentHash(), Names.Length);

    /// <inheritdoc/>
    protected override bool ContentEquals(Interned other) => base.ContentEquals(other) && other is RecordType record && Names.SequenceEqual(record.Names);

    /// <inheritdoc/>
    protected override void PrintParameters(AsmWriter writer)
    {
        writer.Write('<');
        for (int i = 0; i < Names.Length; i++)
        {
            writer.Write(i == 0 ? "" : ", ").WriteQuoted(Names[i]).Write(" : ").Write(Parameters[i]);
        }

        writer.Write('>');
    }
}
