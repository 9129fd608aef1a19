using System.Collections.Immutable;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>One cut of a model over kinds of machines, for a time per token and a load: the problem, its solution and what tasks take on it.</summary>
internal sealed class LayerCutPool
{
    private const double Tail = 1.645;      // 95th percentile of the number of sequences under way, which is about Poisson
    private const double Extrapolated = 1.5; // power by which intervals widen: fitted rows hold all layers in one machine. An assumption
    private const double Enough = 0.05;     // of the price: what estimates are uncertain by is far more
    private const double ActivationBytes = 2; // of a number between layers, in 16 bits whatever the weights
    private const double SecondsPerHour = 3600;

    private readonly PoolShape _shape;
    private readonly Fleet _fleet;
    private readonly ServiceGroup _group;
    private readonly ModelCard _model;
    private readonly string _precision;
    private readonly LayerKind[] _kinds;
    private readonly LayerLoad _load;
    private readonly double _share;
    private readonly string[] _places;
    private readonly LayerSplitProblem _problem;
    private LayerPlan _plan = new([], [], 0, 0, 0, 0);

    /// <summary>Sets up the problem.</summary>
    public LayerCutPool(
        PoolShape shape, Fleet fleet, ServiceGroup group, ModelCard model, string precision, LayerKind[] kinds, LayerLoad load, double within, double share)
    {
        (_shape, _fleet, _group, _model, _precision, _kinds, _load, _share) = (shape, fleet, group, model, precision, kinds, load, share);
        _places = [.. kinds.Select(k => k.Device.Place).Distinct()];
        string[] devices = [.. kinds.Select(k => k.Device.Name).Distinct()];
        double dearest = fleet.Devices.Max(d => d.PricePerHour?.Value) ?? 1; // stands in where a price is unknown, so that not knowing is no advantage
        _problem = new LayerSplitProblem
        {
            Layers = kinds[0].Layers,
            Counts = [.. devices.Select(d => kinds.First(k => k.Device.Name == d).Device.Count)],
            Machines = [.. kinds.Select(k =>
            {
                (double Rate, double Batch)[] capacity = [.. Enumerable.Range(1, k.Most).Select(l => k.Capacity(l, within))];
                return new LayerMachine(
                    Array.IndexOf(devices, k.Device.Name), k.Degree, Array.IndexOf(_places, k.Device.Place), k.Degree * (k.Device.PricePerHour?.Value ?? dearest),
                    [.. capacity.Select(c => c.Rate)], [.. capacity.Select((c, i) => k.Seconds(i + 1, c.Batch))]);
            })],
            Links = [.. _places.Select(a => _places.Select(b =>
                fleet.LinkBetween(a, b) is { } link ? new LayerLink(link.Bandwidth.Value, link.Latency.Value) : null).ToArray())],
            BytesPerToken = ActivationBytes * (model.Width ?? 0) * (1 + load.PromptRate / load.TokenRate),
            SecondsMost = within,
        };
    }

    private double Width => ActivationBytes * (_model.Width ?? 0);

    /// <summary>The candidate; null where there is no cut below a price an hour, or it would hold all layers on every machine.</summary>
    public Candidate? Solve(double most, double limit, CancellationToken cancellation)
    {
        double demand = _load.TokenRate / _share;
        LayerAnswer answer = LayerSplit.Cheapest(_problem, demand, limit, Enough, cancellation);
        if (answer.Plan is not { } plan || plan.Price >= most || plan.Holdings.All(h => h.End - h.First == _problem.Layers))
        {
            return null;
        }

        _plan = plan;
        return Made(answer.Bound);
    }

