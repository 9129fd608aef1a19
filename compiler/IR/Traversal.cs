using System.Collections;

namespace Orchestrator.IR;

/// <summary>The operations of a block, in order. The one just returned may be removed while reading.</summary>
public readonly record struct BlockOperations : IEnumerable<Operation>
{
    private readonly Block _block;

    internal BlockOperations(Block block) => _block = block;

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_block.First);

    IEnumerator<Operation> IEnumerable<Operation>.GetEnumerator()
    {
        foreach (Operation op in this)
        {
            yield return op;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Operation>)this).GetEnumerator();

    /// <summary>Goes through operations.</summary>
    public struct Enumerator
    {
        private Operation? _next;

        internal Enumerator(Operation? first)
        {
            _next = first;
            Current = null!; // Read only after MoveNext.
        }

        /// <summary>The operation here.</summary>
        public Operation Current { get; private set; }

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            if (_next is not { } op)
            {
                return false;
            }

            (Current, _next) = (op, op.NextInBlock);
            return true;
        }
    }
}

/// <summary>The blocks of a region, in order. The one just returned may be removed while reading.</summary>
public readonly record struct RegionBlocks : IEnumerable<Block>
{
    private readonly Region _region;

    internal RegionBlocks(Region region) => _region = region;

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_region.First);

    IEnumerator<Block> IEnumerable<Block>.GetEnumerator()
    {
        foreach (Block block in this)
        {
            yield return block;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Block>)this).GetEnumerator();

    /// <summary>Goes through blocks.</summary>
    public struct Enumerator
    {
        private Block? _next;

        internal Enumerator(Block? first)
        {
            _next = first;
            Current = null!; // Read only after MoveNext.
        }

        /// <summary>The block here.</summary>
        public Block Current { get; private set; }

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            if (_next is not { } block)
            {
                return false;
            }

            (Current, _next) = (block, block.Next);
            return true;
        }
    }
}

/// <summary>
/// An operation and all inside it, outer before inner. The tree is walked by its links: no recursion, no stack. The operation just returned
/// may not be removed while walking; <see cref="Operation.WalkPostOrder"/> is for that.
/// </summary>
public readonly record struct OperationWalk : IEnumerable<Operation>
{
    private readonly Operation _root;

    internal OperationWalk(Operation root) => _root = root;

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_root);

    IEnumerator<Operation> IEnumerable<Operation>.GetEnumerator()
    {
        foreach (Operation op in this)
        {
            yield return op;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Operation>)this).GetEnumerator();

    /// <summary>Goes through operations.</summary>
    public struct Enumerator
    {
        private readonly Operation _root;
        private Operation? _at;

        internal Enumerator(Operation root)
        {
            _root = root;
            _at = null;
        }

        /// <summary>The operation here.</summary>
        public readonly Operation Current => _at!; // Read only after MoveNext.

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            _at = _at is null ? _root : Operation.FollowingInWalk(_at, _root);
            return _at is not null;
        }
    }
}

/// <summary>
/// The uses of a value, latest first. The list may be changed while it is read only at the use just returned.
/// </summary>
public readonly record struct UseList : IEnumerable<Use>
{
    private readonly Value _value;

    internal UseList(Value value) => _value = value;

    /// <summary>For <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_value);

    IEnumerator<Use> IEnumerable<Use>.GetEnumerator()
    {
        foreach (Use use in this)
        {
            yield return use;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => ((IEnumerable<Use>)this).GetEnumerator();

    /// <summary>Goes through uses.</summary>
    public struct Enumerator
    {
        private Operation? _user;
        private int _index;

        internal Enumerator(Value value)
        {
            (_user, _index) = (value.FirstUser, value.FirstUserIndex);
            Current = default;
        }

        /// <summary>The use here.</summary>
        public Use Current { get; private set; }

        /// <summary>Goes to the next.</summary>
        public bool MoveNext()
        {
            if (_user is null)
            {
                return false;
            }

            Current = new Use(_user, _index);
            ref OperandSlot slot = ref _user.Slot(_index);
            (_user, _index) = (slot.NextUser, slot.NextIndex);
            return true;
        }
    }
}
