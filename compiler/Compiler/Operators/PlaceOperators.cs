using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Serial;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Operators;

/// <summary>Stage 7 for operators: each goes to the device where one inference of all of them is quickest, within the memory of each device.</summary>
internal sealed class PlaceOperators
{
    private const double Nanosecond = 1e-9;
    private const double SearchSeconds = 2; // deterministic
    private const double AsGood = 0.01;
    private const double TransferMustGain = 0.002; // of the whole time

    private readonly OperatorGraph _graph;
    private readonly Fleet _fleet;
    private readonly OperatorMachine _machine;
    private readonly OperatorTime[][] _times;

    private PlaceOperators(OperatorGraph graph, Fleet fleet, OperatorMachine machine)
    {
        (_graph, _fleet, _machine) = (graph, fleet, machine);
        var known = new Dictionary<(string, OperatorTask), OperatorTime>();
        _times = [.. graph.Tasks.Select(t => machine.Devices.Select(d => Known(known, t, d.Device)).ToArray())];
    }

    /// <summary>The plan, or null after saying in <paramref name="mistakes"/> why there is none or in <paramref name="whyNot"/> what does not fit.</summary>
    public static OperatorPlan? Run(OperatorGraph graph, Fleet fleet, Objective objective, DiagnosticBag mistakes, out string whyNot, CancellationToken cancellation)
    {
        whyNot = "";
        OperatorMachine machine = OperatorMachine.Of(fleet, graph.Live, mistakes);
        if (mistakes.HasErrors)
        {
            return null;
        }

        var place = new PlaceOperators(graph, fleet, machine);
        PlacementProblem problem = place.Problem(t => t.Likely);
        SearchAnswer answer = PlacementSearch.Solve(problem, SearchSeconds, breakTies: false, cancellation);
        if (answer.Value is not { } value)
        {
            whyNot = place.WhyNot();
            return null;
        }

        return place.Plan(problem, Calmer(problem, value.Chosen, cancellation), answer.Bound, objective);
    }

    // Times are not known to a percent, so nobody would want data to go to and fro for less: of two choices that near to each other the one with fewer transfers is taken.
    private static int[] Calmer(PlacementProblem problem, int[] best, CancellationToken cancellation)
    {
        long time = SerialSearch.TimeOf(problem, best);
        long worth = (long)(TransferMustGain * time);
        PlacementProblem dear = problem with
        {
            Edges = [.. problem.Edges.Select(e => e with
            {
                Moves = [.. e.Moves.Select((row, p) => row.Select((m, q) => p == q || m is null ? m : m with { Time = m.Time + worth }).ToArray())],
            })],
        };
        return PlacementSearch.Solve(dear, SearchSeconds, breakTies: false, cancellation).Value is { } calm && SerialSearch.TimeOf(problem, calm.Chosen) <= time * (1 + AsGood)
            ? calm.Chosen
            : best;
    }

    /// <summary>The problem of a graph on a fleet without mistakes, in nanoseconds.</summary>
    public static PlacementProblem ProblemOf(OperatorGraph graph, Fleet fleet) =>
        new PlaceOperators(graph, fleet, OperatorMachine.Of(fleet, graph.Live, new DiagnosticBag())).Problem(t => t.Likely);

    // Layers repeat, and an estimate of a measured kernel takes a while: operators that are alike are asked for once.
    private static OperatorTime Known(Dictionary<(string, OperatorTask), OperatorTime> known, OperatorTask task, Device device)
    {
        (string, OperatorTask) key = (device.Name, task with { Name = "", Operators = 1 });
        if (!known.TryGetValue(key, out OperatorTime time))
        {
            known[key] = time = OperatorEstimate.Of(task, device);
        }

        return time;
    }

    private PlacementProblem Problem(Func<Interval, double> which)
    {
        int devices = _machine.Devices.Length;
        long?[][] times = [.. _times.Select(row => row.Select(t => t.WhyNot is null ? Rounded(which(t.Time)) : (long?)null).ToArray())];
        long[][] uses = [.. _graph.Tasks.Select(t => _machine.Devices.Select(d =>
            (long)Math.Ceiling(PlacementProblem.WholeDevice * (t.Work.Resident?.Value ?? 0) / d.Room.Value)).ToArray())];
        SerialData[] data = [.. _graph.Edges.Select(e => new SerialData(e.From, e.To, [.. Enumerable.Range(0, devices).Select(p =>
            Enumerable.Range(0, devices).Select(q => Moving(p, q, e.Size) is { } seconds ? Rounded(seconds) : (long?)null).ToArray())]))];
        return SerialProblem.Make(times, uses, data, devices);
    }

    private static long Rounded(double seconds) => (long)Math.Ceiling(Math.Min(seconds / Nanosecond, 1e15));

