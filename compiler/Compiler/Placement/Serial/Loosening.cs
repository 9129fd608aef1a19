namespace Orchestrator.Compiler.Placing.Serial;

/// <summary>
/// A graph that does not fall apart into small blocks, with the edges that pass by many tasks left out, and the tasks that nothing else holds let go: what they
/// take is not counted, only their room. Every schedule of the graph is one of this, so what bounds this bounds the graph.
/// </summary>
/// <param name="Tasks">What is left.</param>
/// <param name="Kept">By position of what is left: the position in the graph.</param>
/// <param name="Loose">Positions of the graph that were let go, ascending.</param>
internal sealed record Loosening(SerialTasks Tasks, int[] Kept, int[] Loose)
{
    /// <summary>Leaves out as little as makes every block have at most so many choices; the longest edges go first.</summary>
    public static Loosening Of(SerialTasks tasks, double mostChoicesOfBlock)
    {
        var left = new Left(tasks);
        while (left.Longest(mostChoicesOfBlock) is { } edge)
        {
            left.Drop(edge);
        }

        int[] kept = [.. Enumerable.Range(0, tasks.Count).Where(v => !left.Loose[v])];
        return new Loosening(tasks.Part(kept, left.Edges), kept, [.. Enumerable.Range(0, tasks.Count).Where(v => left.Loose[v])]);
    }

    // What is still there.
    private sealed class Left
    {
        private readonly SerialTasks _tasks;
        private readonly List<SerialEdge> _edges;
        private readonly int[] _into;
        private readonly int[] _outOf;

        public Left(SerialTasks tasks)
        {
            _tasks = tasks;
            _edges = [.. tasks.Edges];
            _into = [.. tasks.Into.Select(e => e.Length)];
            _outOf = [.. tasks.OutOf.Select(e => e.Length)];
            Loose = new bool[tasks.Count];
        }

        public bool[] Loose { get; }

        public IReadOnlyList<SerialEdge> Edges => _edges;

        // The longest edge within a block that is too large: first among those that leave every task held, then among all.
        public SerialEdge? Longest(double mostChoices)
        {
            int[] reach = new int[_tasks.Count];
            _edges.ForEach(e => reach[e.From] = Math.Max(reach[e.From], e.To));
            bool[] large = new bool[_tasks.Count];
            for (int first = 0; first < _tasks.Count - 1;)
            {
                int last = first + 1;
                for (int v = first, farthest = first; v < last; v++)
                {
                    farthest = Math.Max(farthest, reach[v]);
                    last = Math.Max(last, Math.Min(farthest, _tasks.Count - 1));
                }

                // A loose task reaches nowhere and holds nothing; it may stand at an end.
                large.AsSpan(first, last - first).Fill(Choices(first, last) > mostChoices);
                first = last;
            }

            return Longest(e => large[e.From] && _into[e.To] > 1 && _outOf[e.From] > 1) ?? Longest(e => large[e.From] && !(e.From == 0 && e.To == _tasks.Count - 1) && e.To - e.From > 1);
        }

        public void Drop(SerialEdge edge)
        {
            var gone = new Queue<SerialEdge>([edge]);
            while (gone.TryDequeue(out SerialEdge? next))
            {
                if (!_edges.Remove(next))
                {
                    continue;
                }

                _into[next.To]--;
                _outOf[next.From]--;
                foreach (int v in new[] { next.From, next.To }.Where(v => v > 0 && v < _tasks.Count - 1 && !Loose[v] && (_into[v] == 0 || _outOf[v] == 0)))
                {
                    Loose[v] = true;
                    _edges.Where(e => e.From == v || e.To == v).ToList().ForEach(gone.Enqueue);
                }
            }
        }

        private SerialEdge? Longest(Func<SerialEdge, bool> may) => _edges.Where(may).MaxBy(e => e.To - e.From);

        private double Choices(int first, int last)
        {
            double choices = 1;
            for (int v = first; v <= last; v++)
            {
                choices *= Loose[v] ? 1 : _tasks.Time.AsSpan(v * _tasks.Devices, _tasks.Devices).ToArray().Count(t => t >= 0);
            }

            return choices;
        }
    }
}
