using System.Globalization;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Layers;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Splits of a model by layers against trying every stretch on every machine, each tried choice worth what a linear program sends through it.</summary>
public sealed class LayerSplitTests
{
    private const int QuickCount = 12;
    private const double Close = 2e-4; // flows are whole hundred-thousandths of the most

    /// <summary>How many seeds; <c>ORC_PLACE_RANDOM=2000</c> for the long form.</summary>
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ORC_PLACE_RANDOM"), CultureInfo.InvariantCulture, out int n) ? n : QuickCount;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void MostFlowIsThatOfTryingEverything()
    {
        for (int seed = 0; seed < Count; seed++)
        {
            LayerSplitProblem problem = Made(seed, timed: false);
            double best = Choices(problem).Max(c => Carried(problem, c));
            LayerAnswer answer = LayerSplit.MostFlow(problem, 20, Cancel);
            Assert.True(answer.Bound >= best * (1 - Close), $"seed {seed}: nothing above {answer.Bound}, yet {best} can be carried");
            Assert.True(Math.Abs((answer.Plan?.Flow ?? 0) - best) <= Close * Math.Max(best, 1e-9), $"seed {seed}: found {answer.Plan?.Flow}, best {best}");
            AssertHolds(problem, answer.Plan, seed);
        }
    }

    [Fact]
    public void TheCheapestIsThatOfTryingEverything()
    {
        int feasible = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            bool timed = seed % 2 == 0;
            LayerSplitProblem problem = Made(seed, timed);
            double demand = Demand(problem, seed);
            double best = Choices(problem).Where(c => !timed || Slowest(problem, c) <= problem.SecondsMost + 1e-9)
                .Where(c => Carried(problem, c) >= demand * (1 - 1e-9)).Select(c => Price(problem, c)).DefaultIfEmpty(double.PositiveInfinity).Min();
            LayerAnswer answer = LayerSplit.Cheapest(problem, demand, 20, cancellation: Cancel);
            Assert.True(answer.Bound <= best * (1 + 1e-6), $"seed {seed}: nothing below {answer.Bound}, yet {best} is enough");
            Assert.True(answer.Proved, $"seed {seed}: not proved");
            Assert.True(double.IsFinite(best) ? Math.Abs((answer.Plan?.Price ?? double.NaN) - best) <= 1e-6 * best : answer.Plan is null,
                $"seed {seed}: found {answer.Plan?.Price}, best {best}");
            feasible += answer.Plan is null ? 0 : 1;
            AssertHolds(problem, answer.Plan, seed);
        }

