using Orchestrator.CostModels.Operators;

namespace Orchestrator.CostModels.Training;

/// <summary>How a training job is cut over devices.</summary>
/// <param name="Tensor">Devices that share each matrix.</param>
/// <param name="Pipeline">Stages.</param>
/// <param name="Seconds">Seconds of one global batch.</param>
public readonly record struct TrainingLayout(int Tensor, int Pipeline, double Seconds);

/// <summary>
/// The search for the fastest cut of a dense model: arithmetic at a share of the peak, all-reduces of the hidden state within the tensor group over
/// the link that the group needs, and the bubble of the pipeline. Ring all-reduces, no overlap.
/// </summary>
/// <param name="Model">A dense card with an architecture.</param>
/// <param name="Peak">Operations per second of a device.</param>
/// <param name="Memory">Bytes of a device.</param>
/// <param name="NodeDevices">Devices of a node.</param>
/// <param name="NodeLink">Bytes per second between devices of a node.</param>
/// <param name="NetworkLink">Bytes per second of a device between nodes.</param>
public sealed record TrainingLayoutSearch(ModelCard Model, double Peak, double Memory, int NodeDevices, double NodeLink, double NetworkLink)
{
    /// <summary>Bytes of a weight with gradients and Adam under mixed precision, optimiser sharded away: 2 + 2 + 12 without sharding.</summary>
    public const double StateBytesPerParameter = 16;

    /// <summary>Share of the peak that matrix products reach by themselves. An assumption: only the order of cuts is used.</summary>
    public const double KernelEfficiency = 0.5;

    /// <summary>Seconds of a message within and between nodes. An assumption, as above.</summary>
    public const double HopSeconds = 5e-6;

    /// <summary>Every cut that fits memory, fastest first.</summary>
    /// <param name="devices">Devices of one replica, a power of two.</param>
    /// <param name="sequences">Sequences of the replica's batch, one a micro-batch.</param>
    /// <param name="length">Tokens of a sequence.</param>
    public IReadOnlyList<TrainingLayout> All(int devices, int sequences, double length)
    {
        var found = new List<TrainingLayout>();
        for (int tensor = 1; tensor <= devices; tensor *= 2)
        {
            int pipeline = devices / tensor;
            bool fits = Model.DerivedParameters * StateBytesPerParameter / devices <= Memory && pipeline <= (Model.Layers ?? 0);
            if (fits)
            {
                found.Add(new TrainingLayout(tensor, pipeline, Seconds(tensor, pipeline, sequences, length)));
            }
        }

        return [.. found.OrderBy(l => l.Seconds)];
    }

    private double Seconds(int tensor, int pipeline, int sequences, double length)
    {
        double flops = TrainingArithmetic.FlopsPerToken(Model, length) * length;
        double compute = flops / (tensor * pipeline * Peak * KernelEfficiency);
        double bytes = length * (Model.Width ?? 0) * 2;
        double link = tensor <= NodeDevices ? NodeLink : NetworkLink;
        double reduces = 2 * TrainingArithmetic.AllReducesPerLayer(parallelBlock: false) * (Model.Layers ?? 0) / pipeline;
        double communication = reduces * CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, tensor, bytes, HopSeconds, link);
        return sequences * (compute + communication) * (1 + TrainingArithmetic.Bubble(pipeline, sequences));
    }
}
