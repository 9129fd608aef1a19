using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>Extraction on invoices that nobody ever wrote: languages, layouts and formats vary, figures come from seeds.</summary>
public sealed class InvoiceFieldsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void FieldsOfInventedInvoicesAreFound(int seed)
    {
        Assert.SkipUnless(InvoiceSheet.HasFonts, "the DejaVu fonts are not installed");
        InventedInvoices.Invented[] invoices = [.. InventedInvoices.All(seed)];
        var chance = new Random(seed);
        JsonArray read = InvoiceScripts.Read(invoices.Select(i => i.Sheet.ToLines(chance)));
        var wrong = new List<string>();
        for (int i = 0; i < invoices.Length; i++)
        {
            JsonObject expected = invoices[i].Fields.ToJson();
            string score = InvoiceScore.Say(invoices[i].Name, read[i]!["fields"], expected); // one result for each page
            TestContext.Current.TestOutputHelper?.WriteLine(score);
            if (InvoiceScore.Missed(read[i]!["fields"], expected).Count > 0)
            {
                wrong.Add(score);
            }

            invoices[i].Sheet.Dispose();
        }

        Assert.True(wrong.Count == 0, $"seed {seed}:\n" + string.Join('\n', wrong));
    }
}