    /// <summary>Whether a cut could cost less than a price, and pass a token on for less than <paramref name="share"/> of what machines that hold all layers do.</summary>
    public bool MaySave(double price, double share)
    {
        double demand = _load.TokenRate / _share;
        double[] least = [double.PositiveInfinity, double.PositiveInfinity]; // of a part of the layers, of all: no plan costs less
        for (int k = 0; k < _kinds.Length; k++)
        {
            for (int l = 1; l <= Math.Min(_kinds[k].Most, _problem.Layers); l++)
            {
                int whole = l == _problem.Layers ? 1 : 0;
                least[whole] = Math.Min(least[whole], _problem.Machines[k].Price * demand * _problem.Layers / (l * Math.Min(_problem.RateOf(k, l), demand)));
            }
        }

        return least[0] < price && least[0] < share * least[1];
    }

    private Candidate Made(double bound)
    {
        ImmutableArray<LayerStretch> stretches = [.. _plan.Holdings.Select(h =>
            new LayerStretch(_kinds[h.Machine].Device.Name, h.First + 1, h.End, h.Count, _kinds[h.Machine].Degree, Math.Min(1, h.Flow / _plan.Flow)))];
        double rate = _shape.Rate is null ? 0 : _load.TokenRate;
        ImmutableArray<LayerPass> hops = [.. _plan.Hops.Select(h => new LayerPass(
            h.Boundary, _places[h.From], _places[h.To], Math.Min(1, h.Flow / _plan.Flow), h.Flow / _plan.Flow * rate * _problem.BytesPerToken))];
        ImmutableArray<Estimate> estimates = [.. _group.Tasks.Select(EstimateOf)];
        double? hourly = _plan.Holdings.Select(h => _kinds[h.Machine].Device.PricePerHour?.Value * (h.Count * _kinds[h.Machine].Degree)).Aggregate((double?)0, (a, b) => a + b);
        double charge = Charge();
        double busy = _group.Tasks.Select((t, i) => estimates[i].IsKnown ? t.Executions * estimates[i].P50.Likely : 0).Sum();
        double? perHour = _shape.Rate is { } r ? hourly + charge * r * SecondsPerHour : null;
        double? perRun = _shape.Rate is { } runs ? perHour / (runs * SecondsPerHour) : charge + hourly * busy / SecondsPerHour;
        int devices = _plan.Holdings.Sum(h => h.Count * _kinds[h.Machine].Degree);
        string name = _model.Name[(_model.Name.LastIndexOf('/') + 1)..];
        return new Candidate(
            0, _group.Services, [.. _group.Tasks.Select(t => t.Id)], First().Device.Name, $"{_precision} cut by layers {name}", _precision, devices, 1,
            _shape.Rate is null ? 0 : _load.TokenRate / _plan.Flow * Used(), perHour is { } ph ? new Dollars(ph) : null, perRun is { } pr ? new Dollars(pr) : null,
            new Bytes(Memory()), estimates)
        {
            Cut = new LayerCut(_problem.Layers, stretches, hops, new Bytes(_problem.BytesPerToken), new Dollars(double.IsFinite(bound) ? bound : 0)),
            Concurrency = (int)Math.Max(1, Slots()),
            ChargePerRun = new Dollars(charge),
        };
    }

    // Where a run's prompt arrives: machines with the first layers, at home if there are any.
    private LayerKind First() => _kinds[_plan.Holdings.Where(h => h.First == 0).OrderBy(h => _problem.Machines[h.Machine].Place == _plan.Home ? 0 : 1).First().Machine];

    // The busiest machines' share of what they could pass on.
    private double Used() => _plan.Holdings.Max(h => h.Flow / (h.Count * _problem.RateOf(h.Machine, h.End - h.First)));

    // US dollars for activations over links that charge, in one run.
    private double Charge()
    {
        double tokens = _group.Main.Where(t => t.Work.Kind == WorkKind.Decode).Sum(t => t.Executions * (t.Work.TokensOut ?? 0));
        return _plan.Hops.Sum(h => h.Flow / _plan.Flow * tokens * _problem.BytesPerToken / 1e9 * (_fleet.LinkBetween(_places[h.From], _places[h.To])?.PricePerGigabyte?.Value ?? 0));
    }

