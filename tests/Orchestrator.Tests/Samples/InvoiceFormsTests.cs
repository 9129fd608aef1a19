using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>Forms of dates, amounts and numbers on a page of two lines, and pages of rubbish.</summary>
public sealed class InvoiceFormsTests
{
    private static JsonObject Line(string text, double x, double y) =>
        new() { ["text"] = text, ["confidence"] = 0.98, ["x"] = x, ["y"] = y, ["width"] = 10 * text.Length, ["height"] = 24, ["angle"] = 0 };

    private static JsonObject Page(params JsonNode?[] lines) => new() { ["width"] = 1240, ["height"] = 1754, ["lines"] = new JsonArray(lines) };

    private static string?[] Field(string name, params (string Label, string Value)[] pairs) =>
        [.. InvoiceScripts.Read(pairs.Select(p => Page(Line(p.Label, 100, 200), Line(p.Value, 600, 203)))).Select(r => r!["fields"]![name]?.ToString())]; // a result for each page

    [Fact]
    public void DatesOfManyFormsAreRead() => Assert.Equal(
        ["2014-08-03", "2014-05-07", "2022-11-28", "2015-07-01", "2014-03-05", "2014-04-19", "2015-01-12", "2016-02-29", "2015-01-05", "2014-12-31", null],
        Field("date", ("Invoice Date:", "August 3 , 2014"), ("Rechnungsdatum", "7. Mai 2014"), ("Date de facture :", "28/11/2022"), ("Date de facturation", "1er juillet 2015"),
            ("Fecha de factura", "5 de marzo de 2014"), ("Factuurdatum:", "19april2014"), ("Invoice date", "12-Jan-15"), ("Data fattura", "29.02.16"), ("Fakturadatum", "2015-1-5"),
            ("Invoice date", "12/31/2014"), ("Invoice date", "31.02.2014")));

    [Fact]
    public void AmountsOfManyFormsAreRead() => Assert.Equal(
        ["1234.56", "1234.56", "1234.56", "1234.5", "123456", "3000", "717.97", "4.11", null],
        Field("amount", ("Total", "$1,234.56"), ("Gesamtbetrag", "1.234,56 EUR"), ("Total TTC :", "1 234,56"), ("Total CHF", "1'234.50"), ("Grand Total", "Rs. 1,23,456.00"),
            ("Te betalen", "€ 3.000,-"), ("Totaal", "717,97"), ("TOTAL AMOUNT DUE ON August 3, 2014", "$4.11"), ("Total VAT", "20%")));

    [Fact]
    public void NumbersOfManyFormsAreRead() => Assert.Equal(
        ["42183017", "INV/2023/03/0008", "RE-2014-001", "2023/114", "123 456 789 0", "17-22", null, null],
        Field("invoice_number", ("Invoice Number:", "42183017"), ("Invoice No.", "INV/2023/03/0008"), ("Rechnungsnr.", "RE-2014-001"), ("Nº Factura:", "2023 / 114"),
            ("Rechnungsnummer", "123 456 789 0"), ("Factuumummer", "17-22"), ("Invoice number", "07.05.2014"), ("Kundennummer", "4711")));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void RubbishGivesFieldsThatAskForReviewInTime(int seed)
    {
        var chance = new Random(seed);
        const string signs = "Total Rechnung 0123456789.,:/-€$%()#°’ éßJuni2014 EUR";
        JsonArray read = InvoiceScripts.Read(Enumerable.Range(0, 12).Select(i => Page([.. Enumerable.Range(0, i * 60).Select(_ => Line(
            string.Concat(Enumerable.Range(0, chance.Next(1, 120)).Select(_ => signs[chance.Next(signs.Length)])), chance.Next(1200), chance.Next(1700)))])));
        Assert.Equal(12, read.Count);
        Assert.True(read[0]!["fields"]!["needs_review"]!.GetValue<bool>()); // the page without a line
    }
}
