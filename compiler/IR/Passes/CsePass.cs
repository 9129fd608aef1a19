using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>Replaces an operation by an equal one that is computed before it, when neither does anything besides.</summary>
[Pass("cse")]
public sealed partial class CsePass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var symbols = new SymbolTables();
        var scopes = new Stack<Scope>();
        var dead = new List<Operation>();
        foreach (Operation op in root.Walk())
        {
            context.Cancellation.ThrowIfCancellationRequested();
            if (op.Block is not { } block || ReferenceEquals(op, root))
            {
                continue;
            }

            Scope scope = Enter(scopes, block);
            if (op.Regions.Count > 0 || op.Results.Count == 0 || op.EffectsIn(symbols) != Effect.None)
            {
                continue;
            }

            if (scope.Known.TryGetValue(op, out Operation? equal))
            {
                for (int i = 0; i < op.Results.Count; i++)
                {
                    op.Results[i].ReplaceAllUsesWith(equal.Results[i]);
                }

                dead.Add(op);
            }
            else
            {
                scope.Known.Add(op, op);
                scope.Added.Add(op);
            }
        }

        foreach (Operation op in dead)
        {
            op.Erase();
        }

        context.Count(this, "merged", dead.Count);
    }

    // The scope of a block sees what the blocks around it computed before, but not through an operation that is isolated.
    private static Scope Enter(Stack<Scope> scopes, Block block)
    {
        while (scopes.TryPeek(out Scope? top) && !ReferenceEquals(top.Block, block) && !Encloses(top.Block, block))
        {
            foreach (Operation op in scopes.Pop().Added)
            {
                top.Known.Remove(op);
            }
        }

        if (scopes.TryPeek(out Scope? outer) && ReferenceEquals(outer.Block, block))
        {
            return outer;
        }

        bool isolated = outer is null || block.ParentOp is { } parent && parent.Has(OpTraits.IsolatedFromAbove);
        var inner = new Scope(block, isolated ? new Dictionary<Operation, Operation>(new SameComputation()) : outer!.Known); // Not null: isolated otherwise.
        scopes.Push(inner);
        return inner;
    }

    private static bool Encloses(Block outer, Block inner)
    {
        for (Block? at = inner.ParentOp?.Block; at is not null; at = at.ParentOp?.Block)
        {
            if (ReferenceEquals(at, outer))
            {
                return true;
            }
        }

        return false;
    }

    private sealed class Scope(Block block, Dictionary<Operation, Operation> known)
    {
        public Block Block { get; } = block;

        public Dictionary<Operation, Operation> Known { get; } = known;

        public List<Operation> Added { get; } = [];
    }

    // Two operations are the same computation when name, attributes, operands and result types are; all of these compare by reference.
    private sealed class SameComputation : IEqualityComparer<Operation>
    {
        public bool Equals(Operation? x, Operation? y)
        {
            if (x is null || y is null || !ReferenceEquals(x.Name, y.Name) || !ReferenceEquals(x.Attributes, y.Attributes)
                || !ReferenceEquals(x.Properties, y.Properties) || x.OperandCount != y.OperandCount || x.Results.Count != y.Results.Count)
            {
                return false;
            }

            for (int i = 0; i < x.OperandCount; i++)
            {
                if (!ReferenceEquals(x.GetOperand(i), y.GetOperand(i)))
                {
                    return false;
                }
            }

            return x.Results.Zip(y.Results).All(pair => ReferenceEquals(pair.First.Type, pair.Second.Type));
        }

        public int GetHashCode(Operation op)
        {
            var hash = new HashCode();
            hash.Add(RuntimeHelpers.GetHashCode(op.Name));
            hash.Add(RuntimeHelpers.GetHashCode(op.Attributes));
            hash.Add(RuntimeHelpers.GetHashCode(op.Properties));
            for (int i = 0; i < op.OperandCount; i++)
            {
                hash.Add(RuntimeHelpers.GetHashCode(op.GetOperand(i)));
            }

            return hash.ToHashCode();
        }
    }
}
