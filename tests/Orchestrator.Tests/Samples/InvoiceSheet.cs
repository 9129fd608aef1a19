using System.Text.Json.Nodes;
using SkiaSharp;

namespace Orchestrator.Tests.Samples;

/// <summary>The fields that are printed on an invented invoice.</summary>
internal sealed record InvoiceFields(string Issuer, string Date, string InvoiceNumber, decimal Amount, string Currency)
{
    public JsonObject ToJson() => new()
    {
        ["issuer"] = Issuer,
        ["date"] = Date,
        ["invoice_number"] = InvoiceNumber,
        ["amount"] = Amount,
        ["currency"] = Currency,
    };
}

/// <summary>An A4 page at 150 dpi that is set line by line; it can be drawn, or given as the lines that a reader would see.</summary>
internal sealed class InvoiceSheet : IDisposable
{
    public const int Width = 1240;
    public const int Height = 1754;
    private const string Fonts = "/usr/share/fonts/truetype/dejavu/";

    private readonly List<Line> _lines = [];
    private readonly List<(float X1, float Y1, float X2, float Y2)> _rules = [];
    private readonly Dictionary<bool, SKTypeface> _faces = [];

    private sealed record Line(string Text, float X, float Baseline, float Size, bool Bold, float Width);

    /// <summary>Whether the fonts that pages are set in are on this machine.</summary>
    public static bool HasFonts => File.Exists(Fonts + "DejaVuSansCondensed.ttf");

    /// <summary>Sets a line with its left end (or, when <paramref name="right"/>, its right end) at x.</summary>
    public InvoiceSheet Put(float x, float y, string text, float size = 20, bool bold = false, bool right = false)
    {
        using SKFont font = FontOf(size, bold);
        float width = font.MeasureText(text);
        _lines.Add(new Line(text, right ? x - width : x, y, size, bold, width));
        return this;
    }

    /// <summary>Sets lines under one another.</summary>
    public InvoiceSheet Column(float x, float y, float step, float size, params ReadOnlySpan<string> texts)
    {
        for (int i = 0; i < texts.Length; i++)
        {
            Put(x, y + (i * step), texts[i], size);
        }

        return this;
    }

    /// <summary>Sets label and value of each pair in a row of their own; values end at <paramref name="right"/> when it is given.</summary>
    public InvoiceSheet Pairs(float x, float valueX, float y, float step, bool right, params ReadOnlySpan<(string Label, string Value)> pairs)
    {
        for (int i = 0; i < pairs.Length; i++)
        {
            Put(x, y + (i * step), pairs[i].Label);
            Put(valueX, y + (i * step), pairs[i].Value, right: right);
        }

        return this;
    }

    public InvoiceSheet Rule(float y, float x1 = 100, float x2 = 1140)
    {
        _rules.Add((x1, y, x2, y));
        return this;
    }

    /// <summary>The page as the lines of a reader that knows neither accents nor the signs of currencies, and sometimes loses a space.</summary>
    public JsonObject ToLines(Random chance)
    {
        var lines = new JsonArray();
        foreach (Line line in _lines)
        {
            float jitter = (float)(chance.NextDouble() - 0.5) * 0.1f * line.Size;
            lines.Add(new JsonObject
            {
                ["text"] = Worn(line.Text, chance),
                ["confidence"] = 0.97,
                ["x"] = line.X - 3,
                ["y"] = line.Baseline - (line.Size * 0.95f) + jitter,
                ["width"] = line.Width + 6,
                ["height"] = line.Size * 1.25f,
                ["angle"] = 0,
            });
        }

        return new JsonObject { ["width"] = Width, ["height"] = Height, ["lines"] = lines };
    }

    /// <summary>The page as an image; the caller disposes it.</summary>
    public SKBitmap Draw()
    {
        var page = new SKBitmap(new SKImageInfo(Width, Height, SKColorType.Bgra8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(page);
        using var ink = new SKPaint { Color = new SKColor(25, 25, 30), IsAntialias = true };
        canvas.Clear(SKColors.White);
        foreach (Line line in _lines)
        {
            using SKFont font = FontOf(line.Size, line.Bold);
            canvas.DrawText(line.Text, line.X, line.Baseline, font, ink);
        }

        foreach ((float x1, float y1, float x2, float y2) in _rules)
        {
            canvas.DrawLine(x1, y1, x2, y2, ink);
        }

        return page;
    }

    public void Dispose()
    {
        foreach (SKTypeface face in _faces.Values)
        {
            face.Dispose();
        }
    }

    private SKFont FontOf(float size, bool bold)
    {
        if (!_faces.TryGetValue(bold, out SKTypeface? face))
        {
            face = SKTypeface.FromFile(Fonts + (bold ? "DejaVuSansCondensed-Bold.ttf" : "DejaVuSansCondensed.ttf"));
            _faces.Add(bold, face);
        }

        return new SKFont(face, size) { Subpixel = true, Edging = SKFontEdging.Antialias };
    }

    private static string Worn(string text, Random chance)
    {
        var worn = new System.Text.StringBuilder();
        foreach (char c in text.Normalize(System.Text.NormalizationForm.FormD))
        {
            bool lost = c is '€' or '£' or '₹' || System.Globalization.CharUnicodeInfo.GetUnicodeCategory(c) == System.Globalization.UnicodeCategory.NonSpacingMark
                || (c == ' ' && worn.Length > 0 && !char.IsAsciiDigit(worn[^1]) && chance.NextDouble() < 0.04);
            if (!lost)
            {
                worn.Append(c);
            }
        }

        return worn.ToString().Trim();
    }
}
