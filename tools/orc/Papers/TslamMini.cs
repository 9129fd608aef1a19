using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>TSLAM-Mini: weights of its base model from their shapes; its scores need the tuned model and its judge.</summary>
[Paper("tslam-mini")]
internal sealed class TslamMini : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("microsoft/Phi-4-mini-instruct");
        return
        [
            NumberClaim.Exactly("Weights of the base model by the formula", Origin.Derived, 3.84, "billion", model.DerivedParameters / 1e9, 0.01,
                "32 layers of width 3,072, 24 heads and 8 of keys and values, gated feed-forward of 8,192, one matrix of 200,064 tokens"),
            new UnreachedClaim("Answers to telecom questions after tuning on 100,000 samples of 20 use cases, judged by Qwen3-235B-A22B", Origin.Abstract,
                "no figure in the summary read", "the samples, the tuned weights and the judge are not here"),
        ];
    }
}
