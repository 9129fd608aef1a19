using System.Text;

namespace Orchestrator.IR;

/// <summary>
/// A type or an attribute: immutable, and made once per <see cref="Context"/>, so that equality is reference equality.
/// A derived class has a constructor that takes its parts and is only ever handed to <see cref="Context.Intern{T}"/>.
/// </summary>
public abstract class Interned
{
    private byte[]? _utf8Text;
    private bool? _mayHoldAlias;
    private bool _written;

    /// <summary>Belongs to <paramref name="context"/>.</summary>
    protected Interned(Context context) => Context = context;

    /// <summary>The context in which this is unique.</summary>
    public Context Context { get; }

    /// <summary>A hash of the parts; parts that are interned themselves may be hashed by reference.</summary>
    protected internal abstract int ContentHash();

    /// <summary>Whether the parts are equal; <paramref name="other"/> has the same class.</summary>
    protected internal abstract bool ContentEquals(Interned other);

    /// <summary>Writes the text form, complete with sigil.</summary>
    protected internal abstract void Print(AsmWriter writer);

    /// <summary>The name that stands for this in a module, before numbers are added; null when it is always written out.</summary>
    internal virtual string? AliasName => null;

    /// <summary>Whether the text depends on what else is printed, beyond aliases.</summary>
    internal virtual bool HasVariableText => false;

    // Whether nothing is inside that could have a name or text that varies, which is then known without making the text.
    private protected virtual bool IsLeaf => false;

    // Whether the text, or that of something inside, depends on the printing: then the cached text will not do.
    internal bool MayHoldAlias => _mayHoldAlias ??= !IsLeaf && (AliasName is not null || HasVariableText || HoldsVariableText());

    // The text form, as it stands alone; made once.
    internal ReadOnlySpan<byte> Utf8Text => _utf8Text ??= MakeText().Written.ToArray();

    /// <summary>The text form, as it stands in a module.</summary>
    public sealed override string ToString() => Encoding.UTF8.GetString(Utf8Text);

    // Writes the text. It is kept from the second time on: most of what stands once in a module stands there only once.
    internal void WriteText(AsmWriter writer)
    {
        if (_utf8Text is null && !_written)
        {
            _written = true;
            Print(writer);
        }
        else
        {
            writer.Write(Utf8Text);
        }
    }

    /// <summary>Whether something inside has a name or text that depends on the printing; what is not said by its parts is seen in the text.</summary>
    private protected virtual bool HoldsVariableText()
    {
        AsmWriter writer = MakeText();
        _utf8Text = writer.Written.ToArray();
        return writer.WroteVariable;
    }

    private AsmWriter MakeText()
    {
        var writer = new AsmWriter();
        Print(writer);
        return writer;
    }
}

/// <summary>The type of a value. Equal types are the same object.</summary>
public abstract class IRType : Interned
{
    /// <summary>Belongs to <paramref name="context"/>.</summary>
    protected IRType(Context context) : base(context)
    {
    }
}

/// <summary>A compile-time constant attached to an operation. Equal attributes are the same object.</summary>
public abstract class Attr : Interned
{
    /// <summary>Belongs to <paramref name="context"/>.</summary>
    protected Attr(Context context) : base(context)
    {
    }
}

internal sealed class InternedComparer : IEqualityComparer<Interned>
{
    public bool Equals(Interned? x, Interned? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && x.GetType() == y.GetType() && x.ContentEquals(y));

    public int GetHashCode(Interned obj) => HashCode.Combine(obj.GetType(), obj.ContentHash());
}
