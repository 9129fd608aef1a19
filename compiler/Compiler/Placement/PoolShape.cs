using System.Collections.Immutable;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>What the makers of candidates share: the question to the cost models, loads, money.</summary>
internal sealed class PoolShape(TaskGraph graph, Objective objective, Calibration calibration)
{
    /// <summary>Shares of capacity at which pools are tabulated: quick but dear, usual, cheap but queueing.</summary>
    public static readonly ImmutableArray<double> Loads = [0.5, 0.7, 0.85];

    private const double SecondsPerHour = 3600;

    private readonly Dictionary<(string Model, string Device, string Precision, int Degree, double Input, double Output), (ServingCosts? Costs, string Reason)> _serving = [];

    /// <summary>The promised rate, or null for one run at a time.</summary>
    public double? Rate => objective.RatePerSecond;

    /// <summary>Executions per second of a task at the rate.</summary>
    public double Arrivals(GraphTask task) => (Rate ?? 0) * task.Executions;

    /// <summary>Executions under way at once within one run.</summary>
    public double FanOutOf(GraphTask task) => FanOut.Of(graph, task);

    /// <summary>Asks the cost models.</summary>
    public CostAnswer Ask(ServiceGroup group, GraphTask task, Device device, string precision, int degree, double batch)
    {
        CostAnswer answer = CostModels.CostModels.Answer(
            new CostQuestion(task.Work, task.Service ?? "", group.Target, task.Phase, device, precision, degree, batch, calibration));
        return answer with { Estimate = answer.Estimate is { } e ? e with { FirstShare = FirstShare(task) } : null };
    }

    // A reader of a text can begin after its first sentence, a listener after the first sentence spoken.
    private double FirstShare(GraphTask task) => task.Work.Kind == WorkKind.Decode ? Roofline.FirstSentence(task.Work.TokensOut ?? 0)
        : graph.Steps[task.Step].Kind == StepKind.Speak ? Roofline.FirstSentence(task.Work.TokensIn ?? 0)
        : 1;

    /// <summary>Whether runs or the fleet file give times of the group's tasks on a device, so that no model is needed.</summary>
    public bool HasFigures(ServiceGroup group, Device device) => group.Main.All(t =>
        DeviceFigures.Row(device, t.Service ?? "", group.Target, t.Phase) is not null
        || calibration.Find(group.Target, t.Phase, device.Kind, t.Work.SizeText()) is not null);

    /// <summary>What runs taught about a model's times of a task on a device; null when nothing.</summary>
    public MachineFactor? Learned(ServiceGroup group, GraphTask task, Device device, string model) =>
        MachineFactor.Learned(calibration, device.Kind, model, group.Target, task.Phase, task.Work.SizeText());

    /// <summary>As <see cref="ServingCosts.On"/>, looked up once for all pools of a model that are cut alike.</summary>
    public ServingCosts? Serving(ModelCard model, Device device, string precision, int degree, double input, double output, out string reason)
    {
        var key = (model.Name, device.Name, precision, degree, input, output);
        if (!_serving.TryGetValue(key, out (ServingCosts? Costs, string Reason) found))
        {
            found = (ServingCosts.On(model, device, precision, degree, input, output, out string why), why);
            _serving.Add(key, found);
        }

        reason = found.Reason;
        return found.Costs;
    }

    /// <summary>A candidate with its money worked out; its id is given later.</summary>
    /// <param name="group">What it serves.</param>
    /// <param name="device">Where.</param>
    /// <param name="pool">Its numbers.</param>
    public Candidate Make(ServiceGroup group, Device device, Pool pool)
    {
        double charge = 0;
        double busy = 0;
        for (int i = 0; i < group.Tasks.Length; i++)
        {
            GraphTask task = group.Tasks[i];
            charge += task.Executions * (pool.Charges[i]?.Value ?? 0);
            double seconds = pool.Estimates[i].Busy.Likely;
            busy += double.IsFinite(seconds) ? task.Executions * seconds : 0;
        }

        double? hourly = pool.PaidByUse ? 0 : device.PricePerHour?.Value;
        double? perHour = Rate is { } rate && hourly is { } h ? pool.DeviceUse * h + charge * rate * SecondsPerHour : null;
        double? perRun = Rate is { } r ? perHour / (r * SecondsPerHour)
            : hourly is { } price ? charge + busy * pool.Degree * price / SecondsPerHour
            : null;
        return new Candidate(
            0, group.Services, [.. group.Tasks.Select(t => t.Id)], device.Name, pool.Configuration, pool.Precision, pool.Degree, pool.Replicas, pool.Load,
            perHour is { } ph ? new Dollars(ph) : null, perRun is { } pr ? new Dollars(pr) : null, new Bytes(pool.Memory), pool.Estimates)
        {
            Model = group.HasChoice ? group.Target : "",
            Qualities = group.Qualities(pool.Precision),
            DeviceUse = pool.DeviceUse,
            Concurrency = pool.Concurrency,
            ChargePerRun = new Dollars(charge),
        };
    }
}

/// <summary>The numbers of a pool.</summary>
internal sealed record Pool
{
    /// <summary>By task of the group.</summary>
    public required ImmutableArray<Estimate> Estimates { get; init; }

    /// <summary>Charge of an execution by task, null where the hourly price counts.</summary>
    public required ImmutableArray<Dollars?> Charges { get; init; }

    /// <summary>For people.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>Number format, or empty.</summary>
    public string Precision { get; init; } = "";

    /// <summary>Devices of a replica.</summary>
    public int Degree { get; init; } = 1;

    /// <summary>Replicas.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Share of capacity used.</summary>
    public double Load { get; init; }

    /// <summary>Devices taken.</summary>
    public double DeviceUse { get; init; }

    /// <summary>Executions under way at once.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>Bytes on each device.</summary>
    public double Memory { get; init; }

    /// <summary>Whether every use is charged, so that the device's hourly price does not count.</summary>
    public bool PaidByUse { get; init; }
}
