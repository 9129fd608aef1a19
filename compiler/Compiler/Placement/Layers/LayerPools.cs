using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>
/// Pools of a language model whose layers are cut over machines of several kinds. What a machine passes on with some layers depends on the sequences whose
/// cache it holds meanwhile: at a time per token τ through all layers, n sequences resident give n/τ tokens a second, of which step/τ are in a step there.
/// So cuts are sought for a few τ and loads: the cheapest machines that carry the promised rate over the load within τ (<see cref="LayerSplit"/>).
/// </summary>
internal sealed class LayerPools(PoolShape shape, Fleet fleet)
{
    private static readonly int[] Degrees = [1, 2, 4, 8];

    // Time per token from the least possible (0) to three times the slowest kind's (1), and the share of capacity that the rate takes.
    private static readonly (double Slack, double Load)[] Settings = [(0, 0.7), (0.5, 0.5), (0.5, 0.7), (0.5, 0.85), (1, 0.7)];

    // Where pools of one kind do, one cut tells whether several kinds would be cheaper.
    private static readonly (double Slack, double Load) Usual = (0.5, 0.7);

    private const int MostKinds = 12;      // those that hold a layer for least; more make the search long
    private const double Quickest = 1.5;   // times the least time per token of any kind
    private const double Slowest = 3;
    private const double SolverLimit = 0.2; // deterministic seconds for each setting
    private const double Cheaper = 0.9;     // of the cheapest pool of one kind; what can save less is not looked for

    /// <summary>The candidates; none, with the reason, where there cannot be any or none can be much cheaper than pools of one kind.</summary>
    /// <param name="group">All tasks of a model.</param>
    /// <param name="devices">Devices that may serve it.</param>
    /// <param name="model">The model, of known architecture.</param>
    /// <param name="oneKind">The candidates on one kind of device each.</param>
    /// <param name="reason">Why there are none; empty otherwise.</param>
    /// <param name="cancellation">Stops the search.</param>
    public IEnumerable<Candidate> Of(
        ServiceGroup group, Device[] devices, ModelCard model, Candidate[] oneKind, out string reason, CancellationToken cancellation)
    {
        var load = new LayerLoad(shape, group);
        if (!load.IsKnown || devices.Length == 0)
        {
            reason = "";
            return [];
        }

        Candidate[] enough = [.. oneKind.Where(c => c.Tasks.Length == group.Tasks.Length && c.DeviceUse <= devices.FirstOrDefault(d => d.Name == c.Device)?.Count)];
        if (enough.Length > 0 && (shape.Rate is null || enough.Any(c => c.CostPerHour is null)))
        {
            reason = "";
            return [];
        }

        string[] places = [.. devices.Select(d => d.Place).Distinct().Order(StringComparer.Ordinal)];
        if (!places.Any(a => places.Any(b => fleet.LinkBetween(a, b) is not null)))
        {
            reason = enough.Length > 0 ? "" : $"its layers could be cut over several machines, but no link inside {string.Join(", ", places)} is stated: add links with their bandwidth and latency";
            return [];
        }

        Candidate? cheapest = enough.MinBy(c => c.CostPerHour?.Value ?? 0);
        double most = cheapest?.CostPerHour?.Value * Cheaper ?? double.PositiveInfinity;
        var made = new List<Candidate>();
        foreach (string precision in cheapest is null ? Precisions(group) : [cheapest.Precision])
        {
            LayerKind[] kinds = [.. Kinds(group, devices, model, precision, load, cheapest is null ? Degrees : [1]).OrderBy(k => k.PricePerLayer).Take(MostKinds)];
            foreach ((double slack, double share) in kinds.Length == 0 ? [] : cheapest is null ? Settings : [Usual])
            {
                cancellation.ThrowIfCancellationRequested();
                var cut = new LayerCutPool(shape, fleet, group, model, precision, kinds, load, Within(kinds, load, slack), share);
                if ((cheapest is null || cut.MaySave(most, Cheaper)) && cut.Solve(most, SolverLimit, cancellation) is { } candidate && !made.Any(c => Same(c, candidate)))
                {
                    made.Add(candidate);
                }
            }
        }

        reason = made.Count > 0 || enough.Length > 0 ? "" : "all machines together hold too few of its layers for the rate";
        return made;
    }

