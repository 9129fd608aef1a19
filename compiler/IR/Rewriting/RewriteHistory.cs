namespace Orchestrator.IR;

/// <summary>The last rewrites of a driver by name, for saying which of them go round in circles.</summary>
internal sealed class RewriteHistory
{
    // A circle of up to half as many rewrites is found.
    private const int Remembered = 128;

    // A rewrite is a pattern or the name of an operation that was folded; null stands for removal of what is unused.
    private readonly object?[] _last = new object?[Remembered];

    /// <summary>Number of rewrites.</summary>
    public long Count { get; private set; }

    public void Note(object? what)
    {
        _last[Count & (Remembered - 1)] = what;
        Count++;
    }

    /// <summary>
    /// The names of the rewrites of the circle that goes on now, or an empty list when the last ones do not repeat. Removal of what is
    /// unused is left out; it cannot undo anything.
    /// </summary>
    public IReadOnlyList<string> Circle()
    {
        if (Count < Remembered)
        {
            return [];
        }

        for (int period = 1; period <= Remembered / 2; period++)
        {
            int i = period;
            while (i < Remembered && ReferenceEquals(At(i), At(i - period)))
            {
                i++;
            }

            if (i == Remembered)
            {
                return Names(period);
            }
        }

        return [];
    }

    /// <summary>The names of all rewrites that are remembered, for when no circle is seen.</summary>
    public IReadOnlyList<string> Names() => Names((int)Math.Min(Count, Remembered));

    private object? At(int back) => _last[(Count - 1 - back) & (Remembered - 1)];

    private List<string> Names(int count)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            if (At(i) is { } what)
            {
                names.Add(what is RewritePattern pattern ? pattern.Name : $"fold of {what}");
            }
        }

        return [.. names];
    }
}
