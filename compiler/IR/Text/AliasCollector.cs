namespace Orchestrator.IR;

// A part that was seen, with the depth at which its alias must be listed: above all that it refers to.
internal sealed class AliasCandidate(Interned part, bool mayBeLate)
{
    public Interned Part { get; } = part;

    public string? Name { get; } = part.AliasName;

    public int Depth { get; set; } = part.AliasName is null ? 0 : 1;

    // Whether only locations of operations refer to it, which may name what is defined after them.
    public bool MayBeLate { get; set; } = mayBeLate;

    public List<AliasCandidate> Parts { get; } = [];
}

// Finds what may get an alias, in the order of first visit. Each part is printed into nothing, one level at a time, to see what is inside.
internal sealed class AliasCollector
{
    private readonly Dictionary<Interned, AliasCandidate> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<AliasCandidate> _candidates = [];

    public IReadOnlyList<AliasCandidate> Candidates => _candidates;

    public void Visit(Interned part, bool mayBeLate)
    {
        if (part.MayHoldAlias)
        {
            Find(part, mayBeLate);
        }
    }

    // Recursion is bounded: the parser limits how deep attributes nest.
    private AliasCandidate Find(Interned part, bool mayBeLate)
    {
        if (_known.TryGetValue(part, out AliasCandidate? known))
        {
            if (!mayBeLate)
            {
                NeedEarly(known);
            }

            return known;
        }

        var candidate = new AliasCandidate(part, mayBeLate);
        _known.Add(part, candidate);
        _candidates.Add(candidate);
        int deepest = 0;
        part.Print(new AsmWriter
        {
            Visitor = inner =>
            {
                if (inner.MayHoldAlias)
                {
                    AliasCandidate found = Find(inner, mayBeLate);
                    candidate.Parts.Add(found);
                    deepest = Math.Max(deepest, found.Depth);
                }
            },
        });
        candidate.Depth = deepest > 0 ? deepest + 1 : candidate.Depth;
        return candidate;
    }

    private static void NeedEarly(AliasCandidate candidate)
    {
        if (candidate.MayBeLate)
        {
            candidate.MayBeLate = false;
            foreach (AliasCandidate part in candidate.Parts)
            {
                NeedEarly(part);
            }
        }
    }
}

// An operation entered or left, or a block entered.
internal readonly record struct AliasEvent(Operation? Op, Block? Block, bool IsExit);

// The order in which aliases are looked for, on an explicit stack.
internal static class AliasWalk
{
    public static IEnumerable<AliasEvent> Over(Operation root)
    {
        var open = new Stack<AliasEvent>();
        open.Push(new AliasEvent(root, null, false));
        while (open.TryPop(out AliasEvent next))
        {
            yield return next;
            if (next is { Op: { } op, IsExit: false })
            {
                open.Push(new AliasEvent(op, null, true));
                PushBlocks(op, open);
            }
            else if (next is { Block: { } block })
            {
                for (Operation? inner = block.Last; inner is not null; inner = inner.PreviousInBlock)
                {
                    open.Push(new AliasEvent(inner, null, false));
                }
            }
        }
    }

    private static void PushBlocks(Operation op, Stack<AliasEvent> open)
    {
        for (int i = op.Regions.Count - 1; i >= 0; i--)
        {
            for (Block? block = op.Regions[i].Last; block is not null; block = block.Previous)
            {
                open.Push(new AliasEvent(null, block, false));
            }
        }
    }
}
