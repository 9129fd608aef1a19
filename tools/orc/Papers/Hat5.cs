using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>HaT5: weights of the classifier it is tuned from; its scores need the tuned model.</summary>
[Paper("hat5")]
internal sealed class Hat5 : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("hat5");
        return
        [
            NumberClaim.Within(0.02, "Weights of the model that it is tuned from, about", Origin.ModelCard, 220, "million", model.DerivedParameters / 1e6,
                "12 + 12 layers of width 768, feed-forward of 3,072, one matrix of 32,128 tokens"),
            new UnreachedClaim("Macro F1 of the two subtasks", Origin.Abstract, "81.66 and 82.54", "the tuned weights and the texts are not here"),
        ];
    }
}