    private static bool Same(Candidate a, Candidate b) => a.Precision == b.Precision && a.Load == b.Load && a.Cut is { } x && b.Cut is { } y && x.Stretches.SequenceEqual(y.Stretches);

    // Cards that compute in either 16-bit format hold weights of one size and pass on activations of one size.
    private static string[] Precisions(ServiceGroup group) => group.Main[0].Work.Precisions.IsDefaultOrEmpty ? ["fp16", "fp8"] : group.NamedFormats();

    private IEnumerable<LayerKind> Kinds(ServiceGroup group, Device[] devices, ModelCard model, string precision, LayerLoad load, int[] degrees)
    {
        foreach (Device device in devices)
        {
            foreach (int degree in degrees.Where(d => d <= device.ScaleUpCount && d <= Math.Max(device.Count, 1)))
            {
                if (shape.Serving(model, device, precision, degree, load.UsualInput, load.UsualOutput, out _) is { } serving)
                {
                    var kind = new LayerKind(shape, group, device, degree, serving, load, (int)(model.Layers ?? 0));
                    if (kind.Most > 0)
                    {
                        yield return kind;
                    }
                }
            }
        }
    }

    // Between a little above what the quickest kind takes and a few times what the slowest does, in even ratios.
    private static double Within(LayerKind[] kinds, LayerLoad load, double slack)
    {
        double[] times = [.. kinds.Select(k => k.Layers / (double)k.Most * k.Step(k.Most, 1, load.Context))];
        double low = Quickest * times.Min();
        return low * Math.Pow(Slowest * times.Max() / low, slack);
    }
}

/// <summary>What a group asks of machines that hold its model.</summary>
internal sealed class LayerLoad
{
    private const double Seldom = 1e-6; // runs a second where no rate is promised: hardly anything waits

    /// <summary>Sums up the tasks.</summary>
    public LayerLoad(PoolShape shape, ServiceGroup group)
    {
        IsKnown = group.Main.All(t => t.Work.TokensIn is not null && (t.Work.Kind != WorkKind.Decode || t.Work.TokensOut is not null));
        double weighted = 0;
        foreach (GraphTask task in group.Main)
        {
            double tokensIn = task.Work.TokensIn ?? 0;
            double tokensOut = task.Work.TokensOut ?? 0;
            Longest = Math.Max(Longest, tokensIn + tokensOut);
            if (task.Work.Kind == WorkKind.Decode)
            {
                double rate = Arrivals(shape, task) * tokensOut;
                weighted += rate * (tokensIn + tokensOut / 2);
                TokenRate += rate;
                DecodeArrivals += Arrivals(shape, task);
            }
            else if (task.Work.Kind == WorkKind.Prefill)
            {
                PromptRate += Arrivals(shape, task) * tokensIn;
            }
        }

        Context = TokenRate > 0 ? weighted / TokenRate : 0;
        (UsualInput, UsualOutput) = group.UsualTokens();
        IsKnown &= TokenRate > 0;
    }

    /// <summary>Whether every task says how much it reads and writes.</summary>
    public bool IsKnown { get; }

    /// <summary>Tokens a second written.</summary>
    public double TokenRate { get; }

    /// <summary>Tokens a second of prompts read.</summary>
    public double PromptRate { get; }

    /// <summary>Answers a second.</summary>
    public double DecodeArrivals { get; }

    /// <summary>Tokens that a sequence holds on average while it is written.</summary>
    public double Context { get; }

    /// <summary>Most tokens of a sequence.</summary>
    public double Longest { get; }

    /// <summary>Tokens of a usual prompt.</summary>
    public double UsualInput { get; }

    /// <summary>Tokens of a usual answer.</summary>
    public double UsualOutput { get; }

    /// <summary>Executions a second of a task, a very few where no rate is promised.</summary>
    public static double Arrivals(PoolShape shape, GraphTask task) => shape.Rate is null ? Seldom * task.Executions : shape.Arrivals(task);
}

/// <summary>A kind of machine with some layers of a model: times and what fits, after <see cref="ServingCosts"/>.</summary>
internal sealed class LayerKind
{
    private const int FixedPointSteps = 60;
    private const double Settled = 1e-4;

    private readonly PoolShape _shape;
    private readonly ServiceGroup _group;
    private readonly LayerLoad _load;
    private readonly double _slower = 1;
    private readonly double _promptWork; // seconds of machines with all layers, a second

