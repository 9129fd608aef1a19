namespace Orchestrator.Compiler.Placing;

/// <summary>Moves slices between kinds until given numbers of devices carry them, if small changes do.</summary>
internal static class PackingRepair
{
    private const int MostSteps = 40;
    private const double Rounding = 1e-9;

    /// <summary>True when <paramref name="assigned"/> (slices by bucket, then kind) was changed so that <paramref name="counts"/> devices carry it.</summary>
    public static bool Fit(PackingProblem problem, int[][] assigned, int[] counts)
    {
        double[] room = [.. counts.Select((n, k) => n - assigned.Select((slices, b) => slices[k] == 0 ? 0 : slices[k] * Slice(problem, b, k)).Sum())];
        for (int step = 0; step < MostSteps; step++)
        {
            int full = Enumerable.Range(0, room.Length).MinBy(k => room[k]);
            if (room[full] >= -Rounding)
            {
                return true;
            }

            if (!Move(problem, assigned, room, full) && !Exchange(problem, assigned, room, full))
            {
                return false;
            }
        }

        return false;
    }

    private static double Slice(PackingProblem problem, int bucket, int kind) => problem.Loads[bucket][kind] / problem.Slices;

    // A slice of the fullest kind goes where it leaves the least missing.
    private static bool Move(PackingProblem problem, int[][] assigned, double[] room, int full)
    {
        double least = Missing(room) - Rounding;
        (int Bucket, int To) best = (-1, -1);
        for (int b = 0; b < assigned.Length; b++)
        {
            for (int k = 0; k < room.Length && assigned[b][full] > 0; k++)
            {
                if (k == full || !double.IsFinite(problem.Loads[b][k]))
                {
                    continue;
                }

                double missing = Missing(room) - Short(room[full]) - Short(room[k])
                    + Short(room[full] + Slice(problem, b, full)) + Short(room[k] - Slice(problem, b, k));
                if (missing < least)
                {
                    (least, best) = (missing, (b, k));
                }
            }
        }

        if (best.Bucket >= 0)
        {
            Shift(problem, assigned, room, best.Bucket, full, best.To);
        }

        return best.Bucket >= 0;
    }

    // A slice of the fullest kind and one of another kind change places.
    private static bool Exchange(PackingProblem problem, int[][] assigned, double[] room, int full)
    {
        double least = Missing(room) - Rounding;
        (int Out, int In, int Kind) best = (-1, -1, -1);
        for (int k = 0; k < room.Length; k++)
        {
            double others = Missing(room) - Short(room[full]) - Short(room[k]);
            for (int b = 0; b < assigned.Length && k != full; b++)
            {
                if (assigned[b][full] == 0 || !double.IsFinite(problem.Loads[b][k]))
                {
                    continue;
                }

                double here = room[full] + Slice(problem, b, full);
                double there = room[k] - Slice(problem, b, k);
                for (int c = 0; c < assigned.Length; c++)
                {
                    if (assigned[c][k] > 0 && c != b && double.IsFinite(problem.Loads[c][full])
                        && others + Short(here - Slice(problem, c, full)) + Short(there + Slice(problem, c, k)) is var missing && missing < least)
                    {
                        (least, best) = (missing, (b, c, k));
                    }
                }
            }
        }

        if (best.Kind >= 0)
        {
            Shift(problem, assigned, room, best.Out, full, best.Kind);
            Shift(problem, assigned, room, best.In, best.Kind, full);
        }

        return best.Kind >= 0;
    }

    private static void Shift(PackingProblem problem, int[][] assigned, double[] room, int bucket, int from, int to)
    {
        assigned[bucket][from]--;
        assigned[bucket][to]++;
        room[from] += Slice(problem, bucket, from);
        room[to] -= Slice(problem, bucket, to);
    }

    private static double Short(double room) => Math.Max(0, -room);

    private static double Missing(double[] room)
    {
        double missing = 0;
        foreach (double r in room)
        {
            missing += Short(r);
        }

        return missing;
    }
}
