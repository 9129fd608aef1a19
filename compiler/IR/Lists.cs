using System.Collections;
using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>The first items of an array, read only: regions, successors or block arguments. Reading it allocates nothing.</summary>
public readonly record struct ItemList<T> : IReadOnlyList<T> where T : class
{
    private readonly T[] _items;

    internal ItemList(T[] items, int count) => (_items, Count) = (items, count);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _items[index];
        }
    }

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_items, Count);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)new ArraySegment<T>(_items, 0, Count)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<T>)this).GetEnumerator();

    /// <summary>Goes through items.</summary>
    public struct Enumerator
    {
        private readonly T[] _items;
        private readonly int _count;
        private int _index;

        internal Enumerator(T[] items, int count) => (_items, _count, _index) = (items, count, -1);

        /// <summary>The item here.</summary>
        public readonly T Current => _items[_index];

        /// <summary>Goes to the next.</summary>
        public bool MoveNext() => ++_index < _count;
    }
}

/// <summary>The results of an operation. Most operations have one, which is held without an array.</summary>
public readonly record struct ResultList : IReadOnlyList<OpResult>
{
    // Null, an OpResult or an OpResult[].
    private readonly object? _results;

    internal ResultList(object? results) => _results = results;

    /// <inheritdoc/>
    public int Count => _results is null ? 0 : _results is OpResult ? 1 : Unsafe.As<OpResult[]>(_results).Length;

    /// <inheritdoc/>
    public OpResult this[int index]
    {
        get
        {
            if (_results is OpResult one)
            {
                ArgumentOutOfRangeException.ThrowIfNotEqual(index, 0);
                return one;
            }

            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return Unsafe.As<OpResult[]>(_results!)[index]; // Not null: the count is not 0.
        }
    }

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<OpResult> IEnumerable<OpResult>.GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<OpResult>)this).GetEnumerator();

    /// <summary>Goes through results.</summary>
    public struct Enumerator
    {
        private readonly ResultList _list;
        private readonly int _count;
        private int _index;

        internal Enumerator(ResultList list) => (_list, _count, _index) = (list, list.Count, -1);

        /// <summary>The result here.</summary>
        public readonly OpResult Current => _list[_index];

        /// <summary>Goes to the next.</summary>
        public bool MoveNext() => ++_index < _count;
    }
}

/// <summary>A run of operands of one operation; reading goes to the operation, so it follows later changes.</summary>
public readonly record struct OperandList : IReadOnlyList<Value>
{
    private readonly Operation _owner;
    private readonly int _start;

    internal OperandList(Operation owner, int start, int count) => (_owner, _start, Count) = (owner, start, count);

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public Value this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            return _owner.GetOperand(_start + index);
        }
    }

    /// <summary>The operands from <paramref name="start"/> on.</summary>
    public OperandList From(int start) => new(_owner, _start + start, Math.Max(0, Count - start));

    /// <summary>The operands from <paramref name="start"/> on, <paramref name="count"/> of them.</summary>
    public OperandList Slice(int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + count, Count);
        return new OperandList(_owner, _start + start, count);
    }

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(this);

    IEnumerator<Value> IEnumerable<Value>.GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Value>)this).GetEnumerator();

    /// <summary>Goes through operands.</summary>
    public struct Enumerator
    {
        private readonly OperandList _list;
        private int _index;

        internal Enumerator(OperandList list) => (_list, _index) = (list, -1);

        /// <summary>The operand here.</summary>
        public readonly Value Current => _list[_index];

        /// <summary>Goes to the next.</summary>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
