using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>UL2: weights of an encoder and a decoder from their shapes.</summary>
[Paper("ul2")]
internal sealed class Ul2 : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("google/ul2");
        double billions = model.DerivedParameters / 1e9;
        string how = $"{Claim.Number(model.Layers ?? 0)} + {Claim.Number(model.DecoderLayers ?? model.Layers ?? 0)} layers of width {Claim.Number(model.Width ?? 0)}, "
            + $"gated feed-forward of {Claim.Number(model.FeedForward ?? 0)}, vocabulary of {Claim.Number(model.Vocabulary ?? 0)}";
        return
        [
            NumberClaim.Within(0.05, "Weights of the model, rounded as its name has them", Origin.Abstract, 20, "billion", billions, how),
            NumberClaim.Exactly("Weights by the formula for encoder and decoder", Origin.Derived, 19.6, "billion", billions, 0.1, how),
        ];
    }
}
