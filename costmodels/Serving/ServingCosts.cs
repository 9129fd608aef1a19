using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.CostModels.Learning;
using Orchestrator.Plan;

namespace Orchestrator.CostModels.Serving;

/// <summary>
/// What a language model costs on devices of one kind, for planning: the physics that <see cref="ServingPredictor"/> fitted, corrected by what measured
/// rows near by leave over, with the 90 % interval that held-out rows gave. The serving program is the usual one of the device. The same question has the
/// same answer; for one thread at a time, as corrections are looked up when first needed.
/// </summary>
public sealed class ServingCosts
{
    /// <summary>Share of device memory that weights and KV may fill. Source: arXiv 2507.19635 (90 % of HBM usable), as in the fitted physics.</summary>
    public const double UsableMemory = 0.9;

    /// <summary>Most sequences that a serving engine decodes at once. Source: usual default of serving engines (<c>max_num_seqs</c>).</summary>
    public const int EngineBatch = 256;

    // Batches at which the correction of a step is looked up: a straight line over the logarithm between them, constant beyond.
    private const double FewSequences = 4;
    private const double ManySequences = 64;

    private static readonly Lazy<ServingTables> Tables = new(ServingTables.Read);

    private readonly ModelCard _model;
    private readonly string _precision;
    private readonly int _degree;
    private readonly Scenario _scenario;
    private readonly double[] _quantities = new double[Rates.Count];
    private readonly double _prompt;
    private readonly double _few;
    private double? _many;

    private ServingCosts(ModelCard model, Scenario scenario, string precision, int degree, double? gemm)
    {
        (_model, _precision, _degree) = (model, precision, degree);
        PhysicsFit physics = Tables.Value.Physics;
        physics.LogQuantities(scenario, _quantities);
        for (int q = 0; q < _quantities.Length; q++)
        {
            _quantities[q] = Math.Exp(_quantities[q]);
        }

        // A measured rate of products is what they reach, so the peak is chosen that the fitted share makes it of.
        _scenario = gemm is { } rate
            ? scenario with { Device = scenario.Device with { Bf16 = rate / _quantities[(int)Quantity.Compute] } }
            : scenario;
        Scenario reading = _scenario with { Metric = ServingMetric.FirstToken, Concurrency = 1 };
        Scenario writing = _scenario with { Metric = ServingMetric.PerToken, Concurrency = FewSequences };
        (KrigingEstimate prompt, double difficulty) = Corrected(reading);
        (FirstToken, Busy) = (Spread("first token", difficulty), Spread("throughput", difficulty));
        (KrigingEstimate step, difficulty) = Corrected(writing);
        PerToken = Spread("per token", difficulty);
        (_prompt, _few) = (prompt.Mean, step.Mean);
        Source = SourceOf(_scenario, [.. prompt.Anchors.Concat(step.Anchors)]);
    }

    /// <summary>Which model the numbers are of: the key under which runs correct them.</summary>
    public const string Name = "serving";

    /// <summary>What the numbers rest on, for people: program, device and the nearest measured pairs.</summary>
    public string Source { get; }

    /// <summary>The interval of a time to the first token.</summary>
    public ServingSpread FirstToken { get; }

    /// <summary>The interval of a time per token.</summary>
    public ServingSpread PerToken { get; }

    /// <summary>The interval of the seconds that a prompt occupies devices, which is that of a throughput.</summary>
    public ServingSpread Busy { get; }

    /// <summary>Share of the reading of prompts that delays those who write on the same devices, above 0.</summary>
    public double Interference => _quantities[(int)Quantity.Interference];

    /// <summary>Memory of one device in bytes.</summary>
    public double Memory => _scenario.Device.Memory;

    /// <summary>Bytes of weights on each device.</summary>
    public double WeightsPerDevice => _model.WeightBytes(_precision) / _degree;