    private double? Moving(int from, int to, Bytes size) => from == to ? 0
        : _fleet.LinkBetween(_machine.Devices[from].Device.Place, _machine.Devices[to].Device.Place) is { } link
            ? link.Latency.Value + size.Value / link.Bandwidth.Value
            : null;

    private OperatorPlan Plan(PlacementProblem problem, int[] chosen, double bound, Objective objective)
    {
        int[] device = new int[_graph.Tasks.Length];
        foreach (int c in chosen)
        {
            device[problem.Candidates[c].Tasks[0]] = problem.Candidates[c].Device;
        }

        (Seconds Start, Seconds End)[] spans = [.. SerialSearch.SpansOf(problem, chosen).Select(s => (new Seconds(s.Start * Nanosecond), new Seconds(s.End * Nanosecond)))];
        OperatorEdge[] moved = [.. _graph.Edges.Where(e => device[e.From] != device[e.To])];
        Interval time = new(TimeOf(chosen, t => t.Low), TimeOf(chosen, t => t.Likely), TimeOf(chosen, t => t.High));
        return new OperatorPlan
        {
            Graph = _graph,
            Fleet = _fleet.Name,
            Objective = objective,
            DeviceOf = [.. device],
            Times = [.. device.Select((d, t) => _times[t][d])],
            Devices = [.. _machine.Devices.Select((d, i) => Share(d, i, device))],
            Runs = [.. Runs(device, spans)],
            Transfers = moved.Length,
            Moved = new Bytes(moved.Sum(e => e.Size.Value)),
            Moving = new Seconds(moved.Sum(e => Moving(device[e.From], device[e.To], e.Size) ?? 0)),
            Time = time,
            P95 = time * Roofline.RepeatNoise,
            Bound = new Seconds(bound * Nanosecond),
            Notes = [.. _machine.LeftOut, .. Unable()],
        };
    }

    private double TimeOf(int[] chosen, Func<Interval, double> which) => SerialSearch.TimeOf(Problem(which), chosen) * Nanosecond;

    private OperatorDevice Share(MachineDevice device, int index, int[] placed)
    {
        int[] here = [.. Enumerable.Range(0, placed.Length).Where(t => placed[t] == index)];
        string why = WhyNotAlone(device, index);
        return new OperatorDevice(
            device.Name, device.Device.Kind, here.Length,
            new Seconds(here.Sum(t => _times[t][index].Time.Likely)),
            new Bytes(here.Sum(t => _graph.Tasks[t].Work.Resident?.Value ?? 0)),
            device.Room,
            why.Length > 0 ? null : new Seconds(_times.Sum(t => t[index].Time.Likely)),
            why);
    }

    private string WhyNotAlone(MachineDevice device, int index)
    {
        int unable = Array.FindIndex(_times, t => t[index].WhyNot is not null);
        return unable >= 0 ? $"cannot run {_graph.Tasks[unable].Name}"
            : _graph.Resident.Value > device.Room.Value ? $"needs {_graph.Resident}"
            : "";
    }

    private IEnumerable<OperatorRun> Runs(int[] device, (Seconds Start, Seconds End)[] spans)
    {
        for (int first = 0; first < device.Length;)
        {
            int last = first;
            while (last + 1 < device.Length && device[last + 1] == device[first])
            {
                last++;
            }

            yield return new OperatorRun(
                first, last, device[first],
                new Seconds(Enumerable.Range(first, last - first + 1).Min(t => spans[t].Start.Value)),
                new Seconds(Enumerable.Range(first, last - first + 1).Max(t => spans[t].End.Value)),
                new Bytes(Enumerable.Range(first, last - first + 1).Sum(t => _graph.Tasks[t].Work.Resident?.Value ?? 0)));
            first = last + 1;
        }
    }

    private IEnumerable<string> Unable()
    {
        for (int d = 0; d < _machine.Devices.Length; d++)
        {
            foreach (IGrouping<string?, int> why in Enumerable.Range(0, _times.Length).Where(t => _times[t][d].WhyNot is not null).GroupBy(t => _times[t][d].WhyNot))
            {
                yield return $"{_machine.Devices[d].Name}: takes none of {why.Count()} operators ({_graph.Tasks[why.First()].Name} …): {why.Key}";
            }
        }
    }

    private string WhyNot()
    {
        int nowhere = Array.FindIndex(_times, row => row.All(t => t.WhyNot is not null));
        return nowhere >= 0
            ? $"no device can run {_graph.Tasks[nowhere].Name} ({_graph.Tasks[nowhere].Kind}): {_times[nowhere][0].WhyNot}"
            : $"weights and kept keys and values take {_graph.Resident}, and the devices have room for {new Bytes(_machine.Devices.Sum(d => d.Room.Value))}: "
                + string.Join(", ", _machine.Devices.Select(d => $"{d.Name} {d.Room}"));
    }
}
