using SkiaSharp;

namespace Orchestrator.Tests.Samples;

/// <summary>The sample's own page: an invented invoice, drawn and scanned by <see cref="ScanNoise"/>.</summary>
internal static class InvoicePages
{
    private const int Seed = 7;

    public static InventedInvoices.Invented Sample() => InventedInvoices.All(Seed).First(i => i.Name == "en-gb joiner");

    public static byte[] Scan(InvoiceSheet sheet, int seed, float degrees = 0.4f, float blur = 0.7f)
    {
        using SKBitmap clean = sheet.Draw();
        using SKBitmap scanned = ScanNoise.Apply(clean, seed, degrees, blur);
        using SKData file = scanned.Encode(SKEncodedImageFormat.Png, 100);
        return file.ToArray();
    }

    public static byte[] SamplePage()
    {
        InventedInvoices.Invented invoice = Sample();
        using InvoiceSheet sheet = invoice.Sheet;
        return Scan(sheet, Seed);
    }
}
