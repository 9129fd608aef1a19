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

    /// <summary>Writes what stands between the parentheses.</summary>
    internal abstract void PrintInside(AsmWriter writer);

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

/// <summary>A place or a range in a file; lines and columns from 1.</summary>
public sealed class FileLoc : LocationAttr
{
    internal FileLoc(Context context, string path, int line, int column, int endLine, int endColumn, bool isRange) : base(context) =>
        (Path, Line, Column, EndLine, EndColumn, IsRange) = (path, line, column, endLine, endColumn, isRange);

    /// <summary>The file, as bytes one a character.</summary>
    public string Path { get; }

    /// <summary>First line.</summary>
    public int Line { get; }

    /// <summary>First column.</summary>
    public int Column { get; }

    /// <summary>Last line.</summary>
    public int EndLine { get; }

    /// <summary>Last column.</summary>
    public int EndColumn { get; }

    /// <summary>Whether an end was written.</summary>
    public bool IsRange { get; }

    internal override void PrintInside(AsmWriter writer)
    {
        writer.WriteQuotedBytes(Path).Write(':').Write(Line).Write(':').Write(Column);
        if (IsRange)
        {
            _ = EndLine == Line ? writer.Write(" to :") : writer.Write(" to ").Write(EndLine).Write(':');
            writer.Write(EndColumn);
        }
    }

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Path, Line, Column, EndLine, EndColumn);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is FileLoc o
        && (o.Path, o.Line, o.Column, o.EndLine, o.EndColumn, o.IsRange) == (Path, Line, Column, EndLine, EndColumn, IsRange);
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
            _child.PrintInside(writer);
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
        _callee.PrintInside(writer);
        writer.Write(" at ");
        _caller.PrintInside(writer);
        writer.Write(')');
    }

    protected internal override int ContentHash() => HashCode.Combine(_callee, _caller);

    protected internal override bool ContentEquals(Interned other) =>
        other is CallSiteLoc o && ReferenceEquals(o._callee, _callee) && ReferenceEquals(o._caller, _caller);
}

internal sealed class FusedLoc(Context context, Attr? metadata, ImmutableArray<LocationAttr> parts) : LocationAttr(context)
{
    private readonly Attr? _metadata = metadata;
    private readonly ImmutableArray<LocationAttr> _parts = parts;

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
            _parts[i].PrintInside(writer);
        }

        writer.Write(']');
    }

    protected internal override int ContentHash() => HashCode.Combine(_metadata, _parts.SequenceHash());

    protected internal override bool ContentEquals(Interned other) =>
        other is FusedLoc o && ReferenceEquals(o._metadata, _metadata) && _parts.SameAs(o._parts);
}
