namespace Orchestrator.CostModels.Operators;

/// <summary>A measured call beside what the law says about it.</summary>
/// <param name="Context">Index of its context.</param>
/// <param name="Place">Coordinates in length scales.</param>
/// <param name="Residual">Logarithm of measured over law.</param>
internal readonly record struct AttentionPoint(int Context, double[] Place, double Residual);

/// <summary>
/// What one measured call says about another: residuals are alike where the shapes are near and the contexts similar. The constants were
/// found by leaving out shapes, batch sizes, lengths and devices of all tables at once; logarithms are natural for residuals, of base 2 for sizes.
/// </summary>
internal static class AttentionKriging
{
    /// <summary>Standard deviation of residuals that all contexts share in proportion to their likeness.</summary>
    public const double Shared = 0.15;

    /// <summary>Standard deviation of residuals of one context alone.</summary>
    public const double Own = 0.15;

    /// <summary>Standard deviation of one measurement against its repetition.</summary>
    public const double Noise = 0.02;

    private const double SameFamily = 0.9;
    private const double OtherFamily = 0.5;
    private const double OtherLibrary = 0.3;
    private const double OtherVersion = 0.9;
    private const double OtherType = 0.7;

    // Length scales: how many doublings of a size it takes until residuals lose most of what they share.
    private const double SizeLength = 3;
    private const double CachedShareLength = 2;

    /// <summary>Variance of a residual before anything is measured near it.</summary>
    public static double Prior => (Shared * Shared) + (Own * Own);

    /// <summary>Covariance of the residuals of two calls.</summary>
    /// <param name="a">Coordinates of one.</param>
    /// <param name="b">Coordinates of the other.</param>
    /// <param name="likeness">Of their contexts; 1 for the same.</param>
    /// <param name="same">Whether the contexts are one.</param>
    public static double Covariance(double[] a, double[] b, double likeness, bool same)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double d = a[i] - b[i];
            sum += d * d;
        }

        return LocalKriging.Matern(Math.Sqrt(sum)) * ((Shared * Shared * likeness) + (same ? Own * Own : 0));
    }

    /// <summary>How alike two contexts are, in (0, 1]: 1 for the same device, library and cache type.</summary>
    public static double Likeness(AttentionContext a, AttentionDevice onA, AttentionContext b, AttentionDevice onB)
    {
        double like = onA.Name == onB.Name ? 1 : onA.Family == onB.Family ? SameFamily : OtherFamily;
        like *= a.Library != b.Library ? OtherLibrary : a.Software != b.Software ? OtherVersion : 1;
        return a.KvType != b.KvType ? like * OtherType : like;
    }

    /// <summary>Coordinates of a shape: logarithms of work, length, sharing of heads and parallelism.</summary>
    public static double[] Place(AttentionShape shape) => shape.Prefill
        ?
        [
            Math.Log2(shape.Flops) / SizeLength,
            Math.Log2(shape.Length) / SizeLength,
            Math.Log2(shape.GroupSize) / SizeLength,
            Math.Log2(shape.Batch * shape.Heads) / SizeLength,
            Math.Log2(shape.HeadDim) / SizeLength,
            Math.Log2(shape.Length / shape.NewTokens) / CachedShareLength,
        ]
        :
        [
            Math.Log2(shape.KvBytes / shape.KvElementBytes) / SizeLength,
            Math.Log2(shape.Length) / SizeLength,
            Math.Log2(shape.GroupSize) / SizeLength,
            Math.Log2(shape.Batch) / SizeLength,
            Math.Log2(shape.HeadDim) / SizeLength,
        ];
}
