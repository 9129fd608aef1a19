using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Pools that read prompts, write tokens, or both, on devices that the fitted physics of serving describes: by number format, tensor-parallel degree and load.
/// Sequences decode in batches; how large they are follows from the load (Little's law), and so does the time of a step.
/// </summary>
internal sealed class TokenPools(PoolShape shape)
{
    private static readonly int[] Degrees = [1, 2, 4, 8];
    private const double Tail = 1.645; // 95th percentile of the number of sequences under way, which is about Poisson
    private const int FixedPointSteps = 80;
    private const int MostReplicas = 100_000;

    /// <summary>The candidates of a group (or one part of it) on a device; what was refused goes to <paramref name="reasons"/>.</summary>
    public IEnumerable<Candidate> Of(ServiceGroup group, Device device, ModelCard model, List<string> reasons)
    {
        (double input, double output) = group.UsualTokens();
        foreach (string precision in Precisions(group, device))
        {
            foreach (int degree in Degrees.Where(d => d <= device.ScaleUpCount && d <= Math.Max(device.Count, 1)))
            {
                if (shape.Serving(model, device, precision, degree, input, output, out string reason) is not { } serving)
                {
                    reasons.Add(reason);
                    continue;
                }

                var demand = new Demand(shape, group, device, serving);
                if (!demand.IsKnown)
                {
                    reasons.Add("how many tokens it reads or writes is not known: give 'expect … in, … out'");
                }
                else if (demand.BatchMost < 1)
                {
                    reasons.Add($"weights and KV cache of {model.Name} in {precision} do not fit in {degree} × {new Bytes(serving.Memory)}");
                }
                else
                {
                    foreach (Candidate candidate in Replicated(group, device, model, precision, degree, demand))
                    {
                        yield return candidate;
                    }
                }
            }
        }
    }

    private static string[] Precisions(ServiceGroup group, Device device)
    {
        if (!group.Main[0].Work.Precisions.IsDefaultOrEmpty)
        {
            return group.NamedFormats();
        }

        string[] usual = [.. new[] { "bf16", "fp8" }.Where(p => Roofline.PeakOf(device, p) is not null)];
        return usual.Length > 0 ? usual : ["fp32"];
    }

    private IEnumerable<Candidate> Replicated(ServiceGroup group, Device device, ModelCard model, string precision, int degree, Demand demand)
    {
        var seen = new HashSet<int>();
        foreach (double load in PoolShape.Loads)
        {
            double needed = shape.Rate is null ? 1 : demand.ReplicasAtFullLoad / load;
            int replicas = (int)Math.Clamp(Math.Ceiling(needed - 1e-9), 1, MostReplicas);
            if (!seen.Add(replicas))
            {
                continue;
            }

            string name = model.Name[(model.Name.LastIndexOf('/') + 1)..];
            yield return shape.Make(group, device, new Pool
            {
                Estimates = demand.Estimates(replicas),
                Charges = [.. group.Tasks.Select(_ => (Dollars?)null)],
                Configuration = string.Create(CultureInfo.InvariantCulture, $"{precision} tp{degree} {name}"),
                Precision = precision,
                Degree = degree,
                Replicas = replicas,
                Load = demand.ReplicasAtFullLoad / replicas,
                DeviceUse = degree * (double)replicas,
                Concurrency = Math.Min(demand.BatchMost * replicas, MostReplicas),
                Memory = demand.MemoryPerDevice(replicas),
            });
        }
    }

    /// <summary>What a group asks of a replica, and what that makes of its times.</summary>
    private sealed class Demand
    {
        private readonly PoolShape _shape;
        private readonly ServiceGroup _group;
        private readonly ServingCosts _serving;
        private readonly ImmutableArray<MachineFactor?> _learned; // what runs on the device taught, by task of the group
        private readonly double _slower; // the same for a step of decoding, in which sequences of several tasks are
        private readonly double _prefillWork; // seconds of one replica a second
        private readonly double _prefillArrivals;
        private readonly double _tokenRate; // tokens a second
        private readonly double _context; // tokens that a sequence holds on average while it is written
        private readonly double _longest;
        private readonly double _decodeArrivals;

        public Demand(PoolShape shape, ServiceGroup group, Device device, ServingCosts serving)
        {
            (_shape, _group, _serving) = (shape, group, serving);
            _learned = [.. group.Tasks.Select(t => shape.Learned(group, t, device, ServingCosts.Name))];
            IsKnown = group.Main.All(t => t.Work.TokensIn is not null && (t.Work.Kind != WorkKind.Decode || t.Work.TokensOut is not null));
            double weighted = 0;
            double weights = 0;
            double slower = 0;
            foreach (GraphTask task in group.Main)
            {
                double tokensIn = task.Work.TokensIn ?? 0;
                double tokensOut = task.Work.TokensOut ?? 0;
                double arrivals = shape.Arrivals(task);
                _longest = Math.Max(_longest, tokensIn + tokensOut);
                if (task.Work.Kind == WorkKind.Decode)
                {
                    double weight = Math.Max(arrivals, 1e-9) * tokensOut;
                    weighted += weight * (tokensIn + tokensOut / 2);
                    weights += weight;
                    slower += weight * ScaleOf(task);
                    _tokenRate += arrivals * tokensOut;
                    _decodeArrivals += arrivals;
                }
                else if (task.Work.Kind == WorkKind.Prefill)
                {
                    _prefillWork += arrivals * serving.PromptSeconds(tokensIn) * ScaleOf(task);
                    _prefillArrivals += arrivals;
                }
            }

            _context = weights > 0 ? weighted / weights : 0;
            _slower = weights > 0 ? slower / weights : 1;
            BatchMost = serving.BatchThatFits(_longest);
        }

