namespace Orchestrator.IR;

/// <summary>
/// Replaces an operation by an equal one that is computed before it on every way. Blocks are visited along the dominator tree, inner regions
/// before the operation that holds them; nothing is erased before the end, so operations are compared as they stood.
/// </summary>
internal sealed class MergeEqual
{
    // What the operations of a block, or inside an operation, do together.
    private struct Summary
    {
        public bool Writes;
        public bool Touches;
        public uint Hash;

        public void Add(in Summary other)
        {
            Writes |= other.Writes;
            Touches |= other.Touches;
            Hash = ((Hash << 5) | (Hash >> 27)) * 0x9E3779B1 + other.Hash;
        }
    }

    // A block on the way from the root to where we are. Current is its operation whose regions are being visited.
    private struct Frame
    {
        public Operation? Current;
        public Operation? Next;
        public Operation? LastWriter;
        public DominatorTree? Tree;
        public int Child;
        public int Region;
        public int Mark;
        public int Floor;
        public bool Ordered;
        public bool IsTreeChild;
        public Summary Inner;
        public Summary Own;
    }

    private readonly SymbolTables _symbols = new();
    private readonly ComputationTable _known = new();
    private readonly DominanceInfo _dominance = new();
    private readonly List<Operation> _gone = [];
    private Frame[] _frames = new Frame[16];
    private int _depth;

    /// <summary>How many operations were replaced by an equal one.</summary>
    public int Merged { get; private set; }

    /// <summary>How many were left out because nobody used them.</summary>
    public int Dead { get; private set; }

    /// <summary>Whether the next operation may be replaced or left out, or null for always; asked just before.</summary>
    public Func<bool>? MayAct { get; init; }

    /// <summary>Works on all regions of <paramref name="root"/>.</summary>
    public void Run(Operation root, CancellationToken cancellation)
    {
        Push(new Frame { Current = root });
        while (_depth > 0)
        {
            ref Frame frame = ref _frames[_depth - 1];
            if (frame.Current is { } op)
            {
                if (frame.Region < op.Regions.Count)
                {
                    EnterRegion(op.Regions[frame.Region++]);
                    continue;
                }

                frame.Current = null;
                _known.Floor = frame.Floor;
                if (_depth > 1)
                {
                    Visit(ref frame, op, in frame.Inner);
                }
            }
            else if (frame.Next is not null)
            {
                cancellation.ThrowIfCancellationRequested();
                VisitPlain(ref frame);
            }
            else if (frame.Child >= 0 && frame.Tree is { } tree)
            {
                int child = frame.Child;
                frame.Child = tree.NextSiblingOf(child);
                EnterBlock(tree.Order[child], ordered: true, tree, child, isTreeChild: true);
            }
            else
            {
                Leave();
            }
        }

        foreach (Operation op in _gone)
        {
            DeadCode.Erase(op);
        }
    }

    // Goes on until an operation with regions comes; that becomes the current one.
    private void VisitPlain(ref Frame frame)
    {
        while (frame.Next is { } op)
        {
            frame.Next = op.Next;
            if (op.Regions.Count > 0)
            {
                (frame.Current, frame.Region, frame.Inner, frame.Floor) = (op, 0, default, _known.Floor);

                // What nobody declares might be isolated.
                if (op.Info is null || op.Has(OpTraits.IsolatedFromAbove))
                {
                    _known.Floor = _known.Count;
                }

                return;
            }

            Visit(ref frame, op, default);
        }
    }

    private void EnterRegion(Region region)
    {
        if (region.First is not { } entry)
        {
            return;
        }

        bool ordered = region.Count > 1 || (region.Parent is { Info: not null } parent && !parent.Has(OpTraits.GraphRegion));
        if (region.Count == 1)
        {
            EnterBlock(entry, ordered, null, -1, isTreeChild: false);
            return;
        }

        DominatorTree tree = _dominance.TreeOf(region);
        if (tree.Order.Length < region.Count)
        {
            // Blocks that are not visited may hold anything.
            _frames[_depth - 1].Inner.Add(new Summary { Writes = true, Touches = true });
        }

        EnterBlock(entry, ordered, tree, 0, isTreeChild: false);
    }