        Assert.True(feasible > Count / 4, $"only {feasible} of {Count} have a plan");
    }

    [Fact]
    public void ManyLayersKeepABoundThatHoldsForAllBoundaries()
    {
        // 80 layers: 30 fit on one kind, 12 on the other, of which seven pairs are needed for the flow; no kind is there often enough alone.
        LayerMachine Kind(int device, double price, int most, double rate) => new(
            device, 1, 0, price, [.. Enumerable.Range(1, most).Select(l => rate / l)], [.. Enumerable.Range(1, most).Select(l => 0.001 * l)]);
        var problem = new LayerSplitProblem
        {
            Layers = 80,
            Counts = [2, 12],
            Machines = [Kind(0, 4, 30, 3000), Kind(1, 0.7, 12, 700)],
            Links = [[new LayerLink(double.PositiveInfinity, 0.0001)]],
            SecondsMost = 0.2,
        };
        LayerAnswer answer = LayerSplit.Cheapest(problem, 90, 5, cancellation: Cancel);
        LayerPlan plan = Assert.IsType<LayerPlan>(answer.Plan);
        AssertHolds(problem, plan, 0);
        Assert.InRange(answer.Bound, 1, plan.Price);
        Assert.True(plan.SecondsMost <= 0.2);
        Assert.True(plan.Flow >= 90 * (1 - 1e-9));
    }

    private static LayerSplitProblem Made(int seed, bool timed)
    {
        var random = new Random(seed);
        int layers = random.Next(2, 5);
        int places = timed ? 1 : random.Next(1, 3);
        int kinds = random.Next(1, 4);
        int left = 5;
        int[] counts = new int[kinds];
        for (int d = 0; d < kinds; d++)
        {
            counts[d] = random.Next(1, Math.Max(2, Math.Min(4, left)));
            left -= counts[d];
        }

        LayerMachine[] machines = [.. Enumerable.Range(0, kinds).Select(d =>
        {
            int most = random.Next(1, layers + 1);
            double rate = random.Next(20, 200);
            return new LayerMachine(d, counts[d] > 1 && random.Next(4) == 0 ? 2 : 1, random.Next(places), random.Next(1, 9),
                [.. Enumerable.Range(1, most).Select(l => rate / (l + 0.5 * random.NextDouble()))], [.. Enumerable.Range(1, most).Select(l => 0.01 * l + 0.01 * random.NextDouble())]);
        })];
        LayerLink? Way(int p, int q) => p != q && random.Next(5) == 0 ? null : new LayerLink(p == q ? 1e9 : random.Next(20, 200) * 1000, 0.001 * random.Next(1, 5));
        return new LayerSplitProblem
        {
            Layers = layers,
            Counts = counts,
            Machines = machines,
            Links = [.. Enumerable.Range(0, places).Select(p => Enumerable.Range(0, places).Select(q => Way(p, q)).ToArray())],
            BytesPerToken = 1000,
            SecondsMost = timed ? 0.01 * layers * (1.2 + random.NextDouble()) : double.PositiveInfinity,
        };
    }

    private static double Demand(LayerSplitProblem problem, int seed) => new Random(seed + 1000).Next(5, 80) * (problem.Layers < 4 ? 1 : 0.7);

    // Every choice of stretches for the machines of every kind, machines of a kind alike.
    private static IEnumerable<List<LayerHolding>> Choices(LayerSplitProblem problem)
    {
        (int K, int S, int E)[] options = [.. Enumerable.Range(0, problem.Machines.Length).SelectMany(k => Enumerable.Range(0, problem.Layers).SelectMany(s =>
            Enumerable.Range(s + 1, Math.Min(problem.Machines[k].Most, problem.Layers - s)).Select(e => (k, s, e))))];
        var open = new Stack<(int Next, List<LayerHolding> Held)>();
        open.Push((0, []));
        while (open.TryPop(out (int Next, List<LayerHolding> Held) part))
        {
            yield return part.Held;
            for (int o = part.Next; o < options.Length; o++)
            {
                (int k, int s, int e) = options[o];
                var held = new List<LayerHolding>(part.Held);
                int same = held.FindIndex(h => (h.Machine, h.First, h.End) == (k, s, e));
                if (same >= 0)
                {
                    held[same] = held[same] with { Count = held[same].Count + 1 };
                }
                else
                {
                    held.Add(new LayerHolding(k, s, e, 1, 0));
                }

                int device = problem.Machines[k].Device;
                if (held.Sum(h => problem.Machines[h.Machine].Device == device ? h.Count * problem.Machines[h.Machine].Takes : 0) <= problem.Counts[device])
                {
                    open.Push((o, held));
                }
            }
        }
    }

    private static double Price(LayerSplitProblem problem, List<LayerHolding> held) => held.Sum(h => h.Count * problem.Machines[h.Machine].Price);

    // The linear program of the fixed placement: flows on machines and ways.
    private static double Carried(LayerSplitProblem problem, List<LayerHolding> held)
    {
        if (!held.Any(h => h.First == 0) || !held.Any(h => h.End == problem.Layers))
        {
            return 0;
        }

        using var program = new LinearProgram();
        int Node(int boundary, int place, int arrived) => 2 * (boundary * problem.Places + place) + arrived;
        int[] rows = [.. Enumerable.Range(0, 2 * (problem.Layers + 1) * problem.Places).Select(n =>
            n / 2 / problem.Places is var boundary && (boundary, n % 2) is (0, 1) || (boundary == problem.Layers && n % 2 == 0)
                ? program.Row(double.NegativeInfinity, double.PositiveInfinity)
                : program.Row(0, 0))];
        foreach (LayerHolding h in held)
        {
            int place = problem.Machines[h.Machine].Place;
            int flow = program.Column(h.First == 0 ? -1 : 0, h.Count * problem.RateOf(h.Machine, h.End - h.First));
            program.Add(rows[Node(h.First, place, 1)], flow, -1);
            program.Add(rows[Node(h.End, place, 0)], flow, 1);
        }

        for (int p = 0; p < problem.Places; p++)
        {
            for (int q = 0; q < problem.Places; q++)
            {
                double most = Math.Min(1e6, problem.TokensOn(p, q));
                int together = program.Row(double.NegativeInfinity, p == q ? double.PositiveInfinity : most);
                for (int b = 1; most > 0 && b < problem.Layers; b++)
                {
                    int flow = program.Column(0, most);
                    program.Add(rows[Node(b, p, 0)], flow, -1);
                    program.Add(rows[Node(b, q, 1)], flow, 1);
                    program.Add(together, flow, 1);
                }
            }
        }

        return -program.Solve(again: false).Bound;
    }

    // The longest way through one place over all that is held.
    private static double Slowest(LayerSplitProblem problem, List<LayerHolding> held)
    {
        double[] at = [0, .. Enumerable.Repeat(double.NegativeInfinity, problem.Layers)];
        foreach (LayerHolding h in held.OrderBy(h => h.First))
        {
            double hop = h.First == 0 ? 0 : problem.Hop(0, 0)!.Value; // one place with a way
            at[h.End] = Math.Max(at[h.End], at[h.First] + hop + problem.Machines[h.Machine].Seconds[h.End - h.First - 1]);
        }

        return at[^1];
    }

    private static void AssertHolds(LayerSplitProblem problem, LayerPlan? plan, int seed)
    {
        if (plan is null)
        {
            return;
        }

        Assert.True(Carried(problem, [.. plan.Holdings]) >= plan.Flow * (1 - Close), $"seed {seed}: the machines do not carry {plan.Flow}");
        Assert.Equal(Price(problem, [.. plan.Holdings]), plan.Price, 6);
        Assert.All(plan.Holdings, h => Assert.True(h.Flow <= h.Count * problem.RateOf(h.Machine, h.End - h.First) * (1 + 1e-6)));
        Assert.All(Enumerable.Range(0, problem.Counts.Length), d => Assert.True(
            plan.Holdings.Sum(h => problem.Machines[h.Machine].Device == d ? h.Count * problem.Machines[h.Machine].Takes : 0) <= problem.Counts[d]));
        Assert.True(plan.SecondsMost <= problem.SecondsMost + 1e-6, $"seed {seed}: {plan.SecondsMost} s of {problem.SecondsMost}");
        for (int layer = 0; layer < problem.Layers; layer++)
        {
            double through = plan.Holdings.Where(h => h.First <= layer && layer < h.End).Sum(h => h.Flow);
            Assert.True(Math.Abs(through - plan.Flow) <= Close * plan.Flow, $"seed {seed}: {through} of {plan.Flow} through layer {layer}");
        }
    }
}
