using Orchestrator.CostModels.Operators;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>CO2: local steps that hide the averaging of the model.</summary>
[Paper("co2")]
internal sealed class Co2 : IPaper
{
    // 80 Gbit/s of TCP a node.
    private const double Link = 10e9;
    private const double Latency = 50e-6;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        // A small language model on 16 nodes: sizes of ours, for which the rule is shown.
        double average = CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, 16, 4 * 245e6, Latency, Link);
        const double step = 5e-3;
        double tau = TrainingArithmetic.LocalSteps(average, step);
        (double with, double without) = (Waiting(tau, step, average), Waiting(tau - 1, step, average));
        return
        [
            NumberClaim.Exactly("Averaging hides completely exactly when local steps take at least as long", Origin.Derived, 0, "of 2,000 cases differ", Disagreements(), 0,
                "100 rounds played with 1 to 50 local steps and averages of 0.55 to 20.44 steps"),
            new OrderClaim("Fewer local steps than that leave waiting", Origin.Derived, "one step fewer waits > none", "ms a round",
                [($"{tau - 1} steps", 1e3 * without), ($"{tau} steps", 1e3 * with)])
            {
                How = $"ring over 16 nodes of 245 million numbers at 80 Gbit/s takes {Claim.Number(Math.Round(1e3 * average, 1))} ms; steps of 5 ms; played",
            },
            NumberClaim.Within(0.05, "It is faster than AdamW, in words a second", Origin.Derived, 13, "x", 304_736.0 / 22_810, "304,736 over 22,810 words a second, both measured by the paper"),
            new OrderClaim("More local steps scale better while averages do not hide", Origin.Summary, "1.06 at 48 local steps > 0.86 at 12", "of perfect scaling",
                [("48 steps", Scaling(48)), ("12 steps", Scaling(12))])
            {
                TiesAllowed = false,
                How = "100 rounds played whose average takes 24 local steps; above 1 is not possible here",
            },
            new UnreachedClaim("Words a second on 128 A100, 48 local steps", Origin.Summary, "304,736", "it was measured on 128 devices, which are not here"),
            new UnreachedClaim("Perplexity with and without the penalty on stale averages", Origin.Summary, "7.39 and 7.56", "it needs training runs of the model"),
        ];
    }

    // Seconds a round that the played schedule takes beside its steps.
    private static double Waiting(double localSteps, double step, double average)
    {
        const int rounds = 100;
        return Math.Round(TrainingArithmetic.OverlappedSeconds(rounds, (int)localSteps, step, average) / rounds - (int)localSteps * step, 12);
    }

    private static double Scaling(int localSteps)
    {
        const int rounds = 100;
        return rounds * localSteps / TrainingArithmetic.OverlappedSeconds(rounds, localSteps, 1, 24);
    }

    private static int Disagreements()
    {
        int wrong = 0;
        for (int steps = 1; steps <= 50; steps++)
        {
            for (int half = 0; half < 40; half++)
            {
                double average = 0.55 + 0.51 * half;
                bool hides = Waiting(steps, 1, average) < 1e-9;
                wrong += hides != steps >= TrainingArithmetic.LocalSteps(average, 1) ? 1 : 0;
            }
        }

        return wrong;
    }
}
