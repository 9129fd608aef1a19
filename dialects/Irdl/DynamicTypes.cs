using System.Collections.Immutable;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>A type whose dialect was declared by text, <c>!dialect.name&lt;parameters&gt;</c>.</summary>
public sealed class DynamicType : IRType
{
    internal DynamicType(Context context, ParameterizedDefinition definition, ImmutableArray<Attr> parameters, string body) : base(context) =>
        (Definition, Parameters, Body) = (definition, parameters, body);

    /// <summary>The whole name, such as <c>cmath.complex</c>.</summary>
    public string Name => Definition.FullName;

    /// <summary>What it is made of; types stand in it as attributes.</summary>
    public ImmutableArray<Attr> Parameters { get; }

    /// <summary>What stands in <c>&lt;…&gt;</c>, with the brackets, when the declaration leaves that open; else empty.</summary>
    public string Body { get; }

    internal ParameterizedDefinition Definition { get; }

    /// <inheritdoc/>
    protected override int ContentHash() => HashCode.Combine(Definition.FullName, Body, DynamicText.Hash(Parameters));

    /// <inheritdoc/>
    protected override bool ContentEquals(Interned other) =>
        other is DynamicType o && ReferenceEquals(o.Definition, Definition) && o.Body == Body && Parameters.AsSpan().SequenceEqual(o.Parameters.AsSpan());

    /// <inheritdoc/>
    protected override void Print(AsmWriter writer) => DynamicText.Print(writer.Write('!'), Definition, Parameters, Body);
}

/// <summary>An attribute whose dialect was declared by text, <c>#dialect.name&lt;parameters&gt;</c>.</summary>
public sealed class DynamicAttr : Attr
{
    internal DynamicAttr(Context context, ParameterizedDefinition definition, ImmutableArray<Attr> parameters, string body) : base(context) =>
        (Definition, Parameters, Body) = (definition, parameters, body);

    /// <summary>The whole name, such as <c>cmath.range</c>.</summary>
    public string Name => Definition.FullName;

    /// <summary>What it is made of; types stand in it as attributes.</summary>
    public ImmutableArray<Attr> Parameters { get; }

    /// <summary>What stands in <c>&lt;…&gt;</c>, with the brackets, when the declaration leaves that open; else empty.</summary>
    public string Body { get; }

    internal ParameterizedDefinition Definition { get; }

    /// <inheritdoc/>
    protected override int ContentHash() => HashCode.Combine(Definition.FullName, Body, DynamicText.Hash(Parameters));

    /// <inheritdoc/>
    protected override bool ContentEquals(Interned other) =>
        other is DynamicAttr o && ReferenceEquals(o.Definition, Definition) && o.Body == Body && Parameters.AsSpan().SequenceEqual(o.Parameters.AsSpan());

    /// <inheritdoc/>
    protected override void Print(AsmWriter writer) => DynamicText.Print(writer.Write('#'), Definition, Parameters, Body);
}

// What both are printed with.
internal static class DynamicText
{
    public static int Hash(ImmutableArray<Attr> parameters)
    {
        var hash = new HashCode();
        foreach (Attr parameter in parameters)
        {
            hash.Add(parameter);
        }

        return hash.ToHashCode();
    }

    public static void Print(AsmWriter writer, ParameterizedDefinition definition, ImmutableArray<Attr> parameters, string body)
    {
        writer.Write(definition.FullName).Write(body);
        if (parameters.Length > 0)
        {
            writer.Write('<').WriteList(parameters).Write('>');
        }
    }
}
