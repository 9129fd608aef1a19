namespace Orchestrator.Compiler.Operators;

/// <summary>Joins operators that runtimes fuse, so that they are placed as one.</summary>
internal static class OperatorFusion
{
    private const int MostRounds = 100;  // each halves the chains that are left
    private const double FewBytes = 4096; // constants of operators that are no weights: scales and shifts

    /// <summary>
    /// Groups of steps, each in the model's order, producers before consumers. Steps that follow from inputs alone without weights, and that several
    /// others read, are in none: each of those computes them anew.
    /// </summary>
    public static List<FrozenStep>[] Run(IReadOnlyList<FrozenStep> steps)
    {
        bool[] anew = Anew(steps);
        int[] group = [.. Enumerable.Range(0, steps.Count)];
        bool more = true;
        for (int round = 0; round < MostRounds && more; round++)
        {
            more = Join(steps, anew, group);
        }

        return [.. steps.Where(s => !anew[s.Id]).GroupBy(s => group[s.Id]).OrderBy(g => g.Key).Select(g => g.ToList())];
    }

    // A group's number is that of its last step: the only one that others read. What only one other group reads can join that without making a circle.
    private static bool Join(IReadOnlyList<FrozenStep> steps, bool[] anew, int[] group)
    {
        int n = steps.Count;
        HashSet<int>[] readers = [.. Enumerable.Range(0, n).Select(_ => new HashSet<int>())];
        int[] sources = new int[n];
        bool[] vector = [.. Enumerable.Repeat(true, n)];
        bool[] elementwise = [.. Enumerable.Repeat(true, n)];
        foreach (FrozenStep step in steps.Where(s => !anew[s.Id]))
        {
            int g = group[step.Id];
            vector[g] &= OperatorKinds.IsVector(step.Kind);
            elementwise[g] &= OperatorKinds.IsElementwise(step.Kind);
            foreach ((int from, int _) in step.Reads.Keys.Where(k => !anew[k.Step] && group[k.Step] != g))
            {
                sources[g] += readers[group[from]].Add(g) ? 1 : 0;
            }
        }

        int[] into = [.. Enumerable.Range(0, n)];
        bool[] grown = new bool[n];
        for (int g = 0; g < n; g++)
        {
            if (!grown[g] && readers[g].Count == 1 && readers[g].First() is var reader
                && ((vector[g] && vector[reader]) || (elementwise[reader] && sources[reader] == 1)))
            {
                into[g] = reader;
                grown[reader] = true;
            }
        }

        bool joined = false;
        for (int s = 0; s < n; s++)
        {
            joined |= into[group[s]] != group[s];
            group[s] = into[group[s]];
        }

        return joined;
    }

    private static bool[] Anew(IReadOnlyList<FrozenStep> steps)
    {
        bool[] fromInputs = new bool[steps.Count];
        foreach (FrozenStep step in steps)
        {
            fromInputs[step.Id] = OperatorKinds.IsVector(step.Kind) && step.Constants <= FewBytes && step.Reads.Keys.All(k => fromInputs[k.Step]);
        }

        ILookup<int, int> readers = steps.SelectMany(s => s.Reads.Keys.Select(k => (k.Step, s.Id))).Distinct().ToLookup(r => r.Step, r => r.Id);
        bool[] anew = new bool[steps.Count];
        for (int s = steps.Count - 1; s >= 0; s--)
        {
            anew[s] = fromInputs[s] && readers[s].Any() && (readers[s].Skip(1).Any() || readers[s].All(r => anew[r]));
        }

        return anew;
    }
}
