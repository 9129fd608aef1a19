using System.Globalization;

namespace Orchestrator.CostModels.Training;

/// <summary>A stage of a vision transformer.</summary>
/// <param name="Kernel">Side of the convolution that leads into it.</param>
/// <param name="Split">Windows of attention along a side.</param>
/// <param name="Expansion">Inner size of the feed-forward part over the width.</param>
/// <param name="Layers">Layers.</param>
public readonly record struct VisionStage(int Kernel, int Split, int Expansion, int Layers);

/// <summary>
/// Shapes, weights and arithmetic of a transformer for pictures in four stages (As-ViT, arXiv 2202.11921): the first stage sees a quarter of each
/// side, every further one half of the one before at twice the width, at most 1,024; heads double as well and reach their number in the last.
/// </summary>
/// <param name="Stages">The stages.</param>
/// <param name="Heads">Heads of the last stage.</param>
/// <param name="Width">Width of the first stage.</param>
public sealed record StagedTransformer(IReadOnlyList<VisionStage> Stages, int Heads, int Width)
{
    private const int WidestStage = 1024;
    private const int Classes = 1000;

    /// <summary>Reads <c>8,2,3,5|4,1,2,2|4,1,4,5|4,1,6,2|32,180</c>: kernel, split, expansion and layers of each stage, heads and width.</summary>
    /// <exception cref="FormatException">Not written so.</exception>
    public static StagedTransformer Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int[][] parts = [.. text.Split('|').Select(p => p.Split(',').Select(n => int.Parse(n, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray())];
        if (parts.Length < 2 || parts[..^1].Any(p => p.Length != 4) || parts[^1].Length != 2 || parts.Any(p => p.Any(n => n < 1)))
        {
            throw new FormatException($"'{text}': write kernel,split,expansion,layers for each stage and heads,width, parted by |");
        }

        return new StagedTransformer([.. parts[..^1].Select(p => new VisionStage(p[0], p[1], p[2], p[3]))], parts[^1][0], parts[^1][1]);
    }

    /// <summary>Layers of all stages.</summary>
    public int Layers => Stages.Sum(s => s.Layers);

    /// <summary>Width of a stage, counted from 0.</summary>
    public int WidthOf(int stage) => Math.Min(WidestStage, Width << stage);

    /// <summary>Heads of a stage, counted from 0.</summary>
    public int HeadsOf(int stage) => Math.Max(1, Heads >> (Stages.Count - 1 - stage));

    /// <summary>Tokens along a side of a stage for a picture of so many pixels.</summary>
    public static int SideOf(int stage, int pixels) => pixels / (4 << stage);

    /// <summary>Whether heads divide every stage's width, and windows every stage's side.</summary>
    public bool Divides(int pixels) => Enumerable.Range(0, Stages.Count).All(
        i => WidthOf(i) % HeadsOf(i) == 0 && SideOf(i, pixels) > 0 && SideOf(i, pixels) % Stages[i].Split == 0);

    /// <summary>Weights of matrices and convolutions with the head's hidden layer; norms and biases are left out.</summary>
    public double Parameters => Stages.Select((s, i) => Led(i) + s.Layers * LayerWeights(i)).Sum() + Head;

    /// <summary>Multiply-adds of a picture of so many pixels along a side; attention looks at its own window.</summary>
    public double Macs(int pixels)
    {
        double sum = Head;
        for (int i = 0; i < Stages.Count; i++)
        {
            double tokens = Math.Pow(SideOf(i, pixels), 2);
            double window = tokens / (Stages[i].Split * Stages[i].Split);
            sum += tokens * (Led(i) + Stages[i].Layers * (LayerWeights(i) + 2 * window * WidthOf(i)));
        }

        return sum;
    }

    private double Head => (double)WidthOf(Stages.Count - 1) * (WidthOf(Stages.Count - 1) + Classes);

    // The convolution that leads into a stage, from the picture's three channels into the first.
    private double Led(int stage) => (double)Stages[stage].Kernel * Stages[stage].Kernel * (stage == 0 ? 3 : WidthOf(stage - 1)) * WidthOf(stage);

    private double LayerWeights(int stage) => (4.0 + 2 * Stages[stage].Expansion) * WidthOf(stage) * WidthOf(stage);
}
