using Orchestrator.CostModels;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Pools of services whose time does not depend on batching: tools, processes, ONNX models, kernels, encoders, endpoints, people, and models
/// whose times were measured or agreed on. On a CPU they share machines; an accelerator belongs to one pool.
/// </summary>
internal sealed class ServicePools(PoolShape shape)
{
    private const int WaitingSlots = 1024; // executions that only wait for somebody else hardly occupy a machine
    private const int MostReplicas = 100_000;

    /// <summary>The candidates of a group on a device, or the reason why there is none.</summary>
    public IEnumerable<Candidate> Of(ServiceGroup group, Device device, out string reason)
    {
        string precision = PrecisionOf(group, device);
        CostAnswer[] answers = [.. group.Tasks.Select(t => shape.Ask(group, t, device, precision, 1, 1))];
        double memory = answers.Max(a => a.Estimate?.Memory.Value ?? 0); // phases of one service hold the same weights
        if (device.Memory is { } held && memory > held.Value)
        {
            reason = $"it needs {new Bytes(memory)} of memory, {device.Name} has {new Bytes(held.Value)}";
            return [];
        }

        // A model of an unknown architecture on real hardware: neither memory nor time can be told, so no pool can be vouched for.
        int blind = Array.FindIndex(answers, a => a.Estimate is { IsKnown: false });
        if (blind >= 0 && group.Tasks[blind].Work.Executor is "llm" or "encoder" && device.Tier is "gpu" or "npu" or "cpu")
        {
            reason = answers[blind].Missing;
            return [];
        }

        reason = "";
        bool paidByUse = answers.Where((_, i) => group.Main.Contains(group.Tasks[i])).All(a => a.PerUse is not null);
        string configuration = string.Join(" ", new[] { ShortName(group), precision }.Where(s => s.Length > 0));
        if (shape.Rate is null)
        {
            Pool single = Shape(group, device, answers, configuration, precision, memory);
            bool exclusive = device.Tier is "gpu" or "npu" && !paidByUse;
            return [shape.Make(group, device, single with { PaidByUse = paidByUse, DeviceUse = exclusive ? 1 : 0 })];
        }

        return AtLoads(group, device, answers, Shape(group, device, answers, configuration, precision, memory) with { PaidByUse = paidByUse });
    }

    private Pool Shape(ServiceGroup group, Device device, CostAnswer[] answers, string configuration, string precision, double memory) => new()
    {
        Estimates = [.. answers.Select(a => a.Estimate ?? Estimate.Unknown(Bytes.Zero, a.Missing))],
        Charges = [.. answers.Select(a => a.PerUse)],
        Configuration = configuration,
        Precision = precision,
        Concurrency = Slots(group, device) * (shape.Rate is null ? device.Count : 1),
        Memory = memory,
    };

    private List<Candidate> AtLoads(ServiceGroup group, Device device, CostAnswer[] answers, Pool pool)
    {
        double arrivals = 0;
        double work = 0;
        for (int i = 0; i < answers.Length; i++)
        {
            // Who only waits for somebody else occupies a slot of many for as long as it waits.
            double busy = (Waits(group) ? answers[i].Estimate?.P50.Likely : answers[i].Estimate?.Busy.Likely) ?? 0;
            double rate = shape.Arrivals(group.Tasks[i]);
            work += double.IsFinite(busy) ? rate * busy : 0;
            arrivals += busy > 0 ? rate : 0;
        }

        int slots = Slots(group, device);
        bool exclusive = device.Tier is "gpu" or "npu" && !pool.PaidByUse;
        var made = new List<Candidate>();
        var seen = new HashSet<double>();
        foreach (double load in PoolShape.Loads)
        {
            double machines = work / (slots * load);
            int replicas = (int)Math.Clamp(Math.Ceiling(machines - 1e-9), 1, MostReplicas);
            double use = device.Tier is "endpoint" or "person" || pool.PaidByUse ? 0
                : exclusive ? replicas
                : Math.Max(machines, device.Memory is { } held ? pool.Memory / held.Value : 0);
            double utilisation = exclusive ? work / (slots * replicas) : work > 0 ? load : 0;
            if (!seen.Add(use + (work > 0 && !exclusive ? load * 1e-12 : 0)))
            {
                continue;
            }

            double service = arrivals > 0 ? work / arrivals : 0;
            double Wait(double share) => arrivals > 0 && !pool.PaidByUse && device.Tier is not ("endpoint" or "person")
                ? Queueing.WaitQuantile(slots * replicas, utilisation, service, share)
                : 0;
            (double median, double tail) = (Wait(0.5), Wait(0.95));
            made.Add(shape.Make(group, device, pool with
            {
                Estimates = [.. pool.Estimates.Select(e => e.Busy.Likely > 0 ? Delay(e, median, tail) : e)],
                Replicas = replicas,
                Load = utilisation,
                DeviceUse = use,
                Concurrency = Math.Min(slots * replicas, MostReplicas),
            }));
        }

        return made;
    }

    private static Estimate Delay(Estimate e, double median, double tail) => e with
    {
        P50 = e.P50 + new Interval(0, median, median),
        P95 = e.P95 + new Interval(0, tail, tail),
    };

    private static bool Waits(ServiceGroup group) => group.Main[0].Work.Executor is "http" or "mcp" or "human";

    private static int Slots(ServiceGroup group, Device device)
    {
        if (Waits(group) || device.Tier is "endpoint" or "person")
        {
            return WaitingSlots;
        }

        return group.Main[0].Work.Executor is "process" or "wasm" && device.Figures.TryGetValue("cores", out Sourced? cores) ? Math.Max(1, (int)cores.Value) : 1;
    }

    // The first allowed number format that the device has; encoders without a wish run in 16 bits on accelerators and in 32 on CPUs.
    private static string PrecisionOf(ServiceGroup group, Device device)
    {
        Workload work = group.Main[0].Work;
        if (work.Executor is not ("encoder" or "llm") || device.Tier is "endpoint" or "person")
        {
            return "";
        }

        IEnumerable<string> wanted = work.Precisions.IsDefaultOrEmpty ? (device.Tier == "cpu" ? ["fp32"] : ["bf16", "fp16", "int8"]) : work.Precisions;
        string unstated = device.Peak.IsEmpty && !work.Precisions.IsDefaultOrEmpty ? work.Precisions[0] : "";
        return wanted.FirstOrDefault(p => Roofline.PeakOf(device, p) is not null) ?? unstated;
    }

    private static string ShortName(ServiceGroup group) => group.Main[0].Work.Executor is "llm" or "encoder" or "onnx" or "kernel"
        ? group.Target[(group.Target.LastIndexOf('/') + 1)..]
        : group.Main[0].Work.Executor;
}
