using System.Globalization;
using Orchestrator.CostModels;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Papers;

/// <summary>Agentic AI on heterogeneous systems: the worked example, what an hour of a device costs, the cache's bandwidth, and the order of pairs of devices.</summary>
[Paper("agentic-systems")]
internal sealed class AgenticSystems : IPaper
{
    private const string Small = "meta-llama/Meta-Llama-3-8B";
    private const string Large = "meta-llama/Meta-Llama-3-70B";
    private const double Hard = double.PositiveInfinity;
    private static readonly string[] Kinds = ["A40", "A100", "Gaudi3", "MI300X", "H100", "B200"];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims() => [.. Example(), .. Ownership(), .. PerDollar(), .. Cache(), .. Orders(), .. Sensitivities(), .. Heights()];

    private static IEnumerable<Claim> Example()
    {
        const string tried = "all four assignments tried, prices per token x 1,000 prompt and 500 answer tokens";
        const string totals = "all four assignments tried, with the four totals as printed";
        var priced = new TwoPhaseExample(false);
        var printed = new TwoPhaseExample(true);
        (string Name, bool Reads, bool Writes, double Ms, double Usd, Origin Origin)[] rows =
        [
            ("all on HP", true, true, 105, 0.110, Origin.Text), ("reading on HP, writing on CO", true, false, 120, 0.095, Origin.Text),
            ("all on CO", false, false, 160, 0.070, Origin.Text), ("reading on CO, writing on HP", false, true, 165, 0.085, Origin.Derived),
        ];
        foreach ((string name, bool reads, bool writes, double ms, double usd, Origin origin) in rows)
        {
            TwoPhaseExample.Choice choice = priced.Of(reads, writes);
            yield return NumberClaim.Exactly("Time of a request, " + name, origin, ms, "ms", choice.Ms, 0, tried);
            yield return NumberClaim.Exactly("Cost of a request, " + name, origin, usd, "$", choice.Usd, 0.001, tried);
        }

        yield return NumberClaim.Exactly("The cheapest within 120 ms costs", Origin.Text, 0.095, "$", priced.Best(120, Hard).Usd, 0.001, tried + "; the printed totals choose the same");
        yield return NumberClaim.Exactly("The cheapest within 119 ms, which is all on HP, takes", Origin.Derived, 105, "ms", printed.Best(119, Hard).Ms, 0, totals);
        yield return NumberClaim.Exactly("The cheapest within 160 ms, which is all on CO, takes", Origin.Derived, 160, "ms", printed.Best(160, Hard).Ms, 0, totals);
        yield return NumberClaim.Exactly("All on CO wins at 120 ms while overrun costs less than", Origin.Derived, 0.000625, "$/ms", printed.PriceBelowWhichAllCheapWins(120), 0,
            totals + $", price of overrun by halving; the prices per token, which make all on CO $0.06, give ${Claim.Number(priced.PriceBelowWhichAllCheapWins(120))}/ms");
    }

    private static IEnumerable<Claim> Ownership()
    {
        (string Kind, double Operating, double Total)[] rows =
            [("A40", 0.15, 0.236), ("A100", 0.25, 0.478), ("Gaudi3", 0.49, 0.847), ("MI300X", 0.52, 1.091), ("H100", 0.60, 1.313), ("B200", 0.83, 1.972)];
        foreach ((string kind, double operating, double total) in rows)
        {
            double price = PhasePairs.Paper.Price(kind);
            string how = $"power at full draw for $0.40/kWh and interest of 8 % over 4 years, at ${Claim.Number(price)}";
            yield return Cent($"Operating cost of {kind}", Origin.Text, operating, Operating(kind, price), how);
            yield return Cent($"Cost of {kind} with its share of the purchase", Origin.Derived, total, Hour(kind), how + ", and the price over 4 years");
        }

        yield return Cent("Operating cost of H100, if it sold for $30,000", Origin.Derived, 0.60, Operating("H100", 30_000), "as above; at the printed $25,000 the printed column does not follow");
    }

    private static double Operating(string kind, double price) => Tco.OperatingPerHour(price, 4, 0.08, PhasePairs.Paper.Watts(kind), 0.40);

    private static NumberClaim Cent(string statement, Origin origin, double printed, double ours, string how) =>
        new(statement, origin, printed, "$/h", ours, 0.01, Math.Abs(Math.Round(ours, 2) - printed) < 1e-9 ? Outcome.Exactly : Outcome.ByModel) { AllowedText = "one cent; exact where it rounds to the printed cent", How = how };

