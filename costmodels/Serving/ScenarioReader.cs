using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.CostModels.Serving;

/// <summary>
/// Reads a row of a table of served figures as a <see cref="Scenario"/>. Any field may be blank or odd: what cannot be read is taken from
/// what is usual and named in <see cref="Scenario.Assumed"/>, so every row becomes a scenario.
/// </summary>
/// <param name="shapes">What is known of models and devices.</param>
public sealed partial class ScenarioReader(IShapes shapes)
{
    /// <summary>Reads one row.</summary>
    public Scenario Read(TableRow row)
    {
        var assumed = new List<string>();
        string notes = row["notes"];
        string source = row["source"];
        DeviceShape device = shapes.Device(row["hardware"]);
        ModelShape model = shapes.Model(row["model"]);
        if (!device.Known)
        {
            assumed.Add($"the device '{row["hardware"]}' is not in the tables: a middling one is taken");
        }

        if (!model.Known)
        {
            assumed.Add($"the model '{row["model"]}' is not in the tables: a dense one of {model.Parameters / 1e9:0.#} billion weights is taken");
        }

        (string engine, double year) = EngineReader.Read(source, notes, device);
        WeightFormat format = WeightFormat.Read(row["precision"], model.Name, engine, year, device);
        if (!format.Stated)
        {
            assumed.Add($"the number format is not told: {(format.Label == "16" ? "16 bits" : format.Label)} taken");
        }

        ServingMetric metric = MetricOf(row["metric"], assumed);
        Scenario scenario = new()
        {
            Device = device,
            Model = model,
            Format = format,
            Devices = 1,
            Decode = new Layout(1, 1, 1),
            Prefill = new Layout(1, 1, 1),
            Copies = 1,
            Engine = engine,
            Era = string.Create(CultureInfo.InvariantCulture, $"{engine} {year:0}"),
            Year = year,
            Load = LoadKind.Single,
            Input = 0,
            Output = 0,
            Metric = metric,
            Source = source,
            Speculation = notes.Contains("speculation", StringComparison.OrdinalIgnoreCase) && !notes.Contains("no speculation", StringComparison.OrdinalIgnoreCase),
            Tail = notes.Contains("P99", StringComparison.Ordinal) || notes.Contains("P95", StringComparison.Ordinal),
        };
        scenario = WithLayout(scenario, row, assumed);
        scenario = WithLoad(scenario, row, assumed);
        scenario = WithLengths(scenario, row, assumed);
        return scenario with { Assumed = assumed };
    }

