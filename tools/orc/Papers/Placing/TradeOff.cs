namespace Orchestrator.Cli.Papers.Placing;

/// <summary>
/// Things that each cost one of two resources: bytes of a fast memory or seconds in a slow one, seconds of a link or seconds of recomputing. Exact by
/// keeping, thing after thing, the sums that no other choice undercuts in both.
/// </summary>
internal static class TradeOff
{
    private const int MostThings = 62;

    /// <summary>A choice for all things.</summary>
    /// <param name="First">Bit i is set when thing i costs the first resource.</param>
    /// <param name="One">Cost in the first resource.</param>
    /// <param name="Two">Cost in the second one.</param>
    public readonly record struct Choice(ulong First, double One, double Two);

    /// <summary>All choices that none undercuts in both, the first resource rising and the second falling.</summary>
    /// <param name="things">What each costs in the first resource or, instead, in the second; at least 0.</param>
    /// <exception cref="ArgumentException">More than 62 things.</exception>
    public static IReadOnlyList<Choice> Front(IReadOnlyList<(double One, double Two)> things)
    {
        if (things.Count > MostThings)
        {
            throw new ArgumentException($"at most {MostThings} things", nameof(things));
        }

        List<Choice> front = [new(0, 0, 0)];
        for (int i = 0; i < things.Count; i++)
        {
            (double one, double two) = things[i];
            ulong bit = 1UL << i;
            var kept = new List<Choice>();
            foreach (Choice choice in front.SelectMany(c => new[] { c with { First = c.First | bit, One = c.One + one }, c with { Two = c.Two + two } }).OrderBy(c => c.One).ThenBy(c => c.Two))
            {
                if (kept.Count == 0 || choice.Two < kept[^1].Two)
                {
                    kept.Add(choice);
                }
            }

            front = kept;
        }

        return front;
    }

    /// <summary>Every choice.</summary>
    public static IEnumerable<Choice> All(IReadOnlyList<(double One, double Two)> things)
    {
        for (ulong first = 0; first < 1UL << things.Count; first++)
        {
            yield return Of(things, first);
        }
    }

    /// <summary>The least of the second resource while the first stays within a capacity (the 0/1 knapsack).</summary>
    public static Choice Within(IEnumerable<Choice> choices, double capacity) => choices.Where(c => c.One <= capacity).MinBy(c => c.Two);

    /// <summary>The choice that keeps the busier of two resources least busy, beside what both have to do anyway.</summary>
    public static Choice Balanced(IEnumerable<Choice> choices, double one, double two) => choices.MinBy(c => Math.Max(one + c.One, two + c.Two));

    /// <summary>Things in the order of what they save for each unit of the first resource, taken while they fit.</summary>
    public static Choice Greedy(IReadOnlyList<(double One, double Two)> things, double capacity)
    {
        ulong first = 0;
        foreach (int thing in Enumerable.Range(0, things.Count).OrderByDescending(i => things[i].Two / things[i].One))
        {
            if (things[thing].One <= capacity)
            {
                first |= 1UL << thing;
                capacity -= things[thing].One;
            }
        }

        return Of(things, first);
    }

    private static Choice Of(IReadOnlyList<(double One, double Two)> things, ulong first)
    {
        (double one, double two) = (0, 0);
        for (int i = 0; i < things.Count; i++)
        {
            (one, two) = (first >> i & 1) == 1 ? (one + things[i].One, two) : (one, two + things[i].Two);
        }

        return new Choice(first, one, two);
    }
}