    private void EnterBlock(Block block, bool ordered, DominatorTree? tree, int number, bool isTreeChild) => Push(new Frame
    {
        Next = block.First,
        Tree = tree,
        Child = tree?.FirstChildOf(number) ?? -1,
        Mark = _known.Count,
        Floor = _known.Floor,
        Ordered = ordered,
        IsTreeChild = isTreeChild,
    });

    private void Push(in Frame frame)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, 2 * _depth);
        }

        _frames[_depth++] = frame;
    }

    private void Leave()
    {
        ref Frame frame = ref _frames[--_depth];
        _known.Shrink(frame.Mark);
        if (_depth > 0)
        {
            ref Frame outer = ref _frames[_depth - 1];
            ref Summary sum = ref frame.IsTreeChild ? ref outer.Own : ref outer.Inner;
            sum.Add(in frame.Own);
        }

        frame = default;
    }

    private void Visit(ref Frame frame, Operation op, in Summary inner)
    {
        bool terminator = op.Has(OpTraits.Terminator);
        Effect effect = terminator ? Effect.None : op.EffectsIn(_symbols);
        bool writes = inner.Writes || effect is Effect.Writes or Effect.Unknown;
        bool touches = writes || inner.Touches || effect is Effect.Reads or Effect.Calls;
        frame.Own.Add(new Summary { Writes = writes, Touches = touches, Hash = Equivalence.Mix(inner.Hash, op.Name) });

        if (terminator)
        {
            return;
        }

        if (writes)
        {
            frame.LastWriter = op;
            return;
        }

        if (DeadCode.IsUnused(op) && MayAct?.Invoke() != false)
        {
            Dead++;
            _gone.Add(op);
            return;
        }

        bool reads = effect == Effect.Reads && !inner.Touches;
        if ((!touches || reads) && !HasSeveralBlocks(op))
        {
            Merge(ref frame, op, inner.Hash, reads);
        }
    }

    private void Merge(ref Frame frame, Operation op, uint body, bool reads)
    {
        uint hash = Equivalence.HashOf(op, body);
        if (_known.Find(op, hash) is not { } equal || (reads && !ReadsTheSame(equal, op, frame.LastWriter)) || MayAct?.Invoke() == false)
        {
            _known.Add(op, hash);
            return;
        }

        Merged++;
        if (equal.WrittenLocation is null && equal.Span.Source is null && (op.WrittenLocation is not null || op.Span.Source is not null))
        {
            equal.Location = op.Location;
        }

        bool all = true;
        for (int i = 0; i < op.Results.Count; i++)
        {
            if (frame.Ordered)
            {
                op.Results[i].ReplaceAllUsesWith(equal.Results[i]);
            }
            else
            {
                ReplaceUnseen(op.Results[i], equal.Results[i]);
                all &= !op.Results[i].HasUses;
            }
        }

        if (all)
        {
            _gone.Add(op);
        }
    }

    // Where a use may stand before the definition, users that are in the table stay as they are: their hash would change.
    private void ReplaceUnseen(Value value, Value by)
    {
        foreach (Use use in value.Uses)
        {
            Operation user = use.Owner;
            if (user.Regions.Count > 0 || _known.Find(user, Equivalence.HashOf(user, 0)) is null)
            {
                user.SetOperand(use.Index, by);
            }
        }
    }

    private static bool ReadsTheSame(Operation equal, Operation op, Operation? lastWriter) =>
        ReferenceEquals(equal.Block, op.Block) && (lastWriter is null || lastWriter.IsBefore(equal));

    private static bool HasSeveralBlocks(Operation op)
    {
        for (int i = 0; i < op.Regions.Count; i++)
        {
            if (op.Regions[i].Count > 1)
            {
                return true;
            }
        }

        return false;
    }
}