    /// <summary>
    /// A model on <paramref name="degree"/> devices that cut each layer between them, or null with the reason why it cannot be told: an architecture, a rate
    /// or a memory that is not known.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="device">The device, whose own figures count before the catalogue's.</param>
    /// <param name="precision">Format of the weights, one of <see cref="ModelCard.BytesOf"/>.</param>
    /// <param name="degree">Devices, 1 or more.</param>
    /// <param name="input">Tokens of a usual prompt, which the correction and the interval are those of.</param>
    /// <param name="output">Tokens of a usual answer.</param>
    /// <param name="reason">Why it cannot be told; empty when it can.</param>
    public static ServingCosts? On(ModelCard model, Device device, string precision, int degree, double input, double output, out string reason)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(device);
        double? bandwidth = device.Bandwidth?.Value ?? Figure(device, "memory_bandwidth");
        double? peak = Roofline.PeakOf(device, precision);
        reason = !model.HasArchitecture ? $"the architecture of {model.Name} is not known"
            : peak is null ? $"{device.Kind} has no known {precision} arithmetic"
            : bandwidth is null ? $"the memory bandwidth of {device.Kind} is not known"
            : device.Memory is null ? $"the memory of {device.Kind} is not known"
            : degree > 1 && device.ScaleUpBandwidth is null ? $"the link between devices of {device.Kind} is not known"
            : "";
        if (reason.Length > 0 || bandwidth is not { } bytes || peak is not { } flops)
        {
            return null;
        }

