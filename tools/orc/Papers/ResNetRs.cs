using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>ResNet-RS: weights and multiply-adds counted from the layers.</summary>
[Paper("resnet-rs")]
internal sealed class ResNetRs : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        var small = new ResidualNetwork([3, 4, 6, 3], 160);
        var trained = new ResidualNetwork([3, 24, 36, 3], 256);
        var tested = new ResidualNetwork([3, 24, 36, 3], 320);
        const string how = "bottlenecks 3, 4, 6, 3 with squeeze and excitation, stem of four convolutions, counted layer by layer";
        return
        [
            NumberClaim.Exactly("Weights of ResNet-RS-50", Origin.Text, 35.7, "million", small.Parameters / 1e6, 0.1, how),
            NumberClaim.Exactly("Multiply-adds of ResNet-RS-50 at 160 pixels", Origin.Text, 2.3, "GMAC", small.Macs / 1e9, 0.1, how),
            NumberClaim.Within(0.01, "Testing ResNet-RS-200 at 320 instead of 256 pixels costs as much as the pictures are larger", Origin.Derived, 1.5625, "x",
                tested.Macs / trained.Macs, "bottlenecks 3, 24, 36, 3 counted at both sizes"),
            NumberClaim.Within(0.02, "Weights of ResNet-RS-200", Origin.Recalled, Known.Model("ResNet-RS-200").Parameters / 1e6, "million", trained.Parameters / 1e6, "bottlenecks 3, 24, 36, 3"),
            new UnreachedClaim("Faster than EfficientNet on a TPU at the same accuracy", Origin.Abstract, "1.7x to 2.7x", "a TPU is not here"),
            new UnreachedClaim("Top-1 accuracy with further unlabelled pictures", Origin.Abstract, "86.2 %", "training is not possible here"),
        ];
    }
}
