namespace Orchestrator.CostModels.Serving;

/// <summary>The figure of a scenario by physics alone: one function per kind of load, one formula per metric.</summary>
internal static class Physics
{
    private const int Rounds = 12;

    /// <summary>The logarithm of the figure in its unit.</summary>
    /// <param name="s">The scenario.</param>
    /// <param name="quantities">The quantities (not their logarithms).</param>
    public static double LogFigure(Scenario s, ReadOnlySpan<double> quantities)
    {
        Operation o = Operate(s, new Rates(quantities));
        return Math.Log(Math.Clamp(FigureOf(s, o), 1e-9, 1e15));
    }

    /// <summary>How the system runs in the steady state of its load, or over its one batch.</summary>
    public static Operation Operate(Scenario s, in Rates r) => s.Load switch
    {
        LoadKind.Static => Static(s, r),
        LoadKind.Closed when s.Disaggregated => Disaggregated(s, r),
        LoadKind.Closed => Closed(s, r),
        LoadKind.Open => Open(s, r),
        LoadKind.Saturated => Saturated(s, r),
        _ => Single(s, r),
    };

    private static double FigureOf(Scenario s, Operation o)
    {
        double output = o.Concurrency * s.Output / o.Latency;
        return s.Metric switch
        {
            ServingMetric.OutputRate => output,
            ServingMetric.OutputRatePerDevice => output / s.Devices,
            ServingMetric.TotalRate => output * (s.Input + s.Output) / s.Output,
            ServingMetric.PrefillRate => o.PromptRate,
            ServingMetric.DecodeRate => o.DecodeRate,
            ServingMetric.FirstToken => 1e3 * o.FirstToken,
            ServingMetric.PerToken => 1e3 * o.PerToken,
            ServingMetric.LatencyPerTotalToken => 1e3 * o.Latency / (s.Input + s.Output),
            _ => 1e3 * o.Latency,
        };
    }

    // Tokens that a step writes. Where a table dropped how the system was set up, some rows guessed ahead and some did not.
    private static double Guessed(Scenario s, in Rates r) => s.Speculation ? Math.Max(1, r[Quantity.Speculation]) : s.Habit == "layout not recorded" ? Math.Sqrt(Math.Max(1, r[Quantity.Speculation])) : 1;

    // One sequence after another: nothing waits and nothing interferes.
    private static Operation Single(Scenario s, in Rates r)
    {
        double prompt = StepCost.Prompts(s, r, s.Prefill, 1, s.Input);
        double step = StepCost.Decode(s, r, s.Decode, 1, s.Input + s.Output / 2) / Guessed(s, r);
        double first = prompt + r[Quantity.FixedSeconds];
        return new Operation(1, first, step, first + (s.Output - 1) * step, s.Input / first, 1 / step);
    }

    // A batch that starts and ends together, in waves when memory does not hold it; spread over copies.
    private static Operation Static(Scenario s, in Rates r)
    {
        double batch = Math.Max(1, s.Concurrency / s.Copies);
        double fitting = Math.Min(batch, r[Quantity.Capacity] * StepCost.Fitting(s, s.Decode, s.Input + s.Output / 2));
        double waves = batch / fitting;
        double first = StepCost.Prompts(s, r, s.Prefill, fitting, s.Input) + r[Quantity.FixedSeconds];
        double step = StepCost.Decode(s, r, s.Decode, fitting, s.Input + s.Output / 2) / Guessed(s, r);
        double latency = waves * (first + (s.Output - 1) * step);
        return new Operation(batch * s.Copies, first * waves, step, latency, s.Copies * batch * s.Input / (first * waves), s.Copies * fitting / step);
    }

    // Clients that send the next request when the last is answered: the batch is the share of clients that write (Little's law).
    private static Operation Closed(Scenario s, in Rates r)
    {
        double clients = Math.Max(1, s.Concurrency / s.Copies);
        double context = s.Input + s.Output / 2;
        double most = Math.Max(1, r[Quantity.Capacity] * StepCost.Fitting(s, s.Decode, context));
        double own = StepCost.Prompts(s, r, s.Prefill, 1, s.Input);
        // Prompts of several clients are read together.
        double each = StepCost.Prompts(s, r, s.Prefill, 8, s.Input) / 8;
        double inside = Math.Min(clients, most);
        double batch = inside;
        double step = 0;
        double first = 0;
        for (int round = 0; round < Rounds; round++)
        {
            step = StepCost.Decode(s, r, s.Decode, batch, context) / Guessed(s, r) + r[Quantity.Interference] * each * batch / s.Output;
            first = own + r[Quantity.FixedSeconds] + 0.5 * step + r[Quantity.Queue] * each * Math.Pow(inside - 1 + 1e-9, r[Quantity.QueueGrowth]);
            double next = Math.Max(1, inside * s.Output * step / (first + s.Output * step));
            batch = 0.5 * (batch + next);
        }

        double held = first + (s.Output - 1) * step;
        // Clients beyond what memory holds wait for a place.
        double waiting = Math.Max(0, clients / inside - 1) * held;
        return new Operation(clients * s.Copies, first + waiting, step, held + waiting, s.Copies * s.Input / each, s.Copies * batch / step);
    }

