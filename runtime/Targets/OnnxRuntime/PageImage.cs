using Orchestrator.Diagnostics;
using Orchestrator.Runtime;
using SkiaSharp;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>Decodes PNG, JPEG, WebP, BMP and GIF files into upright pages on white ground.</summary>
internal static class PageImage
{
    /// <summary>The most pixels that are decoded: A3 at 600 dpi. Four bytes each, so 280 MB at most.</summary>
    private const long MaxPixels = 70_000_000;

    private const int MinSide = 16;

    /// <summary>Decodes a file. The caller disposes the bitmap. Throws <see cref="StepFailedException"/> for what cannot be read.</summary>
    public static SKBitmap Decode(ReadOnlyMemory<byte> file)
    {
        if (file.IsEmpty)
        {
            throw Failed("ORC5201", "the page image is empty", "give a PNG or JPEG file of the page");
        }

        using SKData data = SKData.CreateCopy(file.Span);
        using var codec = SKCodec.Create(data);
        if (codec is null)
        {
            throw Failed("ORC5201", "the page is not an image that can be read" + (IsPdf(file.Span) ? ": it is a PDF" : ""),
                IsPdf(file.Span) ? "render it first, for instance with pdftoppm -r 150 -png" : "give a PNG or JPEG file of the page");
        }

        SKImageInfo info = codec.Info;
        if ((long)info.Width * info.Height > MaxPixels || info.Width < MinSide || info.Height < MinSide)
        {
            throw Failed("ORC5202", $"the page image has {info.Width} x {info.Height} pixels",
                $"give one of at least {MinSide} pixels a side and at most {MaxPixels / 1_000_000} million pixels; 150 to 300 dpi is best");
        }

        var target = new SKImageInfo(info.Width, info.Height, SKColorType.Bgra8888, SKAlphaType.Premul);
        using var decoded = new SKBitmap(target);
        SKCodecResult result = codec.GetPixels(target, decoded.GetPixels());
        return result == SKCodecResult.Success
            ? Upright(decoded, codec.EncodedOrigin)
            : throw Failed("ORC5201", "the page image is damaged or ends early", "give the whole file");
    }

    // Scanners and phones write the page turned and say so; transparent pages would come out black without the white ground.
    private static SKBitmap Upright(SKBitmap page, SKEncodedOrigin origin)
    {
        bool swap = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        (int width, int height) = swap ? (page.Height, page.Width) : (page.Width, page.Height);
        var upright = new SKBitmap(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(upright);
        canvas.Clear(SKColors.White);
        canvas.Concat(origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        });
        canvas.DrawBitmap(page, 0, 0);
        return upright;
    }

    private static bool IsPdf(ReadOnlySpan<byte> file) => file.StartsWith("%PDF"u8);

    private static StepFailedException Failed(string code, string message, string remedy) =>
        new(Diagnostic.Error(code, message, SourceSpan.None, remedy));
}
