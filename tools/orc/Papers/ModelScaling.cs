using Orchestrator.CostModels.TestTime;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>Fast and accurate model scaling: activations grow less than arithmetic when width takes most of the growth.</summary>
[Paper("model-scaling")]
internal sealed class ModelScaling : IPaper
{
    private static readonly ConvolutionStack Base = new(32, 256, 224);
    private static readonly CompoundScaling Fast = new(0.8);
    private static readonly CompoundScaling WidthOnly = new(1);

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        const string how = "convolutions of 3 x 3, grown 2 to 64 times to whole layers, channels and pixels; activations counted and fitted over multiply-adds";
        const double growth = 16;
        return
        [
            NumberClaim.Within(0.02, "Activations grow about as the root of the arithmetic when width alone grows, exponent", Origin.Abstract, 0.5, "", Exponent(WidthOnly), how),
            NumberClaim.Exactly("Exponent when width takes 0.8 of the growth", Origin.Derived, 0.6, "", Exponent(Fast), 0.01, how),
            NumberClaim.Exactly("Exponent when depth, width and resolution take the same", Origin.Derived, 0.83, "", Exponent(CompoundScaling.Uniform), 0.01, how),
            new OrderClaim("Memory-bound time grows least where width takes most of the growth", Origin.Abstract, "uniform > width first > width alone", "x",
                [("uniform", Growth(CompoundScaling.Uniform, growth)), ("width first", Growth(Fast, growth)), ("width alone", Growth(WidthOnly, growth))])
            {
                How = "activations at 16 times the arithmetic over those of the small network",
            },
            new UnreachedClaim("Networks scaled so are as accurate and faster on accelerators", Origin.Abstract, "no figure in the summary read", "training on ImageNet is not possible here"),
        ];
    }

    /// <summary>Exponent of counted activations over counted multiply-adds.</summary>
    internal static double Exponent(CompoundScaling scaling)
    {
        ConvolutionStack[] grown = [.. Enumerable.Range(1, 6).Select(i => Base.Grow(scaling, Math.Pow(2, i))).Prepend(Base)];
        return -PowerLaw.Fit([.. grown.Select(g => (g.Macs / Base.Macs, g.Activations / Base.Activations))]).Exponent;
    }

    private static double Growth(CompoundScaling scaling, double s) => Base.Grow(scaling, s).Activations / Base.Activations;
}