    private double RateOf(LayerHolding h) => _load.TokenRate * (h.Flow / _plan.Flow) / h.Count;

    private double TokenSeconds(LayerHolding h, bool high)
    {
        LayerKind kind = _kinds[h.Machine];
        double batch = kind.BatchAt(h.End - h.First, RateOf(h));
        batch = high ? Math.Clamp(batch + Tail * Math.Sqrt(batch), 1, Math.Max(1, kind.Fitting(h.End - h.First))) : batch;
        return kind.Seconds(h.End - h.First, _shape.Rate is null ? Math.Max(1, _group.Main.Max(_shape.FanOutOf)) : batch);
    }

    private double HopSeconds(LayerHop hop, double tokens) =>
        _problem.Links[hop.From][hop.To] is { } link ? link.Latency + tokens * Width / link.Bandwidth : 0;

    // Sequences that fit all along: the layer that holds the fewest.
    private double Slots() => Enumerable.Range(0, _problem.Layers)
        .Min(layer => _plan.Holdings.Where(h => h.First <= layer && layer < h.End).Sum(h => h.Count * _kinds[h.Machine].Fitting(h.End - h.First)));

    private double Memory()
    {
        double through = Through(h => TokenSeconds(h, high: true), h => HopSeconds(h, 1)).Slowest;
        return _plan.Holdings.Max(h =>
        {
            LayerKind kind = _kinds[h.Machine];
            double resident = Math.Clamp(RateOf(h) * through, 1, Math.Max(1, kind.Fitting(h.End - h.First)));
            return (h.End - h.First) / (double)_problem.Layers * (kind.Serving.WeightsPerDevice + resident * kind.Serving.SequenceBytes(_load.Longest));
        });
    }

    private Estimate EstimateOf(GraphTask task) => task.Work.Kind switch
    {
        WorkKind.Decode => Decode(task),
        WorkKind.Prefill => Prefill(task),
        _ => new EngineWork().Answer(new CostQuestion(task.Work, task.Service ?? "", _group.Target, task.Phase, AnyDevice, "", 1, 1, Calibration.Empty)).Estimate
            ?? Estimate.Unknown(Bytes.Zero, "no model for this part of serving"),
    };

    private Estimate Decode(GraphTask task)
    {
        double tokens = task.Work.TokensOut ?? 0;
        (double mean, _) = Through(h => TokenSeconds(h, high: false), h => HopSeconds(h, 1));
        (_, double slowest) = Through(h => TokenSeconds(h, high: true), h => HopSeconds(h, 1));
        double slots = Slots();
        double Wait(double share) => _shape.Rate is null ? 0 : Queueing.WaitQuantile(
            (int)Math.Min(slots, Queueing.MostServers), Math.Min(0.999, _load.TokenRate * mean / slots), _load.TokenRate / _load.DecodeArrivals * mean, share);
        double busy = _shape.Rate is null ? tokens * mean : tokens * Used() / _plan.Flow;
        return Answer(task, tokens * mean + Wait(0.5), tokens * slowest * Roofline.RepeatNoise + Wait(0.95), busy, s => s.PerToken, s => s.PerToken) with
        {
            FirstShare = Roofline.FirstSentence(tokens),
        };
    }

    // A prompt waits at every stretch for prompts before it and for the step under way.
    private Estimate Prefill(GraphTask task)
    {
        double tokens = task.Work.TokensIn ?? 0;
        double At(LayerHolding h, double noise, double share)
        {
            LayerKind kind = _kinds[h.Machine];
            int layers = h.End - h.First;
            double used = kind.PromptPerToken(layers) * RateOf(h);
            double wait = _shape.Rate is null ? 0 : Queueing.WaitQuantile(h.Count, Math.Min(0.999, used), kind.Prompt(task, layers, together: true), share);
            return kind.Prompt(task, layers, together: false) * noise + wait + (_shape.Rate is null ? 0 : TokenSeconds(h, high: false));
        }

        double request = _plan.Holdings.Max(h => _kinds[h.Machine].Serving.RequestSeconds);
        (double mean, _) = Through(h => At(h, 1, 0.5), h => HopSeconds(h, tokens));
        (_, double slowest) = Through(h => At(h, Roofline.RepeatNoise, 0.95), h => HopSeconds(h, tokens));
        double busy = _plan.Holdings.Max(h => h.Flow / _plan.Flow * _kinds[h.Machine].Prompt(task, h.End - h.First, together: true) / h.Count);
        return Answer(task, request + mean, request * Roofline.RepeatNoise + slowest, _shape.Rate is null ? request + mean : busy, s => s.FirstToken, s => s.Busy);
    }

