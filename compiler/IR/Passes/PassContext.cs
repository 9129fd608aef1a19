using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>What a pass may use while it runs on one operation, and what it says about what it did.</summary>
public sealed class PassContext
{
    private static readonly SortedDictionary<string, long> Nothing = new(StringComparer.Ordinal);

    private readonly Analyses? _given;
    private SortedDictionary<string, long>? _statistics;
    private Analyses? _analyses;
    private HashSet<Type>? _preserved;

    /// <summary>Made for one run of a pass.</summary>
    public PassContext(DiagnosticBag diagnostics, CancellationToken cancellation = default) => (Diagnostics, Cancellation) = (diagnostics, cancellation);

    internal PassContext(DiagnosticBag diagnostics, Analyses analyses, DebugCounters? counters, CancellationToken cancellation)
        : this(diagnostics, cancellation) => (_given, Counters) = (analyses, counters);

    /// <summary>Where mistakes of the user's go; after an error the pipeline ends.</summary>
    public DiagnosticBag Diagnostics { get; }

    /// <summary>Asks the pass to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>What the pass counted, by <c>pass.counter</c>.</summary>
    public IReadOnlyDictionary<string, long> Statistics => _statistics ?? Nothing;

    /// <summary>Whether the pass said that it changed nothing, so that nothing needs to be verified or computed again.</summary>
    public bool ChangedNothing { get; private set; }

    internal DebugCounters? Counters { get; }

    internal IReadOnlyCollection<Type> Preserved => _preserved ?? (IReadOnlyCollection<Type>)[];

    /// <summary>Adds to a counter of a pass; shown by <c>--pass-statistics</c>. A counter that was mentioned is shown even when it is 0.</summary>
    public void Count(Pass pass, string counter, long by = 1)
    {
        string name = $"{pass.Name}.{counter}";
        _statistics ??= new SortedDictionary<string, long>(StringComparer.Ordinal);
        _statistics[name] = _statistics.GetValueOrDefault(name) + by;
    }

    /// <summary>
    /// What <typeparamref name="T"/> found about <paramref name="op"/>, which is the pass's operation or inside it: computed when first asked
    /// for, and kept until a pass changes something without preserving it.
    /// </summary>
    /// <exception cref="InvalidOperationException"><paramref name="op"/> is not inside the pass's operation.</exception>
    public T Analysis<T>(Operation op) where T : class, IAnalysis<T>
    {
        // A pass that is run without a pipeline has the analyses of whatever it first asks about.
        _analyses ??= _given ?? new Analyses(op);
        return (_analyses.Find(op, create: true) ?? throw new InvalidOperationException($"'{op.Name}' is not inside '{_analyses.Root.Name}', on which the pass runs"))
            .Get<T>();
    }

    /// <summary>
    /// What <typeparamref name="T"/> found before about <paramref name="op"/>, which may be around the pass's operation; null when that is not
    /// known, or not known any more.
    /// </summary>
    public T? CachedAnalysis<T>(Operation op) where T : class, IAnalysis<T>
    {
        for (Analyses? at = _analyses ?? _given; at is not null; at = at.Outer)
        {
            if (at.Find(op, create: false) is { } found)
            {
                return found.Cached<T>();
            }
        }

        return null;
    }

    /// <summary>Says that what <typeparamref name="T"/> found is still true after what the pass did.</summary>
    public void Preserve<T>() where T : class, IAnalysis<T> => (_preserved ??= []).Add(typeof(T));

    /// <summary>Says that the pass changed nothing: every analysis stays true, and nothing is verified again.</summary>
    public void PreserveAll() => ChangedNothing = true;

    /// <summary>
    /// Whether the next action of this name is to be done. True, unless somebody narrows down which one of many goes wrong with
    /// <c>--debug-counter=name-skip=N,name-count=M</c>. Ask once for each change, just before it.
    /// </summary>
    public bool MayAct(string action) => Counters?.Next(action) ?? true;
}
