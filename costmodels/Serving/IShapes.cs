namespace Orchestrator.CostModels.Serving;

/// <summary>Finds what is known about a label of a model or a device; answers every label, with a guess marked as such where nothing is known.</summary>
public interface IShapes
{
    /// <summary>The model behind a label such as <c>meta-llama/Llama-3.1-8B-Instruct</c> or <c>LLaMA v3.1 8B</c>.</summary>
    ModelShape Model(string label);

    /// <summary>The device behind a label such as <c>H100 SXM 80GB</c>.</summary>
    DeviceShape Device(string label);
}
