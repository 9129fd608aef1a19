using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>MatMul-free language models: weights from their shapes, and what two bits a weight save.</summary>
[Paper("matmul-free")]
internal sealed class MatMulFree : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        NumberFormat wide = Format("fp16");
        NumberFormat packed = Format("ternary");
        ModelCard largest = Known.Model("ridger/MMfreeLM-2.7B");
        double whole = wide.WeightBytes(largest) / packed.WeightBytes(largest);
        return
        [
            Size("ridger/MMfreeLM-370M", 370),
            Size("ridger/MMfreeLM-1.3B", 1300),
            Size("ridger/MMfreeLM-2.7B", 2700),
            NumberClaim.Exactly("Weights of -1, 0 and 1 packed in two bits take less than in FP16", Origin.Derived, 8, "x", wide.Bits / packed.Bits, 0,
                $"{Claim.Number(wide.Bits)} bits over {Claim.Number(packed.Bits)}"),
            new UnreachedClaim("Memory of inference is lower", Origin.Abstract, "more than 10x", "it was measured on an accelerator with the paper's kernels; weights are only a part of it")
            {
                Beside = Claim.WithUnit(whole, "x") + " for the weights of the 2.7B model",
            },
            new UnreachedClaim("Memory of training is lower", Origin.Abstract, "up to 61 %", "the fused kernel and an accelerator are not here"),
            new UnreachedClaim("Power of the circuit on an FPGA", Origin.Abstract, "13 W", "the circuit is not here"),
        ];
    }

    private static NumberClaim Size(string name, double millions)
    {
        ModelCard model = Known.Model(name);
        return NumberClaim.Within(0.05, "Weights of " + name[(name.IndexOf('/') + 1)..], Origin.Abstract, millions, "million", model.DerivedParameters / 1e6,
            $"{Claim.Number(model.Layers ?? 0)} layers: four matrices of {Claim.Number(model.Width ?? 0)}^2, gated feed-forward of {Claim.Number(model.FeedForward ?? 0)}; layers and widths are recalled");
    }

    private static NumberFormat Format(string name) => NumberFormat.Parse(name) ?? throw new InvalidDataException("the format catalogue lost " + name);
}