        public bool IsKnown { get; }

        public int BatchMost { get; }

        private bool Writes => _group.Main.Any(t => t.Work.Kind == WorkKind.Decode);

        /// <summary>Replicas that would be busy all the time, a fraction.</summary>
        public double ReplicasAtFullLoad => (Writes ? _tokenRate * DecodeStep(BatchMost) / BatchMost : 0) + _prefillWork;

        public double MemoryPerDevice(int replicas) =>
            _serving.WeightsPerDevice + Math.Min(BatchMost, HighBatch(Batch(replicas))) * _serving.SequenceBytes(_longest);

        public ImmutableArray<Estimate> Estimates(int replicas)
        {
            double batch = Batch(replicas);
            return [.. _group.Tasks.Select(t => t.Work.Kind switch
            {
                WorkKind.Decode => Decode(t, batch, replicas),
                WorkKind.Prefill => Prefill(t, batch, replicas),
                _ => new EngineWork().Answer(Question(t)).Estimate ?? Estimate.Unknown(Bytes.Zero, "no model for this part of serving"),
            })];
        }

        // Sequences under way on a replica: arrivals of tokens × time of a step, and the time of a step grows with them.
        private double Batch(int replicas)
        {
            if (_shape.Rate is null)
            {
                return Math.Min(BatchMost, _group.Main.Max(_shape.FanOutOf));
            }

            double batch = 1;
            for (int i = 0; i < FixedPointSteps; i++)
            {
                batch = Math.Min(BatchMost, _tokenRate / replicas * Step(batch));
            }

            return batch;
        }

        private double Step(double batch) =>
            DecodeStep(batch) + (_tokenRate > 0 ? _serving.Interference * batch * _prefillWork / _tokenRate : 0);

        private double DecodeStep(double batch) => _serving.StepSeconds(Math.Max(1, batch), _context) * _slower;

        private double ScaleOf(GraphTask task) => _learned[_group.Tasks.IndexOf(task)]?.Scale ?? 1;

        private double HighBatch(double batch) => _shape.Rate is null ? batch : Math.Clamp(batch + Tail * Math.Sqrt(batch), 1, BatchMost);

        private Estimate Decode(GraphTask task, double batch, int replicas)
        {
            double tokens = (task.Work.TokensOut ?? 0) * ScaleOf(task) / _slower;
            double median = tokens * Step(batch);
            double service = _decodeArrivals > 0 ? _tokenRate / _decodeArrivals * Step(batch) : 0;
            double slots = (double)replicas * BatchMost;
            double Wait(double share) => _decodeArrivals > 0
                ? Queueing.WaitQuantile((int)Math.Min(slots, Queueing.MostServers), Math.Min(0.999, batch / BatchMost), service, share)
                : 0;
            double tail = tokens * Step(HighBatch(batch)) * Roofline.RepeatNoise;
            double busy = tokens * DecodeStep(BatchMost) / BatchMost;
            busy = _shape.Rate is null ? median / Math.Max(1, batch) : busy;
            return Answer(task, median + Wait(0.5), tail + Wait(0.95), busy, _serving.PerToken, _serving.PerToken) with { FirstShare = Roofline.FirstSentence(task.Work.TokensOut ?? 0) };
        }

        private Estimate Prefill(GraphTask task, double batch, int replicas)
        {
            double own = _serving.FirstTokenSeconds(task.Work.TokensIn ?? 0) * ScaleOf(task);
            double busy = _serving.PromptSeconds(task.Work.TokensIn ?? 0) * ScaleOf(task);
            double step = Writes && _tokenRate > 0 ? DecodeStep(batch) : 0;
            double service = _prefillArrivals > 0 ? _prefillWork / _prefillArrivals : 0;
            double Wait(double share) => _prefillArrivals > 0
                ? Queueing.WaitQuantile(replicas, Math.Min(0.999, _prefillWork / replicas), service, share)
                : 0;
            return Answer(task, own + step + Wait(0.5), own * Roofline.RepeatNoise + step + Wait(0.95), busy, _serving.FirstToken, _serving.Busy);
        }

        private Estimate Answer(GraphTask task, double median, double tail, double busy, ServingSpread time, ServingSpread work)
        {
            MachineFactor? learned = _learned[_group.Tasks.IndexOf(task)];
            ServingSpread Narrowed(ServingSpread spread) => spread.To(learned?.For(spread.HalfWidth).Spread ?? 1);
            string source = _serving.Source + (task.Work.TokensAreBounds ? "; of token bounds" : "") + learned?.Text();
            return new Estimate(
                Narrowed(time).Around(median), Narrowed(time).Around(Math.Max(median, tail)), Narrowed(work).Around(busy),
                new Bytes(_serving.WeightsPerDevice), ServingCosts.Name, source)
            {
                Correction = learned?.Scale,
            };
        }

        private CostQuestion Question(GraphTask task) =>
            new(task.Work, task.Service ?? "", _group.Target, task.Phase, AnyDevice, "", 1, 1, Calibration.Empty);

        private static readonly Device AnyDevice = new() { Name = "", Kind = "", Tier = "gpu", Count = 1, Place = "" };
    }
}
