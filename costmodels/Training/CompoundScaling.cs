namespace Orchestrator.CostModels.Training;

/// <summary>
/// Growing a convolutional network to s times the arithmetic by depth, width and resolution together (Fast and accurate model scaling, arXiv
/// 2103.06877): arithmetic goes with depth, width squared and resolution squared, activations with depth, width and resolution squared.
/// </summary>
/// <param name="WidthShare">alpha: share of the growth that goes to width, 0 to 1; depth and resolution have half of the rest each.</param>
public readonly record struct CompoundScaling(double WidthShare)
{
    /// <summary>A third each.</summary>
    public static CompoundScaling Uniform { get; } = new(1.0 / 3);

    /// <summary>Factor on layers.</summary>
    public double Depth(double s) => Math.Pow(s, (1 - WidthShare) / 2);

    /// <summary>Factor on channels.</summary>
    public double Width(double s) => Math.Pow(s, WidthShare / 2);

    /// <summary>Factor on each side of the picture.</summary>
    public double Resolution(double s) => Math.Pow(s, (1 - WidthShare) / 4);

    /// <summary>Exponent of activations over arithmetic: <c>1 - alpha / 2</c>.</summary>
    public double ActivationExponent => 1 - WidthShare / 2;
}

/// <summary>Equal convolutions of 3 x 3 in a row, which keep channels and resolution.</summary>
/// <param name="Layers">How many.</param>
/// <param name="Channels">Channels in and out.</param>
/// <param name="Side">Pixels of a side.</param>
public readonly record struct ConvolutionStack(double Layers, double Channels, double Side)
{
    /// <summary>Multiply-adds: <c>9 * layers * channels^2 * side^2</c>.</summary>
    public double Macs => 9 * Layers * Channels * Channels * Side * Side;

    /// <summary>Numbers that the layers put out: <c>layers * channels * side^2</c>.</summary>
    public double Activations => Layers * Channels * Side * Side;

    /// <summary>The stack grown to about s times the arithmetic; layers, channels and pixels stay whole numbers.</summary>
    public ConvolutionStack Grow(CompoundScaling scaling, double s) => new(
        Math.Round(Layers * scaling.Depth(s)), Math.Round(Channels * scaling.Width(s)), Math.Round(Side * scaling.Resolution(s)));
}
