namespace Orchestrator.CostModels.Operators;

/// <summary>Where a cache was moved: rows of one context are measured alike.</summary>
/// <param name="Source">Who measured.</param>
/// <param name="Hardware">The devices at both ends.</param>
/// <param name="Link">The link in the words of the row.</param>
internal sealed record KvTransferContext(string Source, string Hardware, string Link)
{
    /// <summary>Bytes per second in one direction; assumed where the words give none.</summary>
    public double Rate { get; } = KvTransferLink.BytesPerSecond(Link) ?? KvTransferLink.Assumed;

    /// <summary>Whether the words give a rate.</summary>
    public bool Known { get; } = KvTransferLink.BytesPerSecond(Link) is not null;
}

/// <summary>Bytes that are moved at once.</summary>
internal readonly record struct KvTransferSize(double Bytes);

/// <summary>Cache transfers for <see cref="LawModel{TContext, TShape}"/>: latency, bytes over the link and a part between the two for ramping up.</summary>
internal sealed class KvTransferDomain : ILawDomain<KvTransferContext, KvTransferSize>
{
    // Transfers ramp up: measured rates grow up to some hundred MB, more slowly than latency alone would make them.
    private const double BytesLength = 4;
    private const double Power = 1.0;

    /// <summary>The one domain: it has no state.</summary>
    public static KvTransferDomain Default { get; } = new();

    /// <inheritdoc/>
    public double Shared => 0.1;

    /// <inheritdoc/>
    public double Own => 0.1;

    /// <inheritdoc/>
    public double Noise => 0.02;

    /// <inheritdoc/>
    public string PhaseOf(KvTransferContext context) => "";

    /// <inheritdoc/>
    public string DeviceOf(KvTransferContext context) => context.Link;

    /// <inheritdoc/>
    public string FamilyOf(KvTransferContext context) => context.Known ? "rate" : "";

    /// <inheritdoc/>
    public bool Same(KvTransferContext asked, KvTransferContext measured) =>
        measured.Link == asked.Link && (asked.Hardware.Length == 0 || asked.Hardware == measured.Hardware);

    /// <inheritdoc/>
    public double Likeness(KvTransferContext a, KvTransferContext b) => a.Link == b.Link ? 0.9 : a.Known && b.Known ? 0.5 : 0.2;

    /// <inheritdoc/>
    public double PowerOf(KvTransferContext context) => Power;

    /// <inheritdoc/>
    public double[] Parts(KvTransferContext context, KvTransferSize shape)
    {
        double wire = shape.Bytes * 1e6 / context.Rate;
        return [1, wire, Math.Sqrt(wire)];
    }

    /// <inheritdoc/>
    public double[] Place(KvTransferContext context, KvTransferSize shape) => [Math.Log2(shape.Bytes) / BytesLength];

    /// <summary>A tenth of a millisecond to start and 60 % of the link.</summary>
    public TimeLaw Unmeasured(KvTransferContext context) => TimeLaw.Of(Power, 100, 1.7, 0);
}
