using System.Diagnostics;
using Orchestrator.Runtime;
using Orchestrator.Targets.OnnxRuntime;
using Orchestrator.Tests.Samples;
using SkiaSharp;
using Xunit;

namespace Orchestrator.Tests.Targets.OnnxRuntime;

/// <summary>Reading pages, and what happens with files that are none.</summary>
public sealed class PageReaderTests
{
    private static byte[] Encode(SKBitmap page, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        using SKData data = page.Encode(format, 90);
        return data.ToArray();
    }

    private static byte[] Typeset(Action<InvoiceSheet> set, SKEncodedImageFormat format = SKEncodedImageFormat.Png)
    {
        Assert.SkipUnless(InvoiceSheet.HasFonts, "the DejaVu fonts are not installed");
        using var sheet = new InvoiceSheet();
        set(sheet);
        using SKBitmap page = sheet.Draw();
        return Encode(page, format);
    }

    private static string[] Texts(StepResult result) =>
        [.. ((ListDatum)((RecordDatum)result.Value)["lines"]!).Items.Select(l => ((RecordDatum)l)["text"]!.ToText())]; // the target always gives both

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public async Task LinesAreReadWithTheirSpacesAndPlaces(SKEncodedImageFormat format)
    {
        byte[] file = Typeset(s => s.Put(100, 200, "The quick brown fox jumps over the lazy dog", 24).Put(700, 400, "Total 1,234.56", 24), format);
        StepResult result = await PageModels.ReadAsync(file);
        Assert.Equal(["The quick brown fox jumps over the lazy dog", "Total 1,234.56"], Texts(result));
        var total = (RecordDatum)((ListDatum)((RecordDatum)result.Value)["lines"]!).Items[1]; // as above
        Assert.InRange(((DecimalDatum)total["x"]!).Value, 685, 705);
        Assert.InRange(((DecimalDatum)total["y"]!).Value, 370, 385);
        Assert.InRange(((DecimalDatum)total["confidence"]!).Value, 0.9m, 1m);
    }

    [Fact]
    public async Task ABlankPageHasNoLines() => Assert.Empty(Texts(await PageModels.ReadAsync(Typeset(_ => { }))));

    [Fact]
    public async Task TextInTheUsualOfficeDirectionOfATurnedFileIsRead()
    {
        Assert.SkipUnless(InvoiceSheet.HasFonts, "the DejaVu fonts are not installed");
        using var sheet = new InvoiceSheet();
        sheet.Put(300, 600, "Upward margin note", 24);
        using SKBitmap page = sheet.Draw();
        using var turned = new SKBitmap(page.Height, page.Width);
        using (var canvas = new SKCanvas(turned))
        {
            canvas.Translate(0, page.Width);
            canvas.RotateDegrees(-90);
            canvas.DrawBitmap(page, 0, 0);
        }

        Assert.Equal(["Upward margin note"], Texts(await PageModels.ReadAsync(Encode(turned))));
    }

    public static TheoryData<byte[], string> BadFiles => new()
    {
        { [], "empty" },
        { "not an image at all"u8.ToArray(), "not an image" },
        { "%PDF-1.7 and so on"u8.ToArray(), "PDF" },
        { Cut(), "ends early" },
        { Tiny(), "4 x 4" },
        { Huge(), "60000 x 60000" },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public async Task AFileThatIsNoPageIsExplained(byte[] file, string said)
    {
        StepFailedException e = await Assert.ThrowsAsync<StepFailedException>(() => PageModels.ReadAsync(file));
        Assert.Contains(said, e.Diagnostic.Message, StringComparison.Ordinal);
        Assert.StartsWith("ORC52", e.Diagnostic.Code, StringComparison.Ordinal);
        Assert.NotNull(e.Diagnostic.Remedy);
    }

    [Fact]
    public async Task SomethingOtherThanAnImageIsExplained()
    {
        await using var target = new OnnxTarget();
        Assert.SkipUnless(target.WhyUnavailable(PageModels.Service, PageModels.Surroundings) is null, "the model files were not fetched");
        StepFailedException e = await Assert.ThrowsAsync<StepFailedException>(async () => await target.ExecuteAsync(PageModels.Request(new TextDatum("x")), default));
        Assert.Equal("ORC5206", e.Diagnostic.Code);
    }

    [Fact]
    public void MissingFilesAreNamedWithTheCommandThatFetchesThem()
    {
        var nowhere = new TargetEnvironment("/", TimeProvider.System, name => name == "ORC_MODELS" ? "/nonexistent/models" : null);
        Assert.Null(ModelFiles.Find("no-such-bundle", ["a.onnx", "b.txt"], nowhere, out string why));
        Assert.Contains("a.onnx, b.txt", why, StringComparison.Ordinal);
        Assert.Contains("/nonexistent/models", why, StringComparison.Ordinal);
        Assert.Contains("tools/fetch-models/run", why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownBundleIsExplained()
    {
        await using var target = new OnnxTarget();
        Assert.Contains("ppocr-v4", target.WhyUnavailable(PageModels.Service with { Target = "ppocr-v9" }, PageModels.Surroundings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancellationStopsAReadingSoon()
    {
        byte[] file = Typeset(s =>
        {
            for (int i = 0; i < 60; i++)
            {
                s.Put(80, 60 + (i * 28), "One of many lines of text that all have to be read one after the other, which takes a while " + i, 20);
            }
        });
        await PageModels.ReadAsync(Typeset(_ => { })); // loads the models
        using var stop = new CancellationTokenSource();
        long start = Stopwatch.GetTimestamp();
        Task<StepResult> reading = Task.Factory.StartNew(() => PageModels.ReadAsync(file, stop.Token), default, TaskCreationOptions.None, TaskScheduler.Default).Unwrap();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 10);
    }

    private static byte[] Cut()
    {
        using var page = new SKBitmap(400, 400);
        using (var canvas = new SKCanvas(page))
        using (var paint = new SKPaint { Shader = SKShader.CreatePerlinNoiseTurbulence(0.3f, 0.3f, 3, 1) })
        {
            canvas.DrawPaint(paint);
        }

        byte[] file = Encode(page);
        return file[..(file.Length / 2)];
    }

    private static byte[] Tiny()
    {
        using var page = new SKBitmap(4, 4);
        return Encode(page);
    }

    // Only the head of a file: it must be refused before any memory is taken for its pixels.
    private static byte[] Huge()
    {
        using var page = new SKBitmap(16, 16);
        byte[] file = Encode(page);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(16), 60000);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(file.AsSpan(20), 60000);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(29), Crc(file.AsSpan(12, 17)));
        return file;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int k = 0; k < 8; k++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }
}
