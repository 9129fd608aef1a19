using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>idT5: a multilingual model without the tokens of other languages.</summary>
[Paper("idt5")]
internal sealed class IdT5 : IPaper
{
    private const double Kept = 30000;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard all = Known.Model("google/mt5-base");
        ModelCard one = VocabularyPruning.Keep(all, Kept);
        double before = all.DerivedParameters;
        double after = one.DerivedParameters;
        double rows = VocabularyPruning.Saved(all, Kept);
        return
        [
            NumberClaim.Exactly("Weights of the multilingual model", Origin.Derived, 582, "million", before / 1e6, 1,
                "12 + 12 layers of width 768, gated feed-forward of 2,048, two matrices of 250,112 tokens"),
            NumberClaim.Exactly("Weights with 30,000 tokens kept, about", Origin.Derived, 244, "million", after / 1e6, 1, "the same layers, two matrices of 30,000 tokens"),
            NumberClaim.Exactly("Smaller by", Origin.Abstract, 58, "%", 100 * (1 - after / before), 1, "the two above"),
            NumberClaim.Exactly("Nothing but rows of the two matrices goes", Origin.Derived, 0, "weights differ", before - after - rows, 0,
                $"2 x 768 x (250,112 - 30,000) = {Claim.Number(rows)} weights"),
        ];
    }
}
