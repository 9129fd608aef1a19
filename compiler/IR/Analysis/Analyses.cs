namespace Orchestrator.IR;

/// <summary>
/// What is known about one operation and, in further objects of this class, about the operations inside it. Each analysis is computed when
/// first asked for and kept until it is invalidated. One thread uses an object and those inside it at a time.
/// </summary>
public sealed class Analyses
{
    // Made when needed: of most operations nothing is ever asked.
    private Dictionary<Type, Known>? _known;
    private Dictionary<Operation, Analyses>? _inside;
    private Stack<Known>? _computing;

    /// <summary>Knows nothing about <paramref name="root"/> yet.</summary>
    public Analyses(Operation root) => Root = root;

    // Not kept by the outer object until Keep is called, so that several threads can fill one each.
    internal Analyses(Operation root, Analyses outer) : this(root) => Outer = outer;

    /// <summary>The operation.</summary>
    public Operation Root { get; }

    internal Analyses? Outer { get; }

    // Told the name of an analysis and how to compute it; the runner measures the time. Set on the outermost object only.
    internal Func<string, Func<object>, object>? Measure { get; set; }

    /// <summary>The analysis of <see cref="Root"/>, computed if it is not known.</summary>
    /// <exception cref="InvalidOperationException">Computing it asks for itself.</exception>
    public T Get<T>() where T : class, IAnalysis<T>
    {
        _known ??= [];
        _computing ??= new Stack<Known>();
        if (_computing.TryPeek(out Known? asking))
        {
            asking.DependsOn.Add(typeof(T));
        }

        if (_known.TryGetValue(typeof(T), out Known? known))
        {
            return known.Value as T ?? throw new InvalidOperationException($"analysis {T.Name} asks for itself");
        }

        _known.Add(typeof(T), known = new Known());
        _computing.Push(known);
        bool good = false;
        try
        {
            T found = Measurer is { } measure ? (T)measure(T.Name, () => T.Compute(Root, this)) : T.Compute(Root, this);
            known.Value = found;
            good = true;
            return found;
        }
        finally
        {
            _computing.Pop();
            if (!good)
            {
                _known.Remove(typeof(T));
            }
        }
    }

    /// <summary>The analysis of <see cref="Root"/> if it is known.</summary>
    public T? Cached<T>() where T : class, IAnalysis<T> => _known?.GetValueOrDefault(typeof(T))?.Value as T;

    /// <summary>What is known about <paramref name="op"/>, which is <see cref="Root"/> or inside it.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    public Analyses Of(Operation op) =>
        Find(op, create: true) ?? throw new InvalidOperationException($"'{op.Name}' is not inside '{Root.Name}'");

    /// <summary>
    /// Forgets all but the analyses in <paramref name="preserved"/>, here and about everything inside; also those that depend on a forgotten one,
    /// and what is known about operations that are no longer inside.
    /// </summary>
    public void Invalidate(IReadOnlyCollection<Type> preserved)
    {
        var pending = new Stack<Analyses>();
        pending.Push(this);
        while (pending.TryPop(out Analyses? at))
        {
            at.InvalidateHere(preserved);
            if (preserved.Count == 0)
            {
                at._inside = null;
            }

            foreach ((Operation op, Analyses inside) in at._inside?.ToArray() ?? [])
            {
                if (ReferenceEquals(op.ParentOp, at.Root))
                {
                    pending.Push(inside);
                }
                else
                {
                    at._inside?.Remove(op);
                }
            }
        }
    }

    // Forgets what is not preserved about the root alone: what runs inside looks after the rest.
    internal void InvalidateHere(IReadOnlyCollection<Type> preserved)
    {
        if (_known is null || preserved.Count == 0)
        {
            _known = null;
            return;
        }

        foreach (Type type in _known.Keys.Except(preserved).ToArray())
        {
            _known.Remove(type);
        }

        // An analysis that rests on a forgotten one goes too; each round forgets at least one.
        Type[] loose;
        do
        {
            loose = [.. _known.Where(k => k.Value.DependsOn.Any(d => !_known.ContainsKey(d))).Select(k => k.Key)];
            foreach (Type type in loose)
            {
                _known.Remove(type);
            }
        }
        while (loose.Length > 0);
    }

    // Makes what is known about an operation directly inside part of this.
    internal void Keep(Analyses inside) => (_inside ??= [])[inside.Root] = inside;

    internal bool IsEmpty => _known is null && _inside is null;

    internal Analyses? Find(Operation op, bool create)
    {
        // From the operation outwards to the root, then back along the same way.
        var way = new Stack<Operation>();
        for (Operation? at = op; !ReferenceEquals(at, Root); at = at.ParentOp)
        {
            if (at is null)
            {
                return null;
            }

            way.Push(at);
        }

        Analyses? found = this;
        while (found is not null && way.TryPop(out Operation? next))
        {
            Analyses outer = found;
            found = outer._inside?.GetValueOrDefault(next);
            if (found is null && create)
            {
                found = new Analyses(next, outer);
                outer.Keep(found);
            }
        }

        return found;
    }

    private Func<string, Func<object>, object>? Measurer
    {
        get
        {
            for (Analyses? at = this; at is not null; at = at.Outer)
            {
                if (at.Measure is { } measure)
                {
                    return measure;
                }
            }

            return null;
        }
    }

    private sealed class Known
    {
        public object? Value { get; set; }

        public HashSet<Type> DependsOn { get; } = [];
    }
}