    // What a dollar of an hour buys: the lesser of the devices that the paper names best beside the best of the others.
    private static IEnumerable<Claim> PerDollar()
    {
        (string What, string[] Best, string Unit, Func<string, double> Of)[] rows =
        [
            ("Memory bandwidth", ["Gaudi3", "MI300X"], "TB/s for $1/h", kind => Known.Bandwidth(kind, "paper") / 1e12),
            ("Memory", ["MI300X", "A40"], "GB for $1/h", kind => (Known.Device(kind, "paper").Memory?.Value ?? double.NaN) / 1e9),
            ("Arithmetic in 16 bits", ["H100", "Gaudi3", "MI300X"], "TFLOPS for $1/h", kind => Known.Peak(kind, "fp16", "paper") / 1e12),
            ("Arithmetic in 8 bits", ["B200"], "TFLOPS for $1/h", kind => Known.Device(kind).Peak.TryGetValue("fp8", out Sourced? peak) ? peak.Value / 1e12 : 0),
        ];
        foreach ((string what, string[] best, string unit, Func<string, double> of) in rows)
        {
            (string Kind, double Value)[] all = [.. Kinds.Select(kind => (kind, of(kind) / Hour(kind)))];
            yield return new OrderClaim($"{what} is cheapest with {string.Join(", ", best)}", Origin.Text, string.Join(", ", best) + " best", unit,
                [all.Where(d => best.Contains(d.Kind)).MinBy(d => d.Value), all.Where(d => !best.Contains(d.Kind)).MaxBy(d => d.Value)])
            { How = "an hour of purchase, power and interest; the last of the named beside the first of the others; 8 bits as the vendors say, the paper prints none" };
        }
    }

    private static double Hour(string kind) => PhasePairs.Paper.Price(kind) / (4 * 8760) + Operating(kind, PhasePairs.Paper.Price(kind));

    private static IEnumerable<Claim> Cache()
    {
        (string Name, string Model, string Format, CacheDemand Printed)[] rows =
        [
            ("8B in 16 bits", Small, "fp16", new(128, 0.537, 17.2, 4.295, 137, 1718, 4.3)), ("8B in 8 bits", Small, "fp8", new(64, 0.268, 8.6, 2.147, 69, 859, 2.1)),
            ("70B in 16 bits", Large, "fp16", new(320, 1.342, 42.9, 10.74, 344, 4295, 10.7)), ("70B in 8 bits", Large, "fp8", new(160, 0.671, 21.5, 5.369, 172, 2148, 5.4)),
        ];
        foreach ((string name, string model, string format, CacheDemand row) in rows)
        {
            CacheDemand ours = CacheDemand.Of(Known.Model(model), format);
            yield return NumberClaim.Exactly($"Seven figures of the cache, {name}: {row}", Origin.Derived, 0, "of 7 beyond the last digit", ours.Beyond(row), 0,
                $"equations 1 to 3, first token 250 ms, next 20 ms, one device a side: {ours}");
        }

        CacheDemand largest = CacheDemand.Of(Known.Model(Large), "fp16");
        yield return NumberClaim.Limit(Relation.AtMost, "Links of 200 to 400 Gbit/s take the cache of 32K tokens out of the reader", Origin.Text, 400, "Gbit/s", largest.LongOut, "70B in 16 bits, the largest");
        yield return NumberClaim.Limit(Relation.AtMost, "Links of 200 to 400 Gbit/s take the cache of 32K tokens into one writer between tokens", Origin.Text, 400, "Gbit/s", largest.LongIn,
            $"70B in 16 bits; it takes {Claim.Number(Math.Round(largest.Writers, 1))} writers, or layers that leave while later ones compute");
    }

    private static IEnumerable<Claim> Orders()
    {
        const string how = "roofline at half of the arithmetic and 0.7 of the bandwidth, least dollars over tensor parallelism and batch, no limit on latency; over H100::H100";
        foreach ((string name, PhasePairs pairs, bool longAnswers) in Workloads())
        {
            (string best, double other) = Named().Where(p => p != ("B200", "Gaudi3")).Select(p => (p.Reader + "::" + p.Writer, pairs.Over(p.Reader, p.Writer))).MaxBy(p => p.Item2);
            yield return new OrderClaim("B200 that reads and Gaudi3 that writes are the best of the named pairs, " + name, Origin.Text, "B200::Gaudi3 > B200::H100, H100::Gaudi3, B200::B200, H100::H100", "x",
                [("B200::Gaudi3", pairs.Over("B200", "Gaudi3")), (best, other)])
            { How = how };
            yield return new OrderClaim("H100 that reads and Gaudi3 that writes are often as good as B200 alone, " + name, Origin.Text, "H100::Gaudi3 >= B200::B200", "x",
                [("H100::Gaudi3", pairs.Over("H100", "Gaudi3")), ("B200::B200", pairs.Over("B200", "B200"))])
            { How = how, TiesAllowed = true };
            if (longAnswers)
            {
                continue;
            }

            bool eight = pairs.Precision == "fp8";
            (string first, string second) = eight ? ("B200", "Gaudi3") : ("Gaudi3", "B200");
            yield return new OrderClaim($"The cheapest reader of long prompts is {first}, {name}", Origin.Text, eight ? "with FP8 B200 is picked" : "Gaudi3 most cost-effective", "prompts a cent",
                [(first, 0.01 / pairs.Read(first)), (second, 0.01 / pairs.Read(second)), ("H100", 0.01 / pairs.Read("H100"))])
            { How = how[..how.IndexOf(';', StringComparison.Ordinal)] };
        }

        var large = new PhasePairs(Large, "fp8", 512, 4096);
        yield return new OrderClaim("B200 costs more than Gaudi3 to write long answers and less than H100, 70B FP8", Origin.Text, "Gaudi3 > B200 > H100", "answers a cent",
            [("Gaudi3", 0.01 / large.Write("Gaudi3")), ("B200", 0.01 / large.Write("B200")), ("H100", 0.01 / large.Write("H100"))])
        { How = how[..how.IndexOf(';', StringComparison.Ordinal)] };
        yield return new OrderClaim("B200::Gaudi3 has the best cost overall, with MI300X among the devices, 512 in, 4,096 out, 70B FP8", Origin.Text, "B200::Gaudi3 best", "x",
            [("B200::Gaudi3", large.Over("B200", "Gaudi3")), ("B200::MI300X", large.Over("B200", "MI300X"))])
        { How = how };
        PhasePairs operating = large with { WithPurchase = false };
        yield return new OrderClaim("H100::Gaudi3 against B200::B200, were the purchase left out of the cost, 512 in, 4,096 out, 70B FP8", Origin.Derived,
            "H100::Gaudi3 falls under B200::B200: the purchase has to count", "x", [("B200::B200", operating.Over("B200", "B200")), ("H100::Gaudi3", operating.Over("H100", "Gaudi3"))])
        { How = how + ", power and interest only" };
    }

