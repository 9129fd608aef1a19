namespace Orchestrator.CostModels.Training;

/// <summary>A dimension that matrix units have to pad.</summary>
/// <param name="Name">What it is: <c>vocabulary</c>, <c>width</c> …</param>
/// <param name="Size">As declared.</param>
/// <param name="Padded">The next multiple.</param>
public readonly record struct Misalignment(string Name, double Size, double Padded);

/// <summary>
/// Whether a model's dimensions are multiples of what matrix units work in, and what padding costs. Sizing rule: head size and dimensions of
/// matrices multiples of 64 (ZAYA1, arXiv 2511.17127).
/// </summary>
public static class ShapeLint
{
    /// <summary>The multiple that dimensions have to be of.</summary>
    public const int Multiple = 64;

    /// <summary>The next multiple at or above a size.</summary>
    public static double Pad(double size, int multiple = Multiple) => Math.Ceiling(size / multiple) * multiple;

    /// <summary>Dimensions of a model that are known and not aligned.</summary>
    public static IReadOnlyList<Misalignment> Check(ModelCard model, int multiple = Multiple)
    {
        (string Name, double? Size)[] dimensions =
        [
            ("width", model.Width), ("head size", model.HeadSize > 0 ? model.HeadSize : null), ("feed-forward", model.FeedForward),
            ("expert feed-forward", model.ExpertFeedForward), ("vocabulary", model.Vocabulary),
        ];
        return [.. dimensions.Where(d => d.Size is { } size && size != Pad(size, multiple)).Select(d => new Misalignment(d.Name, d.Size ?? 0, Pad(d.Size ?? 0, multiple)))];
    }

    /// <summary>
    /// Extra arithmetic of a matrix product with all three dimensions padded, as a share of the useful: <c>MNK padded / MNK - 1</c>.
    /// </summary>
    public static double PaddingCost(double m, double n, double k, int multiple = Multiple) =>
        Pad(m, multiple) * Pad(n, multiple) * Pad(k, multiple) / (m * n * k) - 1;
}