    private Estimate Answer(GraphTask task, double median, double tail, double busy, Func<ServingCosts, ServingSpread> time, Func<ServingCosts, ServingSpread> work)
    {
        ServingCosts[] costs = [.. _plan.Holdings.Select(h => _kinds[h.Machine].Serving).Distinct()];
        ServingSpread Widest(Func<ServingCosts, ServingSpread> of) => costs.Select(of).MaxBy(s => s.HalfWidth).To(Extrapolated);
        string kinds = string.Join(", ", _plan.Holdings.Select(h => _kinds[h.Machine].Device.Kind).Distinct());
        string source = $"cut by layers over {kinds}: shares of steps that fitted physics tells of all layers, extrapolated{(task.Work.TokensAreBounds ? "; of token bounds" : "")}";
        double weights = _plan.Holdings.Max(h => (h.End - h.First) / (double)_problem.Layers * _kinds[h.Machine].Serving.WeightsPerDevice);
        return new Estimate(
            Widest(time).Around(median), Widest(time).Around(Math.Max(median, tail)), Widest(work).Around(busy), new Bytes(weights), ServingCosts.Name, source);
    }

    // Mean over the tokens and slowest way of what machines and ways take; from home and back again.
    private (double Mean, double Slowest) Through(Func<LayerHolding, double> machine, Func<LayerHop, double> way)
    {
        var at = new Dictionary<(int Boundary, int Place, bool Arrived), double>();
        void Reach((int, int, bool) from, (int, int, bool) to, double seconds)
        {
            if (at.TryGetValue(from, out double start))
            {
                at[to] = Math.Max(at.GetValueOrDefault(to), start + seconds);
            }
        }

        double mean = 0;
        for (int p = 0; p < _places.Length; p++)
        {
            at[(0, p, true)] = _problem.Back(_plan.Home, p) ?? 0;
        }

        foreach (int boundary in _plan.Holdings.Select(h => h.First).Append(_problem.Layers).Distinct().Order())
        {
            foreach (LayerHop hop in _plan.Hops.Where(h => h.Boundary == boundary))
            {
                double seconds = way(hop);
                mean += hop.Flow / _plan.Flow * seconds;
                Reach((boundary, hop.From, false), (boundary, hop.To, true), seconds);
            }

            foreach (LayerHolding holding in _plan.Holdings.Where(h => h.First == boundary))
            {
                int place = _problem.Machines[holding.Machine].Place;
                double seconds = machine(holding);
                mean += holding.Flow / _plan.Flow * (seconds + (holding.First == 0 ? _problem.Back(_plan.Home, place) ?? 0 : 0)
                    + (holding.End == _problem.Layers ? _problem.Back(place, _plan.Home) ?? 0 : 0));
                Reach((boundary, place, true), (holding.End, place, false), seconds);
            }
        }

        double slowest = Enumerable.Range(0, _places.Length)
            .Max(p => at.TryGetValue((_problem.Layers, p, false), out double end) ? end + (_problem.Back(p, _plan.Home) ?? 0) : 0);
        return (mean, Math.Max(mean, slowest));
    }

    private static readonly Device AnyDevice = new() { Name = "", Kind = "", Tier = "gpu", Count = 1, Place = "" };
}
