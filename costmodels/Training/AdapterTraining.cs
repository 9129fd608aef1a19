namespace Orchestrator.CostModels.Training;

/// <summary>Bytes that training holds for weights, gradients and Adam's moments, without activations.</summary>
public static class AdapterTraining
{
    /// <summary>All weights trained: 16 bytes each under mixed precision with Adam, 2 + 2 + 12 (ZeRO, arXiv 1910.02054).</summary>
    public static double FullBytes(ModelCard model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model.Parameters * TrainingLayoutSearch.StateBytesPerParameter;
    }

    /// <summary>An adapter trained beside frozen weights: those in their format, and 16 bytes a weight of the adapter.</summary>
    /// <param name="model">The model, frozen.</param>
    /// <param name="adapter">Its adapter.</param>
    /// <param name="frozen">Format of the frozen weights.</param>
    public static double AdapterBytes(ModelCard model, Adapter adapter, NumberFormat frozen)
    {
        ArgumentNullException.ThrowIfNull(adapter);
        ArgumentNullException.ThrowIfNull(frozen);
        return frozen.WeightBytes(model) + adapter.Parameters(model) * TrainingLayoutSearch.StateBytesPerParameter;
    }
}