    private static IEnumerable<Claim> Sensitivities()
    {
        var one = new PhasePairs(Small, "fp8", 512, 4096);
        (string, double) Token(int degree) => (string.Create(CultureInfo.InvariantCulture, $"{degree} devices"), 1e3 * one.TokenSeconds("H100", degree));
        const string how = "8B FP8 for one request on H100, the same roofline, ring all-reduces of 3 us a hop";
        yield return new OrderClaim("More tensor parallelism first cuts latency", Origin.Text, "falling", "ms a token", [Token(1), Token(2)]) { How = how };
        yield return new OrderClaim("Then communication cancels the gain", Origin.Text, "rising again", "ms a token", [Token(8), Token(4)]) { How = how };

        var prompt = new PhasePairs(Large, "fp16", 4096, 512);
        yield return new OrderClaim("Longer prompts ask less of links, for reading them takes longer than in proportion", Origin.Text, "demand falls with length", "Gbit/s",
            [("4K", prompt.Egress("B200")), ("32K", (prompt with { TokensIn = 32768 }).Egress("B200"))])
        { How = "70B FP16 read on one B200, the same roofline" };

        PhasePairs Limited(double hop) => new PhasePairs(Large, "fp16", 512, 4096) { HopSeconds = hop, TokenSecondsMax = 0.02 };
        yield return new OrderClaim("With 20 ms a token the ratios hang on the latency of a hop", Origin.Derived, "B200::Gaudi3 over H100::H100 at 5 us > at 1 us", "x",
            [("5 us", Limited(5e-6).Over("B200", "Gaudi3")), ("1 us", Limited(1e-6).Over("B200", "Gaudi3"))])
        { How = "512 in, 4,096 out, 70B FP16, the same roofline with 20 ms as the limit" };
    }

    private static IEnumerable<Claim> Heights()
    {
        const string reason = "bars were read off images by others, and the efficiencies behind them are not printed";
        string Modelled(string reader, string writer, bool longAnswers) => "modelled here " + string.Join(", ", Workloads().Where(w => w.LongAnswers == longAnswers)
            .Select(w => $"{Claim.WithUnit(Math.Round(w.Pairs.Over(reader, writer), 2), "x")} ({w.Name[(w.Name.LastIndexOf(',') + 2)..]})"));
        yield return new UnreachedClaim("Height of B200::Gaudi3 over H100::H100, long prompts, modelled here vs read off outside summaries", Origin.Summary, "about 3x", reason) { Beside = Modelled("B200", "Gaudi3", false) };
        yield return new UnreachedClaim("Height of B200::Gaudi3 over H100::H100, long answers, modelled here vs read off outside summaries", Origin.Summary, "up to 4x", reason) { Beside = Modelled("B200", "Gaudi3", true) };
        yield return new UnreachedClaim("Height of B200::B200 over H100::H100, long answers, modelled here vs read off outside summaries", Origin.Summary, "about 2.5x", reason) { Beside = Modelled("B200", "B200", true) };
    }

    private static (string Name, PhasePairs Pairs, bool LongAnswers)[] Workloads() =>
        [.. from shape in new[] { (In: 512, Out: 4096), (In: 4096, Out: 512) }
            from format in new[] { "fp8", "fp16" }
            from model in new[] { (Name: "8B", Card: Small), (Name: "70B", Card: Large) }
            select (string.Create(CultureInfo.InvariantCulture, $"{shape.In:#,0} in, {shape.Out:#,0} out, {model.Name} {format.ToUpperInvariant()}"),
                new PhasePairs(model.Card, format, shape.In, shape.Out), shape.Out > shape.In)];

    private static (string Reader, string Writer)[] Named() => [("B200", "Gaudi3"), ("B200", "H100"), ("H100", "Gaudi3"), ("B200", "B200"), ("H100", "H100")];
}