    // "0", "" and words are no number of devices.
    private static double? Count(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0 && double.IsFinite(value) ? value : null;

    private static ServingMetric MetricOf(string text, List<string> assumed)
    {
        switch (text)
        {
            case "throughput_out_tok_s": return ServingMetric.OutputRate;
            case "throughput_out_tok_s_per_device": return ServingMetric.OutputRatePerDevice;
            case "total_tok_s": return ServingMetric.TotalRate;
            case "prefill_tok_s": return ServingMetric.PrefillRate;
            case "decode_tok_s": return ServingMetric.DecodeRate;
            case "ttft_ms": return ServingMetric.FirstToken;
            case "tpot_ms": return ServingMetric.PerToken;
            case "e2e_latency_ms": return ServingMetric.Latency;
            case "e2e_ms_per_total_token": return ServingMetric.LatencyPerTotalToken;
            case "latency_unspecified_ms": return ServingMetric.FirstToken;
            default:
                assumed.Add($"the metric '{text}' is not known: " + (text.Contains("ms", StringComparison.Ordinal) ? "time of a request" : "generated tokens a second") + " taken");
                return text.Contains("ms", StringComparison.Ordinal) ? ServingMetric.Latency : ServingMetric.OutputRate;
        }
    }

    private static Scenario WithLayout(Scenario s, TableRow row, List<string> assumed)
    {
        string notes = row["notes"];
        double devices = Count(row["num_devices"]) ?? 0;
        double pipeline = Count(row["pp"]) ?? (StagesPattern().Match(notes) is { Success: true } stages ? Value(stages, 1) : 1);
        double tensor = Count(row["tp"]) ?? 0;
        if (Disaggregated().Match(notes) is { Success: true } split)
        {
            var prefill = new Layout(Value(split, 2), Value(split, 3), Value(split, 4));
            var decode = new Layout(Value(split, 6), Value(split, 7), Value(split, 8));
            bool recorded = split.Groups[9].Value.Length > 0;
            return s with
            {
                Devices = devices > 0 ? devices : Value(split, 1) * prefill.Devices + Value(split, 5) * decode.Devices,
                Disaggregated = true,
                Prefill = prefill,
                PrefillCopies = Value(split, 1),
                Decode = decode,
                Copies = Value(split, 5),
                Habit = recorded ? "layout recorded" : "layout not recorded",
            };
        }

        double data = AttentionData().Match(notes) is { Success: true } match ? Value(match, 1) : 1;
        if (AttentionDataExperts().Match(notes) is { Success: true } dep)
        {
            (tensor, data) = (1, Value(dep, 1));
        }

        bool layerSplit = s.Engine == "llama.cpp";
        if (s.Device.Family == "neuron" && tensor > 0 && devices > 0)
        {
            // Cores are counted in tp, chips in num_devices.
            tensor = Math.Min(tensor, devices);
        }

        if (devices <= 0)
        {
            devices = Math.Max(1, tensor) * pipeline * data;
            assumed.Add(string.Create(CultureInfo.InvariantCulture, $"the number of devices is not told: {devices:0} taken"));
        }

        if (layerSplit)
        {
            return s with { Devices = devices, LayerSplit = true, Decode = new Layout(1, 1, 1), Prefill = new Layout(1, 1, 1) };
        }

        if (tensor <= 0)
        {
            bool pipelined = notes.Contains("PP", StringComparison.Ordinal) && notes.StartsWith("TensorRT-LLM; PP", StringComparison.Ordinal);
            bool copies = notes.Contains("data parallel", StringComparison.OrdinalIgnoreCase) && data == 1;
            pipeline = pipelined ? devices : pipeline;
            tensor = copies || pipelined ? 1 : Math.Max(1, devices / (pipeline * data));
        }

        var layout = new Layout(tensor, pipeline, Math.Max(1, data > 1 && tensor * pipeline * data > devices ? devices / (tensor * pipeline) : data));
        // A table may count the data-parallel ranks in tp.
        double held = Math.Max(1, layout.Devices);
        return s with { Devices = devices, Decode = layout, Prefill = layout, Copies = Math.Max(1, Math.Floor(devices / held)) };
    }

    private static double Value(Match match, int group) => Math.Max(1, Count(match.Groups[group].Value) ?? 1);

    private static Scenario WithLoad(Scenario s, TableRow row, List<string> assumed)
    {
        string text = row["concurrency_or_batch"].Trim();
        string notes = row["notes"];
        bool whole = notes.Contains("static batch", StringComparison.OrdinalIgnoreCase) || notes.Contains("batch latency", StringComparison.OrdinalIgnoreCase)
            || notes.Contains("whole batch", StringComparison.OrdinalIgnoreCase);
        bool staticMetric = s.Metric is ServingMetric.TotalRate or ServingMetric.Latency or ServingMetric.LatencyPerTotalToken or ServingMetric.PrefillRate or ServingMetric.DecodeRate;
        bool throughput = s.Class == "throughput";
        if (Offered().Match(text) is { Success: true } offered)
        {
            double rate = Count(offered.Groups[1].Value) ?? double.PositiveInfinity;
            Match replicas = ReplicaRate().Match(notes);
            return double.IsInfinity(rate) ? s with { Load = LoadKind.Saturated }
                : s with { Load = LoadKind.Open, Rate = replicas.Success ? rate / Value(replicas, 1) : rate };
        }

        if (text is "inf" or "Offline" or "offline" or "Server" or "server" or "production" || text.Equals("infinite", StringComparison.OrdinalIgnoreCase))
        {
            return s with { Load = LoadKind.Saturated, Habit = text is "inf" or "Offline" or "offline" ? s.Habit : "server" };
        }

        if (text == "trace")
        {
            double rate = TraceRate().Match(notes) is { Success: true } trace ? Value(trace, 1) : 1;
            double requests = TraceRequests().Match(notes) is { Success: true } many ? Value(many, 1) : 400;
            return s with { Load = LoadKind.Open, Rate = rate, Requests = requests };
        }

        if (Count(text) is { } batch)
        {
            LoadKind kind = whole || staticMetric ? LoadKind.Static
                : notes.Contains("offline", StringComparison.OrdinalIgnoreCase) || notes.Contains("ShareGPT prompts", StringComparison.Ordinal) ? LoadKind.Saturated
                : notes.Contains("vendor page", StringComparison.Ordinal) ? LoadKind.Saturated
                : batch <= 1 ? LoadKind.Single
                : LoadKind.Closed;
            return s with { Load = kind, Concurrency = batch, Habit = notes.Contains("vendor", StringComparison.Ordinal) && s.Habit.Length == 0 ? "vendor" : s.Habit };
        }

        if (DecodeBatch().Match(notes) is { Success: true } slots)
        {
            return s with { Load = LoadKind.Closed, Concurrency = Value(slots, 1) * s.Copies };
        }

        assumed.Add(text.Length == 0 ? "the load is not told" : $"the load '{text}' is not known");
        return throughput && s.Metric is not (ServingMetric.DecodeRate or ServingMetric.PrefillRate) || s.Engine == "unknown" && s.Metric is ServingMetric.DecodeRate && notes.Contains("per NPU", StringComparison.Ordinal)
            ? s with { Load = LoadKind.Saturated }
            : s with { Load = s.Source == "aic_silicon" ? LoadKind.Closed : LoadKind.Single, Concurrency = s.Source == "aic_silicon" ? 32 : 1, Habit = "load not told" };
    }

    private static Scenario WithLengths(Scenario s, TableRow row, List<string> assumed)
    {
        double? input = Length(row["isl"], out bool inputMost);
        double? output = Length(row["osl"], out bool outputMost);
        (double usualInput, double usualOutput) = LengthReader.Usual(s, row);
        if (inputMost || outputMost)
        {
            // ShareGPT conversations: mean lengths are a fifth to a third of a limit of 1024.
            (input, output) = (input * 0.22, output * 0.25);
            assumed.Add("lengths are limits: means of ShareGPT conversations taken");
        }

        if (input is null)
        {
            assumed.Add(string.Create(CultureInfo.InvariantCulture, $"prompt length {Missing(row["isl"])}: {usualInput:0} taken"));
        }

        if (output is null && s.Metric is not (ServingMetric.FirstToken or ServingMetric.PrefillRate))
        {
            assumed.Add(string.Create(CultureInfo.InvariantCulture, $"answer length {Missing(row["osl"])}: {usualOutput:0} taken"));
        }

        double tokens = input ?? usualInput;
        if (row["notes"].Contains("total prompt tokens over the batch", StringComparison.Ordinal) && double.IsFinite(s.Concurrency))
        {
            tokens /= Math.Max(1, s.Concurrency);
        }

        double chunk = PromptChunk().Match(row["notes"]) is { Success: true } printed ? Value(printed, 1)
            : s.Engine == "llama.cpp" ? 512
            : s.Device.Family == "hexagon" ? 128
            : s.Load == LoadKind.Static && s.Engine != "llama.cpp" ? 1 << 20
            : 8192;
        return s with { Input = Math.Max(1, tokens), Output = Math.Max(1, output ?? usualOutput), Chunk = chunk };
    }

    private static string Missing(string text) => text.Trim().Length == 0 ? "not told" : $"'{text}' not understood";

    // A number anywhere in the field; "max 1024" is a limit, and below zero is none.
    private static double? Length(string text, out bool most)
    {
        most = text.Contains("max", StringComparison.OrdinalIgnoreCase);
        return !text.StartsWith('-') && FirstNumber().Match(text) is { Success: true } number ? Count(number.Value) : null;
    }

    [GeneratedRegex(@"P:(\d+)x\(tp(\d+) pp(\d+) dp(\d+)[^)]*\) D:(\d+)x\(tp(\d+) pp(\d+) dp(\d+)(?: bs(\d*))?[^)]*\)")]
    private static partial Regex Disaggregated();

    [GeneratedRegex(@"\bagg dp(\d+)")]
    private static partial Regex AttentionData();

    [GeneratedRegex(@"\bDEP(\d+)")]
    private static partial Regex AttentionDataExperts();

    [GeneratedRegex(@"\bPP(\d+)")]
    private static partial Regex StagesPattern();

    [GeneratedRegex(@"\bbs(\d+)")]
    private static partial Regex DecodeBatch();

    [GeneratedRegex(@"^(?:qps|rate)\s*=\s*(\S+)$", RegexOptions.IgnoreCase)]
    private static partial Regex Offered();

    [GeneratedRegex(@"sps(\d+)")]
    private static partial Regex TraceRate();

    [GeneratedRegex(@"(\d+) requests")]
    private static partial Regex TraceRequests();

    [GeneratedRegex(@"config (\d+)DP")]
    private static partial Regex ReplicaRate();

    [GeneratedRegex(@"printed batch (\d+) is llama-bench")]
    private static partial Regex PromptChunk();

    [GeneratedRegex(@"\d+(?:\.\d+)?")]
    private static partial Regex FirstNumber();
}