        DeviceShape shape = CatalogueShapes.Of(device) with { Bandwidth = bytes, Name = Catalogue.Default.MatchDevice(device.Kind)?.Kind ?? device.Kind };
        bool wide = precision is "fp32" or "tf32";
        shape = wide ? shape with { Bf16 = flops } : shape;
        double? gemm = precision == "fp32" && !device.Peak.ContainsKey("fp32") ? Figure(device, "gemm_fp32_flops") : null;
        Scenario scenario = Served(CatalogueShapes.Of(model), shape, wide ? "fp32" : precision, degree, input, output);
        return new ServingCosts(model, scenario, precision, degree, gemm);
    }

    /// <summary>Most sequences of <paramref name="context"/> tokens that fit beside the weights; 0 when not even one does.</summary>
    public int BatchThatFits(double context)
    {
        double free = UsableMemory * Memory - WeightsPerDevice;
        double each = SequenceBytes(Math.Max(1, context));
        return free < each ? 0 : (int)Math.Min(EngineBatch, free / Math.Max(1, each));
    }

    /// <summary>Bytes that a sequence of <paramref name="context"/> tokens holds on each device; KV heads are what devices share at most.</summary>
    public double SequenceBytes(double context) =>
        (_model.KvElements(context) * _scenario.Format.KvBytes + _model.StateBytes) / Math.Min(_degree, Math.Max(1, _scenario.Model.KvShards));

    /// <summary>Seconds from a request to its first token where nothing waits: its prompt read alone, and what the serving program adds.</summary>
    /// <param name="tokens">Tokens of the prompt, counted as at least 1.</param>
    public double FirstTokenSeconds(double tokens) => Math.Exp(_prompt)
        * (StepCost.Prompts(_scenario, new Rates(_quantities), _scenario.Prefill, 1, Math.Max(1, tokens)) + _quantities[(int)Quantity.FixedSeconds]);

    /// <summary>Seconds that a prompt occupies the devices where several are read together.</summary>
    /// <param name="tokens">Tokens of the prompt, counted as at least 1.</param>
    public double PromptSeconds(double tokens)
    {
        const double together = 8; // as in the fitted physics
        return Math.Exp(_prompt) * StepCost.Prompts(_scenario, new Rates(_quantities), _scenario.Prefill, together, Math.Max(1, tokens)) / together;
    }

    /// <summary>Seconds of one step that writes a token for each of <paramref name="batch"/> sequences (at least 1) with <paramref name="context"/> tokens.</summary>
    public double StepSeconds(double batch, double context)
    {
        batch = Math.Max(1, batch);
        return Math.Exp(StepCorrection(batch)) * StepCost.Decode(_scenario, new Rates(_quantities), _scenario.Decode, batch, context);
    }

    /// <summary>
    /// Seconds of a step where the devices hold only a share of the layers: that share of a whole step, but what a step takes whatever its layers (its
    /// launch, its sequences) and a hop to the next devices in full. Embedding and head count as layers. Extrapolated: fitted rows hold all layers.
    /// </summary>
    /// <param name="share">Share of the layers, above 0, at most 1.</param>
    /// <param name="batch">Sequences, counted as at least 1.</param>
    /// <param name="context">Tokens of each.</param>
    public double StretchStepSeconds(double share, double batch, double context)
    {
        batch = Math.Max(1, batch);
        double whole = StepSeconds(batch, context);
        double always = Math.Exp(StepCorrection(batch)) * (_quantities[(int)Quantity.StepSeconds] + _quantities[(int)Quantity.SequenceSeconds] * batch);
        always = Math.Min(always, whole);
        return always + share * (whole - always) + (share < 1 ? 2 * _quantities[(int)Quantity.HopSeconds] : 0);
    }

    /// <summary>Seconds from a request to its first token that no layer takes: what the serving program adds.</summary>
    public double RequestSeconds => Math.Exp(_prompt) * _quantities[(int)Quantity.FixedSeconds];

    private static Scenario Served(ModelShape model, DeviceShape device, string precision, int degree, double input, double output)
    {
        (string engine, double year) = EngineReader.Read("", "", device);
        bool split = engine == "llama.cpp";
        var layout = new Layout(split ? 1 : degree, 1, 1);
        return new Scenario
        {
            Device = device,
            Model = model,
            Format = WeightFormat.Read(precision, model.Name, engine, year, device),
            Devices = degree,
            LayerSplit = split,
            Decode = layout,
            Prefill = layout,
            Copies = 1,
            Engine = engine,
            Era = string.Create(CultureInfo.InvariantCulture, $"{engine} {year:0}"),
            Year = year,
            Load = LoadKind.Closed,
            Concurrency = 1,
            Input = Math.Max(1, input),
            Output = Math.Max(1, output),
            Chunk = split ? 512 : device.Family == "hexagon" ? 128 : 8192,
            Metric = ServingMetric.PerToken,
        };
    }

    private static (KrigingEstimate Residual, double Difficulty) Corrected(Scenario s)
    {
        ServingTables tables = Tables.Value;
        ServingFeatures features = ServingFeatures.Of(s, tables.Physics);
        KrigingEstimate residual = tables.Residual is { } kriging
            ? kriging.Predict(features.Smooth, kriging.Points.Ids(features.Labels))
            : new KrigingEstimate(0, 0, []);
        return (residual, Intervals.Difficulty(residual.Variance, features.Difficulty));
    }

    // A plan is no row of a table: errors of all held-out rows of the class under a light load count, whatever their source. Queues are the planner's own.
    private static ServingSpread Spread(string kind, double difficulty)
    {
        (double low, double high) = Tables.Value.Intervals?.Around([kind + "/plain", kind, "all"], difficulty) ?? (-Math.Log(3), Math.Log(3));
        return new ServingSpread(Math.Exp(Math.Min(low, 0)), Math.Exp(Math.Max(high, 0)));
    }

    private double StepCorrection(double batch)
    {
        double share = Math.Clamp(Math.Log2(batch / FewSequences) / Math.Log2(ManySequences / FewSequences), 0, 1);
        return share == 0 ? _few : (1 - share) * _few + share * (_many ??= Many());
    }

    private double Many()
    {
        ServingTables tables = Tables.Value;
        ServingFeatures features = ServingFeatures.Of(_scenario with { Metric = ServingMetric.PerToken, Concurrency = ManySequences }, tables.Physics);
        return tables.Residual is { } kriging ? kriging.Mean(features.Smooth, kriging.Points.Ids(features.Labels)) : 0;
    }

    private static string SourceOf(Scenario s, ImmutableArray<(int Point, double Share)> anchors)
    {
        const int most = 3;
        string[] near = [.. anchors.OrderByDescending(a => a.Share).ThenBy(a => a.Point).Select(a => Tables.Value.Anchors[a.Point]).Distinct(StringComparer.Ordinal).Take(most)];
        string measured = near.Length == 0 ? "no measured row is near" : "nearest measured: " + string.Join(", ", near);
        return $"{s.Engine} on {s.Device.Name}, fitted to served figures; {measured}";
    }

    private static double? Figure(Device device, string name) => device.Figures.TryGetValue(name, out Sourced? value) ? value.Value : null;
}

/// <summary>A 90 % interval as factors of the likely value.</summary>
/// <param name="Low">Above 0, at most 1.</param>
/// <param name="High">At least 1.</param>
public readonly record struct ServingSpread(double Low, double High)
{
    /// <summary>Half of the interval as a factor, at least 1.</summary>
    public double HalfWidth => Math.Sqrt(High / Low);

    /// <summary>The interval around a value of at least 0.</summary>
    public Interval Around(double value) => new(value * Low, value, value * High);

    /// <summary>Narrower for a power below 1, wider above.</summary>
    public ServingSpread To(double power) => new(Math.Pow(Low, power), Math.Pow(High, power));
}
