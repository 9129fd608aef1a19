using SkiaSharp;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>Draws a part of a page into the planes of floats that the networks take.</summary>
internal static class Pixels
{
    // Text that is drawn much smaller must be averaged, not sampled.
    private static readonly SKSamplingOptions Sampling = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <summary>Planes blue, green, red of <paramref name="width"/> x <paramref name="height"/>: (value / 255 - mean) / deviation.</summary>
    /// <param name="page">The page.</param>
    /// <param name="toTarget">From page pixels to target pixels.</param>
    /// <param name="width">Of the target.</param>
    /// <param name="height">Of the target.</param>
    /// <param name="mean">One for each plane.</param>
    /// <param name="deviation">One for each plane.</param>
    public static float[] Normalize(SKImage page, SKMatrix toTarget, int width, int height, float[] mean, float[] deviation)
    {
        using var target = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(target))
        {
            canvas.Clear(SKColors.White);
            canvas.SetMatrix(toTarget);
            canvas.DrawImage(page, 0, 0, Sampling, null);
        }

        ReadOnlySpan<byte> bytes = target.GetPixelSpan();
        float[] planes = new float[3 * width * height];
        for (int c = 0; c < 3; c++)
        {
            float factor = 1 / (255 * deviation[c]);
            float offset = mean[c] / deviation[c];
            Span<float> plane = planes.AsSpan(c * width * height, width * height);
            for (int i = 0; i < plane.Length; i++)
            {
                plane[i] = (bytes[(4 * i) + c] * factor) - offset;
            }
        }

        return planes;
    }
}
