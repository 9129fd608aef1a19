using System.Collections;

namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>Data between two tasks.</summary>
/// <param name="From">Producer.</param>
/// <param name="To">Consumer, a later number.</param>
/// <param name="Times">By device of the producer, then of the consumer; null where it cannot be moved.</param>
internal sealed record SerialData(int From, int To, long?[][] Times);

/// <summary>
/// Makes the <see cref="PlacementProblem"/> of tasks that take turns on devices. Its latency program is a lower bound on every schedule: a task starts
/// when its data is there, and no sooner after the task that all its data comes through than any one device needs for what lies between.
/// </summary>
internal static class SerialProblem
{
    private const int MostBetween = 2000; // more tasks would make the sets of what lies between large

    /// <summary>The problem. Times are in any unit; of the problem's own microseconds none are meant.</summary>
    /// <param name="times">By task, then device; null where it cannot run.</param>
    /// <param name="uses">By task, then device: room in parts of <see cref="PlacementProblem.WholeDevice"/>.</param>
    /// <param name="data">Edges; numbers of tasks rise along each.</param>
    /// <param name="devices">Devices, each with one whole of room.</param>
    public static PlacementProblem Make(long?[][] times, long[][] uses, IReadOnlyList<SerialData> data, int devices)
    {
        var candidates = new List<PlacementCandidate>();
        var first = new int[times.Length + 1];
        for (int t = 0; t < times.Length; t++)
        {
            for (int d = 0; d < devices; d++)
            {
                if (times[t][d] is { } time)
                {
                    long[] columns = new long[devices + 1];
                    (columns[0], columns[1 + d]) = (time, time);
                    candidates.Add(new PlacementCandidate([t], d, uses[t][d], 0, [columns]));
                }
            }

            first[t + 1] = candidates.Count;
        }

        CandidateClasses At(int task) => new(first[task], [.. Enumerable.Range(first[task], first[task + 1] - first[task]).Select(c => candidates[c].Device)]);
        var program = new LatencyProgram();
        int root = Program(program, times.Length, data, devices);
        return new PlacementProblem
        {
            TaskCount = times.Length,
            Candidates = [.. candidates],
            Devices = [.. Enumerable.Range(0, devices).Select(_ => new PlacementDevice(1, 0))],
            Edges = [.. data.Select(e => new PlacementEdge(
                e.From, e.To, At(e.From), At(e.To), [.. e.Times.Select(row => row.Select(t => t is { } time ? new Move(0, time) : null).ToArray())]))],
            Latency = program,
            MinimiseNode = root,
            OneAtATime = true,
        };
    }

    private static int Program(LatencyProgram program, int tasks, IReadOnlyList<SerialData> data, int devices)
    {
        int[][] into = [.. data.Select((e, i) => (e.To, i)).ToLookup(p => p.To, p => p.i) is var byTask ? Enumerable.Range(0, tasks).Select(t => byTask[t].ToArray()) : []];
        int[] through = Through(tasks, data, into);
        (BitArray[] before, BitArray[] after) = tasks <= MostBetween ? Reach(tasks, data) : ([], []);
        int[] finish = new int[tasks];
        var read = new HashSet<int>(data.Select(e => e.From));
        for (int t = 0; t < tasks; t++)
        {
            var ready = into[t].Select(e => program.Add(finish[data[e].From], program.Edge(e))).ToList();
            if (into[t].Length > 1 && through[t] >= 0 && before.Length > 0)
            {
                int[] between = [.. Enumerable.Range(through[t] + 1, t - through[t] - 1).Where(u => before[t][u] && after[through[t]][u])];
                ready.AddRange(Enumerable.Range(0, devices).Select(d => program.Add([finish[through[t]], .. between.Select(u => program.Task(u, 1 + d))])));
            }

            finish[t] = program.Add(program.Max(ready), program.Task(t, 0));
        }

        IEnumerable<int> busy = Enumerable.Range(0, devices).Select(d => program.Add([.. Enumerable.Range(0, tasks).Select(t => program.Task(t, 1 + d))]));
        return program.Max([.. Enumerable.Range(0, tasks).Where(t => !read.Contains(t)).Select(t => finish[t]), .. busy]);
    }

    // By task: the nearest task that all of its data comes through, or -1.
    private static int[] Through(int tasks, IReadOnlyList<SerialData> data, int[][] into)
    {
        int[] through = new int[tasks];
        for (int t = 0; t < tasks; t++)
        {
            through[t] = into[t].Length == 0 ? -1 : data[into[t][0]].From;
            foreach (int e in into[t].Skip(1))
            {
                int other = data[e].From;
                while (through[t] != other && through[t] >= 0 && other >= 0)
                {
                    (through[t], other) = through[t] > other ? (through[through[t]], other) : (through[t], through[other]);
                }

                through[t] = Math.Min(through[t], other);
            }
        }

        return through;
    }

    // What comes before and after each task.
    private static (BitArray[] Before, BitArray[] After) Reach(int tasks, IReadOnlyList<SerialData> data)
    {
        BitArray[] before = [.. Enumerable.Range(0, tasks).Select(_ => new BitArray(tasks))];
        BitArray[] after = [.. Enumerable.Range(0, tasks).Select(_ => new BitArray(tasks))];
        foreach (SerialData edge in data.OrderBy(e => e.To).ThenBy(e => e.From))
        {
            before[edge.To].Or(before[edge.From])[edge.From] = true;
        }

        foreach (SerialData edge in data.OrderByDescending(e => e.From).ThenByDescending(e => e.To))
        {
            after[edge.From].Or(after[edge.To])[edge.To] = true;
        }

        return (before, after);
    }
}