    // Copies that read prompts hand over to copies that write: no interference, a queue at the readers.
    private static Operation Disaggregated(Scenario s, in Rates r)
    {
        double context = s.Input + s.Output / 2;
        double own = StepCost.Prompts(s, r, s.Prefill, 1, s.Input);
        double each = StepCost.Prompts(s, r, s.Prefill, 8, s.Input) / 8 / s.PrefillCopies;
        double most = Math.Max(1, r[Quantity.Capacity] * StepCost.Fitting(s, s.Decode, context)) * s.Copies;
        double clients = Math.Max(1, s.Concurrency);
        double batch = Math.Min(clients, most);
        double step = 0;
        double first = 0;
        for (int round = 0; round < Rounds; round++)
        {
            step = StepCost.Decode(s, r, s.Decode, Math.Max(1, batch / s.Copies), context) / Guessed(s, r);
            first = own + r[Quantity.FixedSeconds] + step + r[Quantity.Queue] * each * Math.Pow(clients - 1 + 1e-9, r[Quantity.QueueGrowth]);
            // Readers that cannot keep up bound the cycle of the clients.
            first = Math.Max(first, clients * each - s.Output * step);
            double next = Math.Clamp(clients * s.Output * step / (first + s.Output * step), 1, most);
            batch = 0.5 * (batch + next);
        }

        double latency = Math.Max(first + (s.Output - 1) * step, clients * step * s.Output / Math.Max(1, most));
        return new Operation(clients, Math.Max(first, latency - s.Output * step), step, latency, s.Input / each, batch / step);
    }

    // Requests at a rate: the batch is rate x time to write (Little's law), up to what memory holds; beyond it a queue grows for the whole run.
    private static Operation Open(Scenario s, in Rates r)
    {
        double rate = s.Rate / s.Copies;
        double context = s.Input + s.Output / 2;
        double most = Math.Max(1, Math.Min(EngineBatch(s), r[Quantity.Capacity] * StepCost.Fitting(s, s.Decode, context)));
        double own = StepCost.Prompts(s, r, s.Prefill, 1, s.Input);
        double each = StepCost.Prompts(s, r, s.Prefill, 8, s.Input) / 8;
        double batch = 1;
        double step = 0;
        double StepAt(double b, in Rates rates) => StepCost.Decode(s, rates, s.Decode, Math.Max(1, b), context) / Guessed(s, rates) + rates[Quantity.Interference] * each * b / s.Output;
        for (int round = 0; round < 40; round++)
        {
            step = StepAt(batch, r);
            double next = Math.Min(most, rate * s.Output * step);
            batch = Math.Sqrt(Math.Max(1e-3, batch) * Math.Max(1e-3, next));
        }

        step = StepAt(batch, r);
        double served = batch / (s.Output * step);
        double backlog = Math.Max(0, rate / served - 1) * s.Requests / s.Copies / rate / 2;
        double load = Math.Min(0.95, rate * each);
        double first = own + r[Quantity.FixedSeconds] + 0.5 * step + r[Quantity.Queue] * 5 * each * load / (1 - load) + backlog;
        double latency = first + (s.Output - 1) * step;
        double concurrency = Math.Min(rate, served) * latency;
        return new Operation(concurrency * s.Copies, first, step, latency, s.Copies * s.Input / each, s.Copies * batch / step);
    }

    // All requests queued: memory or the engine bounds the batch, and reading prompts takes its full share of time.
    private static Operation Saturated(Scenario s, in Rates r)
    {
        double context = s.Input + s.Output / 2;
        double limit = double.IsFinite(s.Concurrency) ? s.Concurrency / s.Copies : EngineBatch(s);
        double fitting = StepCost.Fitting(s, s.Decode, context);
        double batch = Math.Max(1, r[Quantity.Capacity] * SoftMinimum(limit, fitting));
        double each = StepCost.Prompts(s, r, s.Prefill, 16, s.Input) / 16;
        double step = StepCost.Decode(s, r, s.Decode, batch, context) / Guessed(s, r);
        double perToken = step + r[Quantity.Interference] * each * batch / s.Output;
        double latency = s.Output * step + each * batch;
        double first = double.IsFinite(s.Concurrency) ? each * batch : 0.5 * s.Requests / s.Copies * latency / batch;
        return new Operation(batch * s.Copies, first, perToken, latency, s.Copies * s.Input / each, s.Copies * batch / step);
    }

    // Sequences that an engine writes at once unless told otherwise; large deployments raise it.
    private static double EngineBatch(Scenario s) => (s.Engine is "openvino" or "vllm" ? 256 : s.Engine is "trtllm" && s.Year >= 2025 ? 2048 : 1024) * s.Decode.Data * s.Decode.Pipeline;

    private static double SoftMinimum(double a, double b) => 1 / Math.Cbrt(1 / (a * a * a) + 1 / (b * b * b));
}

/// <summary>How a system runs under its load.</summary>
/// <param name="Concurrency">Sequences that are in it over <paramref name="Latency"/>.</param>
/// <param name="FirstToken">Seconds to the first token.</param>
/// <param name="PerToken">Seconds between later tokens.</param>
/// <param name="Latency">Seconds of a request.</param>
/// <param name="PromptRate">Prompt tokens a second while reading.</param>
/// <param name="DecodeRate">Tokens a second while writing.</param>
internal readonly record struct Operation(double Concurrency, double FirstToken, double PerToken, double Latency, double PromptRate, double DecodeRate);
