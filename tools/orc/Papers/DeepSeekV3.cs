using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>DeepSeek-V3 insights: the cache that attention leaves, the cost of training a token, and the bound of exchanging experts' tokens.</summary>
[Paper("deepseek-v3")]
internal sealed class DeepSeekV3 : IPaper
{
    private const double Tokens = 32;
    private const double Experts = 9;
    private const double Width = 7000;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard own = Known.Model("deepseek-ai/DeepSeek-V3");
        ModelCard large = Known.Model("meta-llama/Llama-3.1-405B-Instruct");
        double slow = ServingBounds.ExpertExchangeSeconds(1, 2, Tokens, Experts, Width, 50e9);
        double fast = ServingBounds.ExpertExchangeSeconds(1, 2, Tokens, Experts, Width, 900e9);
        double layers = own.Layers ?? 0;
        double token = ServingBounds.ExchangeBoundSeconds(layers, slow);
        double fastToken = ServingBounds.ExchangeBoundSeconds(layers, fast);
        const string exchange = "(1 + 2) bytes x 32 tokens x 9 experts x 7,000 numbers";
        const string training = "6 operations per active weight and 3 times causal attention over 4,096 tokens";
        return
        [
            Cache("DeepSeek-V3 (MLA)", own, 70272, "61 layers of 512 + 64 numbers in 16 bits"),
            Cache("Qwen2.5-72B (GQA)", Known.Model("Qwen/Qwen2.5-72B-Instruct"), 327680, "2 x 80 layers x 8 KV heads x 128 in 16 bits"),
            Cache("Llama-3.1-405B (GQA)", large, 516096, "2 x 126 layers x 8 KV heads x 128 in 16 bits"),
            NumberClaim.Within(0.05, "Training DeepSeek-V3 on a token", Origin.Summary, 250, "GFLOP", TrainingArithmetic.FlopsPerToken(own, 4096) / 1e9, training),
            NumberClaim.Within(0.05, "Training Llama-3.1-405B on a token", Origin.Summary, 2448, "GFLOP", TrainingArithmetic.FlopsPerToken(large, 4096) / 1e9, training),
            NumberClaim.Exactly("Exchange of tokens with experts over 50 GB/s", Origin.Derived, 120.96, "us", slow * 1e6, 0.01, exchange + " over 50 GB/s"),
            NumberClaim.Exactly("Time of a token that this bounds", Origin.Derived, 14.76, "ms", token * 1e3, 0.01, "two micro-batches x 61 layers x the exchange"),
            NumberClaim.Exactly("Tokens a second that this bounds", Origin.Derived, 67.8, "tok/s", 1 / token, 0.1, "the inverse"),
            NumberClaim.Exactly("Time of a token over 900 GB/s", Origin.Derived, 0.82, "ms", fastToken * 1e3, 0.01, exchange + " over 900 GB/s, as above"),
            NumberClaim.Within(0.02, "Tokens a second over 900 GB/s, about", Origin.Derived, 1200, "tok/s", 1 / fastToken, "the inverse"),
            NumberClaim.Exactly("Speed-up by predicting one more token, of which 80 % to 90 % are accepted", Origin.Summary, 1.8, "x",
                ServingBounds.SpeculatedTokens(0.8), 0.1, "1 + acceptance at 80 %; a step that costs no more than without"),
            new UnreachedClaim("Loss that FP8 training adds", Origin.Summary, "under 0.25 %", "it needs training runs of the model"),
        ];
    }

    private static NumberClaim Cache(string name, ModelCard model, double printed, string how) =>
        NumberClaim.Exactly("Keys and values a token, " + name, Origin.Derived, printed, "bytes", model.KvBytesPerToken("bf16"), 0, how);
}
