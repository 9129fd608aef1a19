using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Runtime;
using Orchestrator.Tests.Targets.OnnxRuntime;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>From image to fields: the sample's page, fresh scans of invented invoices, and the real pages beside the repository.</summary>
public sealed class InvoicePagesTests
{
    private static string Input(string name) => Repository.PathOf("samples", "invoice-intake", "input", name);

    private static async Task<JsonNode> Read(byte[] file)
    {
        StepResult lines = await PageModels.ReadAsync(file);
        return InvoiceScripts.Read([lines.Value.ToJson()!.AsObject()])[0]!; // the target gives a record, the scripts one result a page
    }

    [Fact]
    public async Task TheSamplesPageIsRead()
    {
        if (Environment.GetEnvironmentVariable("ORC_MAKE_PAGE") == "1")
        {
            Assert.True(InvoiceSheet.HasFonts, "the DejaVu fonts are not installed");
            Directory.CreateDirectory(Input(""));
            await File.WriteAllBytesAsync(Input("page.png"), InvoicePages.SamplePage());
            await File.WriteAllTextAsync(Input("page.expected.json"), InvoicePages.Sample().Fields.ToJson().ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n");
        }

        byte[] file = await File.ReadAllBytesAsync(Input("page.png"));
        Assert.InRange(file.Length, 1000, 400_000);
        JsonNode read = await Read(file);
        Assert.Empty(InvoiceScore.Missed(read["fields"], JsonNode.Parse(await File.ReadAllTextAsync(Input("page.expected.json")))!)); // the file holds an object
        Assert.True(read["ok"]!.GetValue<bool>(), read["summary"]!.ToString());
    }

    [Theory]
    [InlineData("de hosting", 0.5f, 0.8f)]
    [InlineData("fr telephone", -0.5f, 0.7f)]
    [InlineData("it energy", 0.3f, 0.9f)]
    [InlineData("en-in travel", -0.3f, 0.6f)]
    public async Task FreshScansAreRead(string name, float degrees, float blur)
    {
        Assert.SkipUnless(InvoiceSheet.HasFonts, "the DejaVu fonts are not installed");
        InventedInvoices.Invented invoice = InventedInvoices.All(11).First(i => i.Name == name);
        using InvoiceSheet sheet = invoice.Sheet;
        JsonNode read = await Read(InvoicePages.Scan(sheet, 11, degrees, blur));
        Assert.True(InvoiceScore.Missed(read["fields"], invoice.Fields.ToJson()).Count == 0, InvoiceScore.Say(name, read["fields"], invoice.Fields.ToJson()) + "\n" + read["text"]);
    }

    [Theory]
    [InlineData("AmazonWebServices")]
    [InlineData("NetpresseInvoice")]
    [InlineData("QualityHosting")]
    [InlineData("coolblue1")]
    public async Task RealPagesAreRead(string name)
    {
        string page = Repository.Shared("inputs", "invoices", name + "-1.png");
        JsonNode expected = JsonNode.Parse(await File.ReadAllTextAsync(Repository.Shared("inputs", "invoices", name + ".json")))![0]!; // a list of one
        JsonNode read = await Read(await File.ReadAllBytesAsync(page));
        TestContext.Current.TestOutputHelper?.WriteLine(InvoiceScore.Say(name, read["fields"], expected));
        string text = InvoiceScore.Plain(read["text"]!.ToString());
        Assert.Contains(InvoiceScore.Plain(expected["invoice_number"]!.ToString()), text, StringComparison.Ordinal);
        string amount = expected["amount"]!.ToString();
        bool hasAmount = text.Contains(InvoiceScore.Plain(amount), StringComparison.Ordinal);
        // The total of a page that continues overleaf is not on it: then nothing may be made up for it.
        Assert.True(hasAmount || read["fields"]!["amount"] is null, $"{amount} is not in the text, but {read["fields"]!["amount"]} was taken");
        List<string> missed = InvoiceScore.Missed(read["fields"], expected);
        Assert.All(missed, m => Assert.True(!hasAmount && m.StartsWith("amount", StringComparison.Ordinal), m));
    }
}
