using Orchestrator.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Diagnostics;

public sealed class DiagnosticTextTests
{
    [Fact]
    public void TheSpanIsUnderlinedWithItsRemedy()
    {
        var source = new SourceText("a.flow", "one\n  two = wrter(\"x\")\n");
        int start = source.Text.IndexOf("wrter", StringComparison.Ordinal);
        string text = DiagnosticText.Render(Diagnostic.Error("ORC1001", "no model or tool is called 'wrter'", new SourceSpan(source, start, 5), "did you mean 'writer'?"));
        Assert.Equal(
            "a.flow:2:9: error: no model or tool is called 'wrter' [ORC1001]\n" +
            "  2 |   two = wrter(\"x\")\n" +
            "    |         ^^^^^\n" +
            "  help: did you mean 'writer'?\n", text);
    }

    [Theory]
    [InlineData("wrter", "writer")]
    [InlineData("Writer", "writer")]
    [InlineData("completely", null)]
    public void TheNearestNameIsOffered(string name, string? expected) =>
        Assert.Equal(expected, NearestName.Find(name, ["reader", "writer", "kb"]));

    [Fact]
    public void ABagStopsKeepingAtItsLimit()
    {
        var bag = new DiagnosticBag();
        for (int i = 0; i < DiagnosticBag.Limit + 3; i++)
        {
            bag.Error("ORC1001", "x", SourceSpan.None, "y");
        }

        Assert.Equal((DiagnosticBag.Limit, 3), (bag.Items.Count, bag.Dropped));
    }
}
