using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>Where something came from. As an attribute it prints <c>loc(…)</c>.</summary>
public abstract class LocationAttr : Attr
{
    private protected LocationAttr(Context context) : base(context)
    {
    }

    /// <summary>The name in <c>loc("name"(…))</c>, or null for every other location.</summary>
    public virtual string? WrittenName => null;

    internal override string? AliasName => "loc";

    /// <summary>Writes what stands between the parentheses.</summary>
    internal abstract void PrintInside(AsmWriter writer);

    // A location inside another one, by its alias when it has one.
    private protected static void PrintNested(AsmWriter writer, LocationAttr part)
    {
        if (!writer.TryWriteAlias(part))
        {
            part.PrintInside(writer);
        }
    }

    /// <inheritdoc/>
    protected internal sealed override void Print(AsmWriter writer)
    {
        writer.Write("loc(");
        PrintInside(writer);
        writer.Write(')');
    }
}

internal sealed class UnknownLoc(Context context) : LocationAttr(context)
{
    internal override void PrintInside(AsmWriter writer) => writer.Write("unknown");

    protected internal override int ContentHash() => 0;

    protected internal override bool ContentEquals(Interned other) => true;
}

/// <summary>A place or a range in a file; lines and columns from 1, 0 when unknown.</summary>
public sealed class FileLoc : LocationAttr
{
    internal FileLoc(Context context, string path, uint line, uint column, uint endLine, uint endColumn) : base(context) =>
        (Path, Line, Column, EndLine, EndColumn) = (path, line, column, endLine, endColumn);

    /// <summary>The file, as bytes one a character.</summary>
    public string Path { get; }

    /// <summary>First line.</summary>
    public uint Line { get; }

    /// <summary>First column.</summary>
    public uint Column { get; }

    /// <summary>Last line; the first for a single place.</summary>
    public uint EndLine { get; }

    /// <summary>Last column; the first for a single place.</summary>
    public uint EndColumn { get; }

    internal override void PrintInside(AsmWriter writer)
    {
        writer.WriteQuotedBytes(Path).Write(':').Write(Line).Write(':').Write(Column);
        if (EndLine != Line || EndColumn != Column)
        {
            _ = EndLine == Line ? writer.Write(" to :") : writer.Write(" to ").Write(EndLine).Write(':');
            writer.Write(EndColumn);
        }
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Path, Line, Column, EndLine, EndColumn);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is FileLoc o
        && (o.Path, o.Line, o.Column, o.EndLine, o.EndColumn) == (Path, Line, Column, EndLine, EndColumn);
}

internal sealed class NameLoc(Context context, string name, LocationAttr? child) : LocationAttr(context)
{
    private readonly string _name = name;
    private readonly LocationAttr? _child = child;

    public override string? WrittenName => StringAttr.Decode(_name);

    internal override void PrintInside(AsmWriter writer)
    {
        writer.WriteQuotedBytes(_name);
        if (_child is not null)
        {
            writer.Write('(');
            PrintNested(writer, _child);
            writer.Write(')');
        }
    }

    protected internal override int ContentHash() => HashCode.Combine(_name, _child);

    protected internal override bool ContentEquals(Interned other) => other is NameLoc o && o._name == _name && ReferenceEquals(o._child, _child);
}

internal sealed class CallSiteLoc(Context context, LocationAttr callee, LocationAttr caller) : LocationAttr(context)
{
    private readonly LocationAttr _callee = callee;
    private readonly LocationAttr _caller = caller;

    internal override void PrintInside(AsmWriter writer)
    {
        writer.Write("callsite(");
        PrintNested(writer, _callee);
        writer.Write(" at ");
        PrintNested(writer, _caller);
        writer.Write(')');
    }

    protected internal override int ContentHash() => HashCode.Combine(_callee, _caller);

    protected internal override bool ContentEquals(Interned other) =>
        other is CallSiteLoc o && ReferenceEquals(o._callee, _callee) && ReferenceEquals(o._caller, _caller);
}

internal sealed class FusedLoc : LocationAttr
{
    private readonly Attr? _metadata;
    private readonly ImmutableArray<LocationAttr> _parts;

    private FusedLoc(Context context, Attr? metadata, ImmutableArray<LocationAttr> parts) : base(context) => (_metadata, _parts) = (metadata, parts);

    /// <summary>
    /// Several locations as one. What is unknown or there twice is left out, fused ones with the same metadata are taken apart, and one alone
    /// is itself when there is no metadata.
    /// </summary>
    public static LocationAttr Of(Context context, Attr? metadata, IEnumerable<LocationAttr> parts)
    {
        var kept = new OrderedDictionary<LocationAttr, bool>();
        foreach (LocationAttr part in parts)
        {
            ImmutableArray<LocationAttr> inside = part is FusedLoc fused && ReferenceEquals(fused._metadata, metadata) ? fused._parts : [part];
            foreach (LocationAttr one in inside)
            {
                if (one is not UnknownLoc || part is FusedLoc)
                {
                    kept.TryAdd(one, true);
                }
            }
        }

        if (metadata is null && kept.Count < 2)
        {
            return kept.Count == 0 ? context.UnknownLocation : kept.GetAt(0).Key;
        }

        return context.Intern(new FusedLoc(context, metadata, kept.Count == 0 ? [context.UnknownLocation] : [.. kept.Keys]));
    }

    internal override void PrintInside(AsmWriter writer)
    {
        writer.Write("fused");
        if (_metadata is not null)
        {
            writer.Write('<').Write(_metadata).Write('>');
        }

        writer.Write('[');
        for (int i = 0; i < _parts.Length; i++)
        {
            writer.Write(i == 0 ? "" : ", ");
            PrintNested(writer, _parts[i]);
        }

        writer.Write(']');
    }

    protected internal override int ContentHash() => HashCode.Combine(_metadata, _parts.SequenceHash());

    protected internal override bool ContentEquals(Interned other) =>
        other is FusedLoc o && ReferenceEquals(o._metadata, _metadata) && _parts.SameAs(o._parts);
}
