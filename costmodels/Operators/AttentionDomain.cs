namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Attention calls for <see cref="LawModel{TContext, TShape}"/>. The constants were found by leaving out shapes, batch sizes, lengths and devices of
/// all tables at once.
/// </summary>
internal sealed class AttentionDomain : ILawDomain<AttentionContext, AttentionShape>
{
    private const double SameFamily = 0.9;
    private const double OtherFamily = 0.5;
    private const double OtherLibrary = 0.3;
    private const double OtherVersion = 0.9;
    private const double OtherType = 0.7;

    // How many doublings of a size it takes until residuals lose most of what they share.
    private const double SizeLength = 3;
    private const double CachedShareLength = 2;

    /// <summary>The one domain: it has no state.</summary>
    public static AttentionDomain Default { get; } = new();

    /// <inheritdoc/>
    public double Shared => 0.15;

    /// <inheritdoc/>
    public double Own => 0.15;

    /// <inheritdoc/>
    public double Noise => 0.02;

    /// <inheritdoc/>
    public string PhaseOf(AttentionContext context) => context.Prefill ? "prefill" : "decode";

    /// <inheritdoc/>
    public string DeviceOf(AttentionContext context) => context.Device.Name;

    /// <inheritdoc/>
    public string FamilyOf(AttentionContext context) => context.Device.Known ? context.Device.Family : "";

    /// <inheritdoc/>
    public bool Same(AttentionContext asked, AttentionContext measured) =>
        measured.Prefill == asked.Prefill && measured.KvType == asked.KvType && (asked.Software.Length == 0 || measured.Software == asked.Software)
            && measured.Device.Name == asked.Device.Name;

    /// <inheritdoc/>
    public double Likeness(AttentionContext a, AttentionContext b)
    {
        double like = a.Device.Name == b.Device.Name ? 1 : a.Device.Family == b.Device.Family ? SameFamily : OtherFamily;
        like *= a.Library != b.Library ? OtherLibrary : a.Software != b.Software ? OtherVersion : 1;
        return a.KvType != b.KvType ? like * OtherType : like;
    }

    /// <inheritdoc/>
    public double PowerOf(AttentionContext context) => context.Prefill ? AttentionLaw.PrefillPower : AttentionLaw.DecodePower;

    /// <inheritdoc/>
    public double[] Parts(AttentionContext context, AttentionShape shape) => AttentionLaw.Parts(shape, context.Device);

    /// <inheritdoc/>
    public double[] Place(AttentionContext context, AttentionShape shape) => shape.Prefill
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

    /// <summary>8 us of launch (the shortest decodes of attention tables take 6 to 12), products and bytes at 60 % of the peaks.</summary>
    public TimeLaw Unmeasured(AttentionContext context) => context.Prefill
        ? TimeLaw.Of(AttentionLaw.PrefillPower, 8, 1.7, 1, 1, 0, 1.5)
        : TimeLaw.Of(AttentionLaw.DecodePower, 8, 1.5, 0.7, 1.7, 1, 1.5, 0, 0);
}
