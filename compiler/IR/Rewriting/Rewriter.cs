namespace Orchestrator.IR;

/// <summary>Through which patterns change IR, so that the driver sees what must be looked at again.</summary>
public sealed partial class Rewriter : IRewriteListener
{
    private readonly IRewriteListener? _listener;

    /// <summary>A rewriter that tells <paramref name="listener"/> of every change.</summary>
    public Rewriter(Context context, IRewriteListener? listener = null) => (Context, _listener) = (context, listener);

    /// <summary>The context.</summary>
    public Context Context { get; }

    /// <summary>Number of changes so far.</summary>
    internal long Changes { get; set; }

    /// <summary>A builder that adds before <paramref name="op"/>, with its place.</summary>
    public OpBuilder Before(Operation op)
    {
        var builder = new OpBuilder(Context) { Listener = this, Span = op.Span with { Length = 0 } };
        builder.SetInsertionPoint(op);
        return builder;
    }

    /// <summary>A builder that adds after <paramref name="op"/>, with its place.</summary>
    public OpBuilder After(Operation op)
    {
        var builder = new OpBuilder(Context) { Listener = this, Span = op.Span with { Length = 0 } };
        builder.SetInsertionPointAfter(op);
        return builder;
    }

    /// <summary>A builder that adds to the end of <paramref name="block"/>.</summary>
    public OpBuilder AtEnd(Block block)
    {
        var builder = new OpBuilder(Context) { Listener = this, Span = block.Last?.Span ?? block.Span };
        builder.SetInsertionPointToEnd(block);
        return builder;
    }

    /// <summary>Makes an operation before <paramref name="before"/>, with its place, by calling <paramref name="create"/> with a builder.</summary>
    public T Insert<T>(Operation before, Func<OpBuilder, T> create) where T : Operation => create(Before(before));

    /// <summary>Puts a detached operation before <paramref name="before"/>.</summary>
    public void Insert(Operation before, Operation op)
    {
        (before.Block ?? throw new ArgumentException("the operation is in no block", nameof(before))).InsertBefore(before, op);
        Changes++;
        _listener?.Inserted(op);
    }

    /// <summary>Puts a copy of <paramref name="op"/> before <paramref name="before"/>; <paramref name="mapping"/> says what its operands become.</summary>
    public Operation Clone(Operation before, Operation op, ValueMapping mapping)
    {
        Operation copy = op.Clone(mapping);
        Insert(before, copy);
        return copy;
    }

    /// <summary>Replaces the results of <paramref name="op"/> by <paramref name="values"/> and erases it.</summary>
    public void Replace(Operation op, params IReadOnlyList<Value> values)
    {
        if (values.Count != op.Results.Count)
        {
            throw new ArgumentException($"{values.Count} values for {op.Results.Count} results of '{op.Name}'", nameof(values));
        }

        for (int i = 0; i < values.Count; i++)
        {
            ReplaceUses(op.Results[i], values[i]);
        }

        Erase(op);
    }

    /// <summary>Replaces <paramref name="op"/> by what <paramref name="create"/> makes before it, result by result.</summary>
    public T ReplaceWith<T>(Operation op, Func<OpBuilder, T> create) where T : Operation
    {
        T made = create(Before(op));
        Replace(op, made.Results);
        return made;
    }

    /// <summary>Makes every user of <paramref name="value"/> use <paramref name="by"/>.</summary>
    public void ReplaceUses(Value value, Value by)
    {
        if (ReferenceEquals(value, by))
        {
            return;
        }

        while (value.FirstUser is { } user)
        {
            user.SetOperand(value.FirstUserIndex, by);
            Changes++;
            _listener?.Modified(user);
        }
    }

    /// <summary>Makes the users of <paramref name="value"/> that <paramref name="wanted"/> names use <paramref name="by"/>.</summary>
    public void ReplaceUses(Value value, Value by, Func<Use, bool> wanted)
    {
        foreach (Use use in value.Uses)
        {
            if (wanted(use))
            {
                SetOperand(use.Owner, use.Index, by);
            }
        }
    }

    /// <summary>Replaces one operand.</summary>
    public void SetOperand(Operation op, int index, Value value)
    {
        op.SetOperand(index, value);
        Changes++;
        _listener?.Modified(op);
    }

    /// <summary>Sets an attribute; null removes it.</summary>
    public void SetAttr(Operation op, string name, Attr? value)
    {
        op.SetAttr(name, value);
        Changes++;
        _listener?.Modified(op);
    }

    /// <summary>Erases an operation that nothing uses.</summary>
    public void Erase(Operation op)
    {
        for (int i = 0; i < op.Results.Count; i++)
        {
            if (op.Results[i].HasUses)
            {
                throw new InvalidOperationException($"'{op.Name}' is erased while its result {i} is used");
            }
        }

        Changes++;
        if (op.Regions.Count == 0)
        {
            _listener?.Erasing(op);
            op.Remove();
            op.DropOperands();
            return;
        }

        // Users may stand anywhere inside, so all uses go before the operations do; each is told with its operands still there.
        if (_listener is not null)
        {
            foreach (Operation inner in op.WalkPostOrder())
            {
                _listener.Erasing(inner);
            }
        }

        foreach (Operation inner in op.WalkPostOrder())
        {
            inner.DropOperands();
            inner.Remove();
        }
    }

    /// <summary>Notes that the pattern changed <paramref name="op"/> itself: operands, attributes or what is inside.</summary>
    public void Touch(Operation op)
    {
        Changes++;
        if (_listener is null)
        {
            return;
        }

        for (int i = 0; i < op.Results.Count; i++)
        {
            foreach (Use use in op.Results[i].Uses)
            {
                _listener.Modified(use.Owner);
            }
        }

        _listener.Modified(op);
    }

    void IRewriteListener.Inserted(Operation op)
    {
        Changes++;
        _listener?.Inserted(op);
    }

    void IRewriteListener.Modified(Operation op) => Touch(op);

    void IRewriteListener.Erasing(Operation op) => _listener?.Erasing(op);

    /// <summary>Calls <paramref name="change"/>, which changes <paramref name="op"/> in place, and notes that it did.</summary>
    public void Modify<T>(T op, Action<T> change) where T : Operation
    {
        change(op);
        Touch(op);
    }
}
