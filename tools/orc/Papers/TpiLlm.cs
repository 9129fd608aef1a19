using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;

namespace Orchestrator.Cli.Papers;

/// <summary>TPI-LLM: all-reduces on edge links, where latency decides, and weights that stream through a window.</summary>
[Paper("tpi-llm")]
internal sealed class TpiLlm : IPaper
{
    private const int Devices = 8;
    private const double Width = 8192;
    private const double Link = 300e6;
    private const int LinksPerMessage = 4;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double bits = Width * 32;
        double data = LinksPerMessage * bits / Link;
        (double ring, double tree, double star) = (Hops(CollectiveTopology.Ring), Hops(CollectiveTopology.Tree), Hops(CollectiveTopology.Star));
        const string hops = "messages one after the other on 8 devices x 4 links a message";
        return
        [
            NumberClaim.Exactly("Link latencies of a ring all-reduce", Origin.Text, 56, "tau", ring, 0, hops + ": 7 + 7"),
            NumberClaim.Exactly("Link latencies of a tree of depth 2", Origin.Text, 16, "tau", tree, 0, hops + ": 2 + 2"),
            NumberClaim.Exactly("Link latencies of a star", Origin.Text, 8, "tau", star, 0, hops + ": 1 + 1"),
            NumberClaim.Within(0.03, "Time of the bytes of an all-reduce of Llama-2-70B at 300 Mbit/s", Origin.Text, 3.4, "ms", data * 1e3,
                "8,192 numbers of 32 bits over 4 links of 300 Mbit/s"),
            NumberClaim.Exactly("Bytes of a device in an all-reduce (printed as 256 KB, which are kilobits)", Origin.Derived, 32, "KiB", bits / 8 / 1024, 0, "8,192 x 32 bits"),
            new OrderClaim("The star is fastest where latency decides, the ring where bytes do", Origin.Text, "star when links are slow to answer, ring when buffers are large",
                "x faster than the other", [("star over ring, 1 ms and 32 KiB", Faster(1e-3, 32768)), ("even", 1), ("star over ring, 1 us and 1 GiB", Faster(1e-6, 1 << 30))])
            {
                How = "ring 2(n-1) tau + 2(n-1)/n bytes, star 2 tau + 2(n-1) bytes, over 1 GB/s",
            },
            NumberClaim.Exactly("The window of weights stalls exactly when loads take longer than compute and all-reduces", Origin.Text, 0, "of 96 cases differ",
                Disagreements(), 0, "80 blocks played with windows of 2 to 4 blocks and loads of 0.4 to 1.95 times the work"),
            new UnreachedClaim("First token and token latency against Accelerate", Origin.Abstract, "over 80 % lower", "it was measured on 8 edge devices, which are not here"),
            new UnreachedClaim("Memory of a device with Llama-2-70B on 8", Origin.Abstract, "3.1 GB", "the sizes of window and buffers behind it are not known here"),
            new UnreachedClaim("Time to the first token of 70B", Origin.Summary, "29.4 s", "it is limited by the disks it was measured on"),
        ];
    }

    private static double Hops(CollectiveTopology topology) => CollectiveAlgorithms.LatencyHops(topology, Devices, LinksPerMessage);

    private static double Faster(double latency, double bytes) =>
        CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, Devices, bytes, latency, 1e9) / CollectiveAlgorithms.Star(Devices, bytes, latency, 1e9);

    private static int Disagreements()
    {
        int wrong = 0;
        for (int window = 2; window <= 4; window++)
        {
            for (int step = 0; step < 32; step++)
            {
                double load = 0.4 + 0.05 * step;
                bool stalls = WeightWindow.Stalled(80, window, 1, load) > 1e-9;
                wrong += stalls == WeightWindow.Hides(1, load, 1) ? 1 : 0;
            }
        }

        return wrong;
    }
}
