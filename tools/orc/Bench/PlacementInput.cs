using Orchestrator.Compiler.Placing;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Made-up placement problems that depend on a seed and a number of tasks alone: series-parallel workflows with branches, loops and maps, model
/// calls of two tasks that one pool or two may serve, tools of one task, services that several calls share; 10 device classes at three places,
/// 6 configurations and 4 loads for each pool; tools take eighths of cheap machines, everything else takes whole ones; a latency limit between the quickest and the cheapest plan; on odd seeds, few devices of
/// the classes that the cheapest plan wants most.
/// </summary>
internal sealed class PlacementInput
{
    private const int Classes = 10;
    private const int Configurations = 6;
    private const int Places = 3;
    private const int Shared = 3; // the cheapest classes are machines that tools share; the others are taken whole
    private const long MicroDollars = 1_000_000;
    private static readonly double[] Loads = [0.35, 0.5, 0.7, 0.85];

    private readonly Random _random;
    private readonly LatencyProgram _program = new();
    private readonly List<Service> _services = [];
    private readonly List<(int From, int To, double Megabytes)> _edges = [];
    private readonly double[] _prices = new double[Classes];
    private readonly double[] _speeds = new double[Classes];
    private readonly bool _scarce;
    private int _left;
    private int _tasks;

    private PlacementInput(int tasks, int seed)
    {
        _random = new Random(seed);
        (_left, _scarce) = (tasks, seed % 2 == 1);
        for (int d = 0; d < Classes; d++)
        {
            _prices[d] = 0.25 * Math.Pow(1.42, d); // 0.25 to 5.9 dollars an hour
            _speeds[d] = Math.Pow(_prices[d], 0.9) * Uniform(0.7, 1.4);
        }
    }

    /// <summary>The problem of a seed with so many tasks, at least 2.</summary>
    public static PlacementProblem Make(int tasks, int seed) => new PlacementInput(tasks, seed).Problem();

    private PlacementProblem Problem()
    {
        int root = _program.Max(Sequence(_left, [], 0).Select(e => e.Node));
        var candidates = new List<PlacementCandidate>();
        foreach (Service service in _services)
        {
            int[][] patterns = service.Tasks.Count > 1 && service.IsModel
                ? [[.. service.Tasks], [.. service.Tasks.Where((_, i) => i % 2 == 0)], [.. service.Tasks.Where((_, i) => i % 2 == 1)]]
                : [[.. service.Tasks]];
            foreach (int[] tasks in patterns)
            {
                candidates.AddRange(Pools(service, tasks));
            }
        }

        var problem = new PlacementProblem
        {
            TaskCount = _tasks,
            Candidates = [.. candidates],
            Devices = [.. _prices.Select(p => new PlacementDevice(int.MaxValue / 4, (long)(p * MicroDollars)))],
            Edges = [],
            Latency = _program,
        };
        int[][] covering = problem.Covering();
        problem = problem with { Edges = [.. _edges.Select(e => Edge(e.From, e.To, e.Megabytes, candidates, covering))] };
        return Bounded(problem, covering, root);
    }

    // Tasks of one region in order; sources are what the first part reads. Gives the ends of the last part.
    private List<(int Node, int Task)> Sequence(int budget, List<(int Node, int Task)> sources, int depth)
    {
        List<(int Node, int Task)> last = sources;
        while (budget > 0)
        {
            int before = _left;
            last = Part(budget, last, depth);
            budget -= before - _left;
        }

        return last;
    }

    private List<(int Node, int Task)> Part(int budget, List<(int Node, int Task)> sources, int depth)
    {
        int kind = depth >= 4 || budget < 6 ? 0 : _random.Next(10);
        int share = Math.Max(2, Math.Min(budget / 2, 4 + _random.Next(12)));
        switch (kind)
        {
            case 4 or 5 or 6:
                int width = 2 + _random.Next(3);
                return [.. Enumerable.Range(0, width).SelectMany(_ => Sequence(Math.Min(_left, Math.Max(1, share / width)), sources, depth + 1))];
            case 7:
                int yes = Inside(share / 2, sources, depth);
                int no = Inside(share / 2, sources, depth);
                return [(_program.Add(Start(sources), _program.Max([yes, no])), -1)];
            case 8:
                return [(_program.Add(Start(sources), _program.Scale(Inside(Math.Min(share, 4), sources, depth), 2 + _random.Next(2))), -1)];
            case 9:
                return [(_program.Add(Start(sources), _program.Scale(Inside(share, sources, depth), 1 + _random.Next(2))), -1)];
            default:
                return [Leaf(budget, sources)];
        }
    }

    private int Start(List<(int Node, int Task)> sources) => _program.Max(sources.Select(s => s.Node));

    private int Inside(int budget, List<(int Node, int Task)> sources, int depth) =>
        _program.Max(Sequence(Math.Min(_left, Math.Max(1, budget)), [.. sources.Select(s => (LatencyProgram.Zero, s.Task))], depth + 1).Select(e => e.Node));

    // A tool of one task or a model call of two; a third of them go to a service that is there already, at most three to each.
    private (int Node, int Task) Leaf(int budget, List<(int Node, int Task)> sources)
    {
        bool model = budget >= 2 && _left >= 2 && _random.Next(10) < 6;
        Service? known = _services.LastOrDefault(s => s.IsModel == model && s.Tasks.Count < (model ? 6 : 3));
        Service service = known is not null && _random.Next(3) == 0 ? known : new Service(model);
        if (service.Tasks.Count == 0)
        {
            _services.Add(service);
        }

        (int Node, int Task) first = Task(service, sources);
        return model ? Task(service, [first]) : first;
    }

