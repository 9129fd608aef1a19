namespace Orchestrator.IR;

/// <summary>Through which patterns change IR, so that the driver sees what must be looked at again.</summary>
public sealed class Rewriter
{
    private readonly Action<Operation> _touched;
    private readonly Action<Operation> _erased;

    internal Rewriter(Context context, Action<Operation> touched, Action<Operation> erased)
    {
        (Context, _touched, _erased) = (context, touched, erased);
    }

    /// <summary>The context.</summary>
    public Context Context { get; }

    /// <summary>Number of changes so far.</summary>
    internal long Changes { get; private set; }

    /// <summary>Makes an operation before <paramref name="before"/>, with its place, by calling <paramref name="create"/> with a builder.</summary>
    public T Insert<T>(Operation before, Func<OpBuilder, T> create) where T : Operation
    {
        T made = create(OpBuilder.BeforeOp(before));
        Touch(made);
        return made;
    }

    /// <summary>Replaces the results of <paramref name="op"/> by <paramref name="values"/> and erases it.</summary>
    public void Replace(Operation op, params IReadOnlyList<Value> values)
    {
        for (int i = 0; i < op.Results.Count; i++)
        {
            foreach (Use use in op.Results[i].Uses)
            {
                _touched(use.Owner);
            }

            op.Results[i].ReplaceAllUsesWith(values[i]);
        }

        Erase(op);
    }

    /// <summary>Erases an operation that nothing uses.</summary>
    public void Erase(Operation op)
    {
        foreach (Operation inner in op.WalkPostOrder())
        {
            foreach (Value operand in inner.Operands)
            {
                if (operand.DefiningOp is { } definition)
                {
                    _touched(definition);
                }
            }

            _erased(inner);
        }

        op.Erase();
        Changes++;
    }

    /// <summary>Notes that the pattern changed <paramref name="op"/> itself: operands, attributes or what is inside.</summary>
    public void Touch(Operation op)
    {
        Changes++;
        _touched(op);
        foreach (OpResult result in op.Results)
        {
            foreach (Use use in result.Uses)
            {
                _touched(use.Owner);
            }
        }
    }

    /// <summary>
    /// Moves the operations of a block without arguments before <paramref name="before"/>, all but its terminator, and gives the operands of
    /// that. The terminator is erased.
    /// </summary>
    public Value[] InlineBefore(Operation before, Block block)
    {
        Operation terminator = block.Last ?? throw new InvalidOperationException("the block is empty");
        Value[] yielded = [.. terminator.Operands];
        foreach (Operation op in block.Operations)
        {
            if (!ReferenceEquals(op, terminator))
            {
                op.MoveBefore(before);
                Touch(op);
            }
        }

        Erase(terminator);
        return yielded;
    }
}
