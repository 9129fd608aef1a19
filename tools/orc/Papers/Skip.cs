using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers;

/// <summary>SKIP: launch and queueing time of kernels, and the batch at which the device takes over from the processor.</summary>
[Paper("skip")]
internal sealed class Skip : IPaper
{
    // A pass of a small encoder: the number of its kernels and how long they take are ours, not the paper's; they make the device take over at 8.
    private const int Kernels = 240;
    private const double Batch = 8;
    private const double Launch = LaunchCost.NullKernelIntelH100;
    private const double ItemSeconds = Launch / Batch;
    private static readonly double[] Batches = [1, 2, 4, 8, 16, 32, 64, 128];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        const string played = "240 kernels launched one after the other at 2,374.6 ns, each as long as a launch at batch 8, played in one stream";
        double one = LaunchCost.Crossover(Kernels, Launch, 0, Kernels * ItemSeconds);
        double four = LaunchCost.Crossover(LaunchCost.Fused(Kernels, 4), Launch, 0, Kernels * ItemSeconds);
        double slow = LaunchCost.Crossover(Kernels, 4 * Launch, 0, Kernels * ItemSeconds);
        return
        [
            NumberClaim.Exactly("The knee of launch and queueing time over batches is where the device takes over", Origin.Derived, 0, "of 18 traces have another knee", Missed(), 0,
                "60, 120 and 240 kernels that take as long as a launch at batches of 2 to 64; launched one after the other and played in one stream"),
            new OrderClaim("Above that batch launch and queueing time rises", Origin.Summary, "rising above", "us",
                [("batch 64", Tklqt(64)), ("batch 16", Tklqt(16)), ("batch 4", Tklqt(4))]) { How = played },
            NumberClaim.Exactly("Below that batch it is flat", Origin.Summary, 0, "% more at batch 4 than at 1", Math.Round(100 * (Tklqt(4) / Tklqt(1) - 1), 6), 0, played),
            NumberClaim.Exactly("The predicted batch is where the kernels together take as long as their launches", Origin.Derived, Batch, "sequences", one, 0,
                "crossover of 240 launches and 240 kernels"),
            NumberClaim.Exactly("Where a launch takes four times as long against a kernel, the processor bounds four times larger batches", Origin.Derived, 4, "x", slow / one, 0,
                "the same crossover; encoders turn at 32 on GH200 and at 8 on the other two"),
            NumberClaim.Exactly("Fusing four kernels each moves the crossover by four", Origin.Derived, 4, "x", one / four, 0, "the same crossover with 60 launches"),
            NumberClaim.Exactly("Launching nothing takes longer with Intel and H100 than with AMD and A100", Origin.Summary, 1.05, "x",
                LaunchCost.NullKernelIntelH100 / LaunchCost.NullKernelAmdA100, 0.01, "2,374.6 ns over 2,260.5 ns"),
            new UnreachedClaim("Prefill of Llama-3.2-1B in large batches is faster on GH200", Origin.Abstract, "1.9x to 2.7x", "it was measured on three machines, which are not here"),
            new UnreachedClaim("Batch at which encoders turn from processor to device", Origin.Summary, "8, 8 and 32 (GH200)", "it was measured on three machines, which are not here"),
        ];
    }

    private static double Tklqt(double batch) => 1e6 * LaunchCost.TotalLaunchAndQueue(Pass(Kernels, batch * ItemSeconds, Launch));

    private static int Missed()
    {
        int missed = 0;
        foreach (int kernels in new[] { 60, 120, 240 })
        {
            foreach (double turn in Batches[1..^1])
            {
                (double, double)[] curve = [.. Batches.Select(b => (b, LaunchCost.TotalLaunchAndQueue(Pass(kernels, b * Launch / turn, Launch))))];
                missed += LaunchCost.Knee(curve)?.Batch != turn ? 1 : 0;
            }
        }

        return missed;
    }

    private static IReadOnlyList<KernelSpan> Pass(int kernels, double seconds, double launch) => LaunchCost.Trace(Enumerable.Repeat(seconds, kernels), launch);
}
