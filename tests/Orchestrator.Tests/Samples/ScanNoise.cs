using SkiaSharp;

namespace Orchestrator.Tests.Samples;

/// <summary>Makes a clean page look scanned: laid a little askew, lit unevenly, slightly out of focus, with specks of dust.</summary>
internal static class ScanNoise
{
    // Levels of grey that are kept: a scanner's noise would make the file ten times as large and the reading no harder.
    private const int Levels = 24;

    /// <summary>The scanned page in grey; the caller disposes it.</summary>
    public static SKBitmap Apply(SKBitmap page, int seed, float degrees = 0.4f, float blur = 0.7f)
    {
        var chance = new Random(seed);
        using var turned = new SKBitmap(new SKImageInfo(page.Width, page.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(turned))
        using (var image = SKImage.FromBitmap(page))
        using (var paint = new SKPaint { ImageFilter = SKImageFilter.CreateBlur(blur, blur) })
        {
            canvas.Clear(SKColors.White);
            canvas.RotateDegrees(degrees, page.Width / 2f, page.Height / 2f);
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKCubicResampler.Mitchell), paint);
        }

        byte[] grey = turned.GetPixelSpan().ToArray();
        Light(grey, page.Width, page.Height);
        Dust(grey, page.Width, page.Height, chance);
        var scanned = new SKBitmap(new SKImageInfo(page.Width, page.Height, SKColorType.Gray8, SKAlphaType.Opaque));
        grey.CopyTo(scanned.GetPixelSpan());
        return scanned;
    }

    // A shadow towards the lower right corner and the fold at the left; paper is never quite white and ink never quite black.
    private static void Light(byte[] grey, int width, int height)
    {
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                double shade = 0.97 - (0.13 * x / width * y / height) - (0.1 * Math.Exp(-x / 40.0));
                double value = (30 + (grey[(y * width) + x] * 225 / 255.0)) * shade;
                grey[(y * width) + x] = (byte)Math.Round(Math.Round(value / 255 * Levels) * 255 / Levels);
            }
        }
    }

    private static void Dust(byte[] grey, int width, int height, Random chance)
    {
        for (int i = 0; i < 900; i++)
        {
            (int x, int y, int size) = (chance.Next(2, width - 4), chance.Next(2, height - 4), chance.Next(1, 3));
            byte tone = (byte)(chance.Next(3) == 0 ? 60 : 170);
            for (int k = 0; k < size * size; k++)
            {
                grey[((y + (k / size)) * width) + x + (k % size)] = tone;
            }
        }
    }
}
