using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>LowFormer: models are to be ranked by measured time, not by multiply-adds.</summary>
[Paper("lowformer")]
internal sealed class LowFormer : IPaper
{
    private const string Small = "LowFormer-B0";
    private const string Large = "LowFormer-B3";

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims() =>
    [
        NumberClaim.Exactly("The smallest model has fewer multiply-adds than the largest", Origin.Derived, 6.5, "x", Macs(Large) / Macs(Small), 0.1, "arithmetic a picture of the two catalogue entries"),
        NumberClaim.Exactly("It is faster only by", Origin.Derived, 5.2, "x", Time(Small).PicturesPerSecond / Time(Large).PicturesPerSecond, 0.1,
            "pictures a second that the authors measured on an A40 at a batch of 200"),
        NumberClaim.Exactly("It answers one picture sooner only by", Origin.Derived, 5.2, "x", Time(Large).LatencySeconds / Time(Small).LatencySeconds, 0.1,
            "latencies that the authors measured, 0.3 and 1.55 ms"),
        new OrderClaim("A multiply-add takes longer the smaller the model is, so that time does not follow from the count", Origin.Derived, "6.5x fewer multiply-adds, 5.2x the speed",
            "TMAC/s", [.. new[] { Large, "LowFormer-B1.5", "LowFormer-B1", Small }.Select(n => (n[(n.IndexOf('-') + 1)..], Time(n).MacsPerSecond(Known.Model(n)) / 1e12))])
        {
            How = "measured pictures a second times multiply-adds a picture",
        },
        new UnreachedClaim("Top-1 accuracy of B0 to B3", Origin.Text, "78.4 to 83.6 %", "training on ImageNet is not possible here"),
        new UnreachedClaim("Pictures a second on an A40 at a batch of 200", Origin.Text, "5,988 to 1,162", "an A40 and the trained models are not here"),
    ];

    private static double Macs(string model) => (Known.Model(model).FlopsPerUnit ?? double.NaN) / 2;

    private static PictureTime Time(string model) => PictureTime.Find(model) ?? throw new InvalidDataException("the table of picture times lost " + model);
}
