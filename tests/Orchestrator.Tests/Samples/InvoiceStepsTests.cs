using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>The sample's steps as the workflow calls them, one process each, and what validation says.</summary>
public sealed class InvoiceStepsTests
{
    private const string Page = """
        { "width": 1000, "height": 1400, "lines": [
          { "text": "Lindholm Papier GmbH", "confidence": 0.99, "x": 80, "y": 60, "width": 260, "height": 24, "angle": 0 },
          { "text": "42O17", "confidence": 0.98, "x": 700, "y": 203, "width": 70, "height": 24, "angle": 0 },
          { "text": "Rechnungsnummer:", "confidence": 0.98, "x": 480, "y": 200, "width": 190, "height": 24, "angle": 0 },
          { "text": "Rechnungsdatum: 3. Mai 2021", "confidence": 0.98, "x": 480, "y": 240, "width": 290, "height": 24, "angle": 0 },
          { "text": "Gesamtbetrag", "confidence": 0.98, "x": 480, "y": 700, "width": 160, "height": 24, "angle": 0 },
          { "text": "1.190,00", "confidence": 0.98, "x": 800, "y": 698, "width": 90, "height": 24, "angle": 0 } ] }
        """;

    private static JsonNode Run(string script, JsonObject arguments)
    {
        string output = InvoiceScripts.Step(script, arguments.ToJsonString(), out int code, out string error);
        Assert.True(code == 0, error);
        return JsonNode.Parse(output)!; // a step that ends well prints JSON
    }

    private static JsonNode ReadPage() => Run("reading-order.mjs", new JsonObject { ["page"] = JsonNode.Parse(Page) });

    private static JsonNode Validate(JsonNode page, JsonNode fields, JsonNode? answer = null)
    {
        var arguments = new JsonObject { ["page"] = page.DeepClone(), ["fields"] = fields.DeepClone() };
        if (answer is not null)
        {
            arguments["answer"] = answer;
        }

        return Run("validate.mjs", arguments);
    }

    private static JsonObject Fields(string issuer = "Lindholm Papier GmbH", string date = "2021-05-03", string number = "42017", double amount = 1190, double? net = null, double? tax = null) => new()
    {
        ["issuer"] = issuer,
        ["date"] = date,
        ["invoice_number"] = number,
        ["amount"] = amount,
        ["currency"] = "EUR",
        ["net"] = net,
        ["tax"] = tax,
        ["confidence"] = new JsonObject { ["issuer"] = 0.9, ["date"] = 0.9, ["invoice_number"] = 0.9, ["amount"] = 0.9, ["currency"] = 0.9 },
    };

    [Fact]
    public void RowsComeBeforeLabelsAndDigitsAreMended()
    {
        string text = ReadPage()["text"]!.ToString();
        Assert.Contains("Rechnungsnummer:  42017", text, StringComparison.Ordinal);
        Assert.Contains("Gesamtbetrag  1.190,00", text, StringComparison.Ordinal);
    }

    [Fact]
    public void FieldsGoThroughEveryStep()
    {
        JsonNode page = ReadPage();
        JsonNode found = Run("fields.mjs", new JsonObject { ["page"] = page.DeepClone(), ["vendors"] = null });
        Assert.Empty(InvoiceScore.Missed(found, Fields()));
        JsonNode validated = Validate(page, found);
        Assert.True(validated["ok"]!.GetValue<bool>(), validated["summary"]!.ToString());
        Assert.False(validated["fields"]!["needs_review"]!.GetValue<bool>());
    }

    [Fact]
    public void AVendorOfTheTableHelpsOnlyWhenThePageNamesIt()
    {
        JsonNode page = ReadPage();
        var vendors = JsonNode.Parse("""[ { "name": "Lindholm Papier GmbH & Co. KG", "aliases": "Lindholm Papier", "domain": "", "currency": "CHF" }, { "name": "Nowhere Ltd", "aliases": "", "domain": "nowhere.example", "currency": "GBP" } ]""");
        JsonNode found = Run("fields.mjs", new JsonObject { ["page"] = page.DeepClone(), ["vendors"] = vendors });
        Assert.StartsWith("Lindholm Papier", found["issuer"]!.ToString(), StringComparison.Ordinal);
        Assert.NotEqual("GBP", found["currency"]?.ToString());
    }

    [Theory]
    [InlineData("reading-order.mjs", "{}", "\"lines\"")]
    [InlineData("fields.mjs", """{ "page": {} }""", "\"rows\"")]
    [InlineData("validate.mjs", """{ "page": {} }""", "\"fields\"")]
    [InlineData("fields.mjs", "not JSON", "JSON")]
    public void WrongArgumentsAreExplained(string script, string input, string said)
    {
        InvoiceScripts.Step(script, input, out int code, out string error);
        Assert.Equal(1, code);
        Assert.Contains(said, error, StringComparison.Ordinal);
        Assert.DoesNotContain("    at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2021-02-30", "42017", 1190, null, null, "no day of the calendar")]
    [InlineData("1987-05-03", "42017", 1190, null, null, "does not fit")]
    [InlineData("2021-05-03", "99999", 1190, null, null, "not on the page")]
    [InlineData("2021-05-03", "42017", -5, null, null, "not positive")]
    [InlineData("2021-05-03", "42017", 1190, 1000.0, 150.0, "do not make")]
    [InlineData("2021-05-03", "42017", 1190, 700.0, 490.0, "more than 30 %")]
    public void ContradictionsAreNamed(string date, string number, double amount, double? net, double? tax, string said)
    {
        JsonNode validated = Validate(ReadPage(), Fields(date: date, number: number, amount: amount, net: net, tax: tax));
        Assert.False(validated["ok"]!.GetValue<bool>());
        Assert.True(validated["fields"]!["needs_review"]!.GetValue<bool>());
        Assert.Contains(said, validated["summary"]!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnAnswerCountsOnlyWhereThePageSaysTheSame()
    {
        JsonObject unsure = Fields(number: "");
        var answer = new JsonObject { ["invoice_number"] = "42017", ["amount"] = 9999, ["date"] = "2021-05-03", ["issuer"] = "Somebody Else Ltd" };
        JsonNode fields = Validate(ReadPage(), unsure, answer)["fields"]!;
        Assert.Equal("42017", fields["invoice_number"]!.ToString());
        Assert.Equal(1190, fields["amount"]!.GetValue<double>());
        Assert.Equal("Lindholm Papier GmbH", fields["issuer"]!.ToString());
    }
}