    private (int Node, int Task) Task(Service service, List<(int Node, int Task)> sources)
    {
        int task = _tasks++;
        _left--;
        service.Add(task, Math.Exp(Uniform(-1.5, 1.5)));
        var arrivals = new List<int>();
        foreach ((int node, int producer) in sources)
        {
            if (producer >= 0)
            {
                _edges.Add((producer, task, Uniform(0.01, 30)));
                arrivals.Add(_program.Add(node, _program.Edge(_edges.Count - 1)));
            }
            else
            {
                arrivals.Add(node);
            }
        }

        return (_program.Add(_program.Max(arrivals), _program.Task(task, 0)), task);
    }

    private IEnumerable<PlacementCandidate> Pools(Service service, int[] tasks)
    {
        double[] works = [.. tasks.Select(t => service.Works[service.Tasks.IndexOf(t)])];
        double demand = works.Sum() * service.Demand;
        double loss = tasks.Length < service.Tasks.Count ? 1.1 : 1; // a split pool batches less well
        for (int d = 0; d < Classes; d++)
        {
            double affinity = Uniform(0.6, 1.6);
            for (int k = 0; k < Configurations; k++)
            {
                int degree = service.IsModel ? 1 << k / 2 : 1;
                double precision = k % 2 == 0 ? 1 : 1.5;
                double size = service.IsModel ? degree : d < Shared ? 0.125 * (1 << k) : 1;
                double speed = _speeds[d] * affinity * precision * Math.Pow(size, 0.85) * Uniform(0.9, 1.1);
                foreach (double load in Loads)
                {
                    double replicas = Math.Ceiling(demand * loss / (speed * load) - 1e-9);
                    long use = (long)(replicas * size * PlacementProblem.WholeDevice);
                    double stretch = 1 + 0.5 * load / (1 - load);
                    yield return new PlacementCandidate(
                        tasks, d, use, 0, [.. works.Select(w => new[] { (long)(1e5 * w * loss * stretch / (_speeds[d] * affinity * precision * Math.Pow(degree, 0.7))) })]);
                }
            }
        }
    }

    private static PlacementEdge Edge(int from, int to, double megabytes, List<PlacementCandidate> candidates, int[][] covering)
    {
        Move[][] moves = [.. Enumerable.Range(0, Places).Select(a => Enumerable.Range(0, Places).Select(b =>
            a == b ? new Move(0, 0) : new Move((long)(megabytes * 2_000), (long)(300 * (1 + Math.Abs(a - b)) + megabytes * 400))).ToArray())];
        CandidateClasses At(int task)
        {
            int first = covering[task][0];
            int[] classes = new int[covering[task][^1] - first + 1];
            Array.Fill(classes, -1);
            foreach (int c in covering[task])
            {
                classes[c - first] = candidates[c].Device % Places;
            }

            return new CandidateClasses(first, classes);
        }

        return new PlacementEdge(from, to, At(from), At(to), moves);
    }

    // The limit stands between what the quickest and the cheapest pool of every service reach; scarce classes have part of what the cheapest take.
    private PlacementProblem Bounded(PlacementProblem problem, int[][] covering, int root)
    {
        int[] quickest = Whole(problem, covering, c => problem.Candidates[c].Durations.Sum(d => d[0]));
        int[] cheapest = Whole(problem, covering, c => problem.Candidates[c].Use * problem.Devices[problem.Candidates[c].Device].Cost);
        var evaluator = new PlacementEvaluator(problem);
        double least = evaluator.Evaluate(quickest).Values[root];
        double most = evaluator.Evaluate(cheapest).Values[root];
        long limit = (long)(least + Uniform(0.15, 0.4) * Math.Max(0, most - least));
        double[] use = new double[Classes];
        foreach (int c in cheapest)
        {
            use[problem.Candidates[c].Device] += problem.Candidates[c].Use / (double)PlacementProblem.WholeDevice;
        }

        int[] wanted = [.. Enumerable.Range(0, Classes).OrderByDescending(d => use[d] * problem.Devices[d].Cost).Take(4)];
        return problem with
        {
            Limits = [new PlacementLimit("latency p95", root, limit, null)],
            TieBreak = root,
            Devices = [.. problem.Devices.Select((d, i) => d with
            {
                Count = _scarce && wanted.Contains(i) ? (long)Math.Ceiling(use[i] * Uniform(0.5, 0.9)) : (long)Math.Ceiling(3 * use.Sum() + 16),
            })],
        };
    }

    // For every service the best pool that serves all of it.
    private int[] Whole(PlacementProblem problem, int[][] covering, Func<int, long> key) =>
        [.. _services.Select(s => covering[s.Tasks[0]].Where(c => problem.Candidates[c].Tasks.Length == s.Tasks.Count).MinBy(key))];

    private double Uniform(double low, double high) => low + (high - low) * _random.NextDouble();

    private sealed class Service(bool isModel)
    {
        public bool IsModel { get; } = isModel;

        public List<int> Tasks { get; } = [];

        public List<double> Works { get; } = [];

        // Work arriving a second, in units of the speed of a device of one dollar an hour.
        public double Demand => IsModel ? 1.5 : 0.3;

        public void Add(int task, double work)
        {
            Tasks.Add(task);
            Works.Add(work);
        }
    }
}
