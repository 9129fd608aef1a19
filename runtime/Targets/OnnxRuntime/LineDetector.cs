using SkiaSharp;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>
/// Finds lines of text with the PP-OCRv4 detector (differentiable binarization): the network gives each pixel a probability of being in the
/// shrunken core of a line; each connected core gets its smallest rectangle, which is grown back to the line's full size.
/// </summary>
internal sealed class LineDetector(OnnxModel model)
{
    /// <summary>Longer side of the image that the network sees. 960 also reads invoices at 150 dpi, less does not; more is slower.</summary>
    public const int LongSide = 1280;

    private const float Threshold = 0.3f;
    private const float MinScore = 0.6f;
    private const float Unclip = 1.5f;
    private const float MinSide = 3;
    private const int MaxLines = 2000;

    // ImageNet statistics in the order blue, green, red of the training images' files.
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    /// <summary>The boxes of the lines in pixels of <paramref name="page"/>, from top to bottom.</summary>
    public List<TurnedBox> Find(SKImage page, CancellationToken cancellationToken)
    {
        // Small images are enlarged at most twice: beyond that there is nothing more to see.
        float scale = Math.Min(LongSide / (float)Math.Max(page.Width, page.Height), 2);
        int width = Math.Max(32, (int)MathF.Round(page.Width * scale / 32) * 32);
        int height = Math.Max(32, (int)MathF.Round(page.Height * scale / 32) * 32);
        float[] input = Pixels.Normalize(page, SKMatrix.CreateScale(width / (float)page.Width, height / (float)page.Height), width, height, Mean, Deviation);
        float x = page.Width / (float)width;
        float y = page.Height / (float)height;
        return model.Run(input, [1, 3, height, width], (output, _) =>
        {
            List<Component> cores = Components.Find(output.GetTensorDataAsSpan<float>(), width, height, Threshold);
            return cores.Where(c => c.Sum / c.Area >= MinScore).Select(c => MinimumRectangle.Around(c.Outline))
                .Where(b => Math.Min(b.Width, b.Height) >= MinSide).Select(b => Grow(b).Scale(x, y))
                .OrderBy(b => b.CenterY).ThenBy(b => b.CenterX).Take(MaxLines).ToList();
        }, cancellationToken);
    }

    private static TurnedBox Grow(TurnedBox core)
    {
        float margin = core.Width * core.Height * Unclip / (2 * (core.Width + core.Height));
        return core with { Width = core.Width + (2 * margin), Height = core.Height + (2 * margin) };
    }
}
