using Orchestrator.CostModels;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>What the shape of a model says about its calls: facts of the architecture, not costs.</summary>
internal static class ModelShapes
{
    /// <summary>
    /// Experts and how many of them a token uses, from the declaration (<c>{ experts: 8, top_k: 2 }</c>) or the catalogue; null for a dense model.
    /// </summary>
    public static (int Count, int Chosen)? ExpertsOf(Operation? declaration)
    {
        var options = declaration?.GetAttr<DictionaryAttr>("options");
        if (options?.Get<IntegerAttr>("experts") is { Value: > 1 } experts)
        {
            return ((int)experts.Value, (int)(options.Get<IntegerAttr>("top_k")?.Value ?? 1));
        }

        ModelCard? card = Catalogue.Default.FindModel(declaration?.GetAttr<StringAttr>("ref")?.Value);
        return card is { Experts: > 1 } ? ((int)card.Experts, (int)card.TopK) : null;
    }

    /// <summary>KV-cache bytes of a token in 16-bit precision, or null when the model is not in the catalogue.</summary>
    public static double? KvBytesPerToken(string model) => Catalogue.Default.FindModel(model)?.KvBytesPerToken("bf16");
}
