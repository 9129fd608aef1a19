using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;

namespace Orchestrator.Cli.Papers;

/// <summary>APEX: weights that each way to spread Llama-3-70B over two H100 leaves on a device, and which way serves fastest.</summary>
[Paper("apex")]
internal sealed class Apex : IPaper
{
    private const double Gibi = 1073741824;
    private const double DeviceMemory = 80 * Gibi;
    private const string Model = "meta-llama/Meta-Llama-3-70B";

    // Loads of ours: the trace behind the paper's sample is not known here.
    private static readonly (double Clients, double Input, double Output)[] Loads =
        [.. from clients in new double[] { 8, 16, 32 } from input in new double[] { 256, 1024, 2048 } from output in new double[] { 128, 512 } select (clients, input, output)];

    private static readonly Layout Tensor = new(2, 1, 1);
    private static readonly Layout Hybrid = new(1, 1, 2);
    private static readonly Layout Pipeline = new(1, 2, 1);

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard card = Known.Model(Model);
        double attention = (card.Layers ?? 0) * card.AttentionParameters;
        double forward = card.DerivedParameters - card.EmbeddingParameters - attention;
        PhysicsFit physics = ServingTables.Read().Physics;
        const string how = "physics of served figures with the shipped fit, vLLM, 16 clients, 1,024 in, 512 out, 16 bits, 80 GiB a device";
        return
        [
            NumberClaim.Exactly("Weights of a device, tensor parallel over 2", Origin.Derived, 63.75, "GiB", (attention + forward) / 2 * 2 / Gibi, 0.01, "80 layers of attention and feed-forward without embeddings, halved, 16 bits"),
            NumberClaim.Exactly("Weights of a device, attention on both and feed-forward halved", Origin.Derived, 75.00, "GiB", (attention + forward / 2) * 2 / Gibi, 0.01, "the same with attention whole"),
            NumberClaim.Exactly("Weights of a device, two stages", Origin.Derived, 63.75, "GiB", (attention + forward) / 2 * 2 / Gibi, 0.01, "40 of the 80 layers"),
            NumberClaim.Exactly("Room for activations and cache on a device, tensor parallel over 2", Origin.Derived, 16.25, "GiB", DeviceMemory / Gibi - (attention + forward) / 2 * 2 / Gibi, 0.01, "80 GiB less the weights"),
            NumberClaim.Exactly("Room for activations and cache on a device, attention on both", Origin.Derived, 5.00, "GiB", DeviceMemory / Gibi - (attention + forward / 2) * 2 / Gibi, 0.01, "80 GiB less the weights"),
            Order("Tensor parallelism serves most tokens, then the hybrid, then stages", "TP2 336.8 > hybrid 243.2 > PP2 163.3 tok/s", "tok/s", physics, ServingMetric.OutputRate,
                $"{how}; the same order under {Loads.Count(l => Ordered(physics, l))} of {Loads.Length} loads of 8 to 32 clients, prompts of 256 to 2,048 and answers of 128 and 512 tokens"),
            Order("Time per token has the reverse order", "PP2 62.8 > hybrid 50.9 > TP2 44.1 ms", "ms", physics, ServingMetric.PerToken, how),
            Order("Time to the first token: the hybrid takes longest, then stages", "hybrid 348.1 > PP2 279.3 > TP2 200.7 ms", "ms", physics, ServingMetric.FirstToken, how),
            new UnreachedClaim("Figures of one trace on 2 H100: TP2, hybrid, PP2", Origin.Text, "336.8, 243.2 and 163.3 tok/s", "which trace it was is not known, and they are simulated from profiles of kernels"),
            new UnreachedClaim("Energy of the same: TP2, hybrid, PP2", Origin.Text, "75.7, 85.9 and 158.5 kJ", "which trace it was is not known, and what a device draws by its work was not measured here"),
            new UnreachedClaim("Plans are faster than heuristics", Origin.Abstract, "up to 3.37x", "the traces and clusters behind it are not here")
            {
                Beside = $"up to {Claim.WithUnit(Loads.Max(l => Gain(physics, l)), "x")} over tensor parallelism by the best of the three layouts under the loads above",
            },
            new UnreachedClaim("Plans take less energy than those of least latency", Origin.Abstract, "up to 45 %", "the traces and clusters behind it are not here"),
            new UnreachedClaim("A search ends on a processor within", Origin.Abstract, "15 min", "it is the time of the paper's own program"),
            new UnreachedClaim("A search is faster and cheaper than trials on devices", Origin.Abstract, "71x and 1,234x", "the trials were run on devices that are not here"),
            new UnreachedClaim("Error of the simulator", Origin.Summary, "10.7 %", "its measured runs are not here"),
        ];
    }

    private static OrderClaim Order(string statement, string printed, string unit, PhysicsFit physics, ServingMetric metric, string how)
    {
        (string Name, double Value) Of(string name, Layout layout) => (name, Figure(physics, layout, metric, (16, 1024, 512)));
        (string, double)[] values = metric switch
        {
            ServingMetric.OutputRate => [Of("TP2", Tensor), Of("hybrid", Hybrid), Of("PP2", Pipeline)],
            ServingMetric.PerToken => [Of("PP2", Pipeline), Of("hybrid", Hybrid), Of("TP2", Tensor)],
            _ => [Of("hybrid", Hybrid), Of("PP2", Pipeline), Of("TP2", Tensor)],
        };
        return new OrderClaim(statement, Origin.Text, printed, unit, values) { How = how };
    }

    // What choosing the fastest layout gains over always cutting each layer.
    private static double Gain(PhysicsFit physics, (double, double, double) load) =>
        new[] { Tensor, Hybrid, Pipeline }.Max(l => Figure(physics, l, ServingMetric.OutputRate, load)) / Figure(physics, Tensor, ServingMetric.OutputRate, load);

    private static bool Ordered(PhysicsFit physics, (double, double, double) load)
    {
        double[] rates = [.. new[] { Tensor, Hybrid, Pipeline }.Select(l => Figure(physics, l, ServingMetric.OutputRate, load))];
        return rates[0] > rates[1] && rates[1] > rates[2];
    }

    private static double Figure(PhysicsFit physics, Layout layout, ServingMetric metric, (double Clients, double Input, double Output) load)
    {
        DeviceShape device = CatalogueShapes.Default.Device("H100 SXM 80GB");
        ModelShape model = CatalogueShapes.Default.Model(Model);
        const string engine = "vllm";
        var dense = new Scenario
        {
            Device = device with { Memory = DeviceMemory },
            Model = model,
            Format = WeightFormat.Read("bf16", model.Name, engine, 2024, device),
            Devices = 2,
            Decode = layout,
            Prefill = layout,
            Copies = 1,
            Engine = engine,
            Era = "vllm 2024",
            Year = 2024,
            Load = LoadKind.Closed,
            Concurrency = load.Clients,
            Input = load.Input,
            Output = load.Output,
            Metric = metric,
        };
        // Shares of peaks and overheads are those of the dense model in every layout; the halves are read as fast as other weights.
        double[] quantities = new double[Rates.Count];
        physics.LogQuantities(dense, quantities);
        double[] rates = [.. quantities.Select(Math.Exp)];
        rates[(int)Quantity.Experts] = 1;
        return Math.Exp(Physics.LogFigure(layout.Data > 1 ? dense with { Model = Halved(model) } : dense, rates));
    }

    // Ranks that share the feed-forward part and keep attention whole are ranks that share experts: each half is an expert that every token meets.
    private static ModelShape Halved(ModelShape model)
    {
        ModelCard card = Known.Model(Model);
        return model with { ExpertParameters = card.DerivedParameters - card.EmbeddingParameters - (card.Layers ?? 0) * card.AttentionParameters, Experts = 2, TopK = 2 };
    }
}
