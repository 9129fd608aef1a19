using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers.Placing;

/// <summary>
/// A training step of one accelerator whose weights, optimiser states and activations lie in the memory of its host, in parts on cards of CXL
/// (arXiv 2507.03305). Activations are those between layers, and the rest is computed again.
/// </summary>
/// <param name="Model">A dense model.</param>
/// <param name="Tokens">Tokens of a step.</param>
/// <param name="Length">Tokens of a sequence.</param>
/// <param name="Rate">Operations a second that the accelerator reaches.</param>
/// <param name="Link">Bytes per second between it and its host.</param>
/// <param name="Memory">Bytes per second of the host's memory.</param>
/// <param name="Card">Bytes per second of a card.</param>
/// <param name="Overlaps">Whether activations move while the accelerator computes; nothing else overlaps.</param>
internal sealed record OffloadStep(ModelCard Model, double Tokens, double Length, double Rate, double Link, double Memory, double Card, bool Overlaps = false)
{
    /// <summary>Bytes of a weight that the optimiser reads and writes: weight, two moments in 32 bits both ways, gradient in and weight out in 16.</summary>
    public const double OptimiserBytes = 28;

    /// <summary>How much slower the optimiser is on data of a card: the paper's factor for more than about 20 million numbers.</summary>
    public const double Slowdown = 4;

    /// <summary>Seconds with everything in the host's own memory.</summary>
    public double InMemory => Seconds(0, Memory);

    /// <summary>Seconds with activations in stripes over cards and the rest in memory: the paper's policy.</summary>
    public double ByUse(int cards) => Seconds(0, cards * Card);

    /// <summary>Seconds with pages of everything in turns in memory and on one card.</summary>
    public double Interleaved => Seconds(0.5, 2 * Math.Min(Memory, Card));

    // The share of the optimiser's data that lies on cards, and the bandwidth of where activations lie.
    private double Seconds(double shareOnCards, double activations)
    {
        double weights = Model.Parameters;
        double compute = 4.0 / 3 * TrainingArithmetic.FlopsPerToken(Model, Length) * Tokens / Rate;
        double optimiser = weights * OptimiserBytes / Memory * (1 - shareOnCards + shareOnCards * Slowdown);
        double moved = 3 * 2 * weights / Link;
        double saved = 2 * 2 * (Model.Layers ?? 0) * (Model.Width ?? 0) * Tokens / Math.Min(Link, activations);
        return optimiser + moved + (Overlaps ? Math.Max(compute, saved) : compute + saved);
    }
}
