using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>
/// Whether two operations compute the same: equal names, attributes, operands, result types and bodies; locations do not count. Operands of a
/// commutative operation may stand in any order. Bodies are compared with the values that they define taken for one another.
/// </summary>
internal sealed class Equivalence
{
    // Above this many operands a commutative operation is compared in order: trying all pairs would be quadratic.
    private const int SortedOperandsMax = 64;

    private readonly Dictionary<Value, Value> _same = [];
    private readonly Dictionary<Block, Block> _sameBlocks = [];
    private readonly Stack<(Region Left, Region Right)> _pending = new();

    /// <summary>A hash that is equal for equivalent operations; <paramref name="body"/> is a hash of what is inside.</summary>
    public static uint HashOf(Operation op, uint body)
    {
        uint hash = Mix(body, op.Name);
        hash = Mix(hash, op.Attributes);
        if (op.Properties is { } properties)
        {
            hash = Mix(hash, properties);
        }

        int operands = op.OperandCount;
        if (operands > 1 && op.Has(OpTraits.Commutative))
        {
            uint sum = 0;
            for (int i = 0; i < operands; i++)
            {
                sum += Mix(17, op.GetOperand(i));
            }

            hash = (hash ^ sum) * 0x9E3779B1;
        }
        else
        {
            for (int i = 0; i < operands; i++)
            {
                hash = Mix(hash, op.GetOperand(i));
            }
        }

        for (int i = 0; i < op.Results.Count; i++)
        {
            hash = Mix(hash, op.Results[i].Type);
        }

        return hash ^ (hash >> 15);
    }

    /// <summary>Adds <paramref name="item"/>, by its identity, to a hash.</summary>
    public static uint Mix(uint hash, object item) => (uint)RuntimeHelpers.GetHashCode(item) + (uint)((ulong)(hash ^ 0x5BD1E995) * 0x9E3779B97F4A7C15 >> 29);

    /// <summary>Whether the two are equivalent where both stand.</summary>
    public bool Equal(Operation left, Operation right)
    {
        if (left.Regions.Count == 0)
        {
            return EqualHeads(left, right, inside: false);
        }

        _same.Clear();
        _sameBlocks.Clear();
        _pending.Clear();
        if (!EqualHeads(left, right, inside: false))
        {
            return false;
        }

        Push(left, right);
        return EqualPending();
    }

    private bool EqualPending()
    {
        while (_pending.TryPop(out (Region Left, Region Right) next))
        {
            if (!EqualBlocks(next.Left, next.Right))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether two blocks take the same, compute the same and pass control to the same blocks.</summary>
    public bool Equal(Block left, Block right)
    {
        _same.Clear();
        _sameBlocks.Clear();
        _pending.Clear();
        if (!EqualArguments(left, right) || !EqualOperations(left, right))
        {
            return false;
        }

        return EqualPending();
    }

    private void Push(Operation left, Operation right)
    {
        for (int i = left.Regions.Count - 1; i >= 0; i--)
        {
            _pending.Push((left.Regions[i], right.Regions[i]));
        }
    }

    private bool EqualBlocks(Region left, Region right)
    {
        if (left.Count != right.Count)
        {
            return false;
        }

        Block? b = right.First;
        for (Block? a = left.First; a is not null; a = a.Next, b = b.Next)
        {
            if (b is null || !EqualArguments(a, b))
            {
                return false;
            }

            _sameBlocks.Add(a, b);
        }

        b = right.First;
        for (Block? a = left.First; a is not null && b is not null; a = a.Next, b = b.Next)
        {
            if (!EqualOperations(a, b))
            {
                return false;
            }
        }

        return true;
    }

    private bool EqualArguments(Block a, Block b)
    {
        if (a.Count != b.Count || a.Arguments.Count != b.Arguments.Count)
        {
            return false;
        }

        for (int i = 0; i < a.Arguments.Count; i++)
        {
            if (!ReferenceEquals(a.Arguments[i].Type, b.Arguments[i].Type))
            {
                return false;
            }

            _same.Add(a.Arguments[i], b.Arguments[i]);
        }

        return true;
    }

    private bool EqualOperations(Block a, Block b)
    {
        Operation? y = b.First;
        for (Operation? x = a.First; x is not null; x = x.Next, y = y.Next)
        {
            if (y is null || !EqualHeads(x, y, inside: true))
            {
                return false;
            }

            Push(x, y);
        }

        return true;
    }

    private bool EqualHeads(Operation x, Operation y, bool inside)
    {
        int operands = x.OperandCount;
        if (!ReferenceEquals(x.Name, y.Name) || !ReferenceEquals(x.Properties, y.Properties) || operands != y.OperandCount
            || !ReferenceEquals(x.Attributes, y.Attributes) || x.Results.Count != y.Results.Count || x.Regions.Count != y.Regions.Count
            || x.Successors.Count != y.Successors.Count)
        {
            return false;
        }

        for (int i = 0; i < x.Results.Count; i++)
        {
            if (!ReferenceEquals(x.Results[i].Type, y.Results[i].Type))
            {
                return false;
            }

            if (inside)
            {
                _same.Add(x.Results[i], y.Results[i]);
            }
        }

        for (int i = 0; i < x.Successors.Count; i++)
        {
            Block to = x.Successors[i];
            if (!ReferenceEquals(_sameBlocks.GetValueOrDefault(to, to), y.Successors[i]))
            {
                return false;
            }
        }

        for (int i = 0; i < operands; i++)
        {
            if (!ReferenceEquals(Other(x.GetOperand(i), inside), y.GetOperand(i)))
            {
                return operands > 1 && x.Has(OpTraits.Commutative) && EqualUnordered(x, y, inside);
            }
        }

        return true;
    }

    private Value Other(Value value, bool inside) => inside ? _same.GetValueOrDefault(value, value) : value;

    private bool EqualUnordered(Operation x, Operation y, bool inside)
    {
        int count = x.OperandCount;
        if (count > SortedOperandsMax)
        {
            return false;
        }

        ulong taken = 0;
        for (int i = 0; i < count; i++)
        {
            Value wanted = Other(x.GetOperand(i), inside);
            int at = 0;
            while (at < count && ((taken >> at & 1) != 0 || !ReferenceEquals(y.GetOperand(at), wanted)))
            {
                at++;
            }

            if (at == count)
            {
                return false;
            }

            taken |= 1UL << at;
        }

        return true;
    }
}