    /// <summary>A kind of <paramref name="degree"/> devices for a model of some layers.</summary>
    public LayerKind(PoolShape shape, ServiceGroup group, Device device, int degree, ServingCosts serving, LayerLoad load, int layers)
    {
        (_shape, _group, _load, Device, Degree, Serving, Layers) = (shape, group, load, device, degree, serving, layers);
        double weighted = 0;
        foreach (GraphTask task in group.Main)
        {
            double arrivals = LayerLoad.Arrivals(shape, task);
            weighted += task.Work.Kind == WorkKind.Decode ? arrivals * (task.Work.TokensOut ?? 0) * Scale(task) : 0;
            _promptWork += task.Work.Kind == WorkKind.Prefill ? arrivals * serving.PromptSeconds(task.Work.TokensIn ?? 0) * Scale(task) : 0;
        }

        _slower = weighted / load.TokenRate;
        Most = Enumerable.Range(1, layers).LastOrDefault(l => Fitting(l) >= 1);
    }

    /// <summary>The device.</summary>
    public Device Device { get; }

    /// <summary>Devices of a machine.</summary>
    public int Degree { get; }

    /// <summary>The physics.</summary>
    public ServingCosts Serving { get; }

    /// <summary>Layers of the model.</summary>
    public int Layers { get; }

    /// <summary>Most layers that fit beside the cache of one sequence; 0 when none does.</summary>
    public int Most { get; }

    /// <summary>US dollars an hour for a layer where as many lie as fit; infinite where the price is unknown.</summary>
    public double PricePerLayer => Device.PricePerHour is { } price ? Degree * price.Value / Most : double.PositiveInfinity;

    /// <summary>Sequences whose cache fits beside some layers.</summary>
    public double Fitting(int layers)
    {
        double share = layers / (double)Layers;
        double free = ServingCosts.UsableMemory * Serving.Memory - share * Serving.WeightsPerDevice;
        return Math.Floor(Math.Min(ServingCosts.EngineBatch, free / Math.Max(1, share * Serving.SequenceBytes(Math.Max(1, _load.Longest)))));
    }

    /// <summary>Seconds of a step, what reading prompts delays it left out.</summary>
    public double Step(int layers, double batch, double context) => Serving.StretchStepSeconds(layers / (double)Layers, batch, context) * _slower;

    /// <summary>Seconds that a token takes here, prompts in between included.</summary>
    public double Seconds(int layers, double batch) =>
        Step(layers, batch, _load.Context) + Serving.Interference * batch * PromptPerToken(layers);

    /// <summary>Seconds that machines read prompts for each token written.</summary>
    public double PromptPerToken(int layers) => layers / (double)Layers * _promptWork / _load.TokenRate;

    /// <summary>Seconds that a task's prompt takes here, alone where <paramref name="together"/> is false.</summary>
    public double Prompt(GraphTask task, int layers, bool together)
    {
        double tokens = task.Work.TokensIn ?? 0;
        double whole = together ? Serving.PromptSeconds(tokens) : Serving.FirstTokenSeconds(tokens) - Serving.RequestSeconds;
        return layers / (double)Layers * whole * Scale(task);
    }

    /// <summary>Tokens a second, and sequences in a step, when a token may take <paramref name="within"/> seconds through all layers.</summary>
    public (double Rate, double Batch) Capacity(int layers, double within)
    {
        double fit = Fitting(layers);
        double batch = 1;
        for (int i = 0; i < FixedPointSteps; i++)
        {
            double before = batch;
            batch = Math.Clamp(fit * Seconds(layers, batch) / within, 1, fit);
            if (Math.Abs(batch - before) <= Settled * batch)
            {
                break;
            }
        }

        return (Math.Min(1 / (Step(layers, batch, _load.Context) / batch + PromptPerToken(layers)), fit / within), batch);
    }

    /// <summary>Sequences in a step at a rate of tokens a second.</summary>
    public double BatchAt(int layers, double rate)
    {
        double batch = 1;
        for (int i = 0; i < FixedPointSteps; i++)
        {
            batch = Math.Clamp(rate * Seconds(layers, batch), 1, Math.Max(1, Fitting(layers)));
        }

        return batch;
    }

    /// <summary>What runs on the device taught about a task.</summary>
    public double Scale(GraphTask task) => _shape.Learned(_group, task, Device, ServingCosts.Name)?.Scale ?? 1;
}
