namespace Orchestrator.CostModels.Operators;

/// <summary>What a kind of operation knows about its contexts (where and with what it ran) and shapes (its sizes), for <see cref="LawModel{TContext, TShape}"/>.</summary>
internal interface ILawDomain<TContext, TShape>
    where TContext : class
{
    /// <summary>Standard deviation of log residuals that all contexts share in proportion to their likeness.</summary>
    double Shared { get; }

    /// <summary>Standard deviation of log residuals of one context alone.</summary>
    double Own { get; }

    /// <summary>Standard deviation of one measurement against its repetition.</summary>
    double Noise { get; }

    /// <summary>Laws and residuals of different phases have nothing to say about each other.</summary>
    string PhaseOf(TContext context);

    /// <summary>The catalogue's name of the device.</summary>
    string DeviceOf(TContext context);

    /// <summary>Devices that behave alike; empty where the device is unknown.</summary>
    string FamilyOf(TContext context);

    /// <summary>Whether a context that was asked for is one that was measured, perhaps under another name or by somebody else.</summary>
    bool Same(TContext asked, TContext measured);

    /// <summary>How alike two contexts are, in (0, 1]: 1 for the same.</summary>
    double Likeness(TContext a, TContext b);

    /// <summary>The power of the phase's <see cref="TimeLaw"/>.</summary>
    double PowerOf(TContext context);

    /// <summary>The parts of the law, in microseconds at the device's own peaks.</summary>
    double[] Parts(TContext context, TShape shape);

    /// <summary>Coordinates of a shape: logarithms of sizes in length scales.</summary>
    double[] Place(TContext context, TShape shape);

    /// <summary>The law where nothing at all was measured.</summary>
    TimeLaw Unmeasured(TContext context);
}

/// <summary>A measured case.</summary>
/// <param name="Context">Where and with what it ran.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Microseconds">Its time.</param>
internal readonly record struct LawRow<TContext, TShape>(TContext Context, TShape Shape, double Microseconds);

/// <summary>A measured case beside what the law says about it.</summary>
/// <param name="Context">Index of its context.</param>
/// <param name="Place">Coordinates in length scales.</param>
/// <param name="Residual">Natural logarithm of measured over law.</param>
internal readonly record struct LawPoint(int Context, double[] Place, double Residual);

/// <summary>What an answer rests on, from near to far.</summary>
internal enum LawSupport
{
    /// <summary>Cases of the same device, software and type.</summary>
    Context,

    /// <summary>Cases on the device with other software or of another type.</summary>
    Device,

    /// <summary>Cases on devices that behave alike.</summary>
    Family,

    /// <summary>Cases on other devices; the datasheet scales them.</summary>
    Other,
}

/// <summary>An answer before it has an interval.</summary>
/// <param name="Log">Natural logarithm of the likely time in microseconds.</param>
/// <param name="Deviation">What kriging leaves, as a standard deviation of that logarithm; to be scaled by what was seen on left-out rows.</param>
/// <param name="Support">What it rests on.</param>
/// <param name="Context">Index of the own context, or of the most alike; below 0 where nothing was measured.</param>
internal readonly record struct LawAnswer(double Log, double Deviation, LawSupport Support, int Context);
