using Orchestrator.CostModels;
using Xunit;

namespace Orchestrator.Tests.CostModels;

/// <summary>Tables are read as everybody writes them, and what cannot be read is told with its line.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", "1|2@2")]
    [InlineData("a,b\r\n1,2\r\n3,4", "1|2@2 3|4@3")]
    [InlineData("a,b\n\n1,2\n\n", "1|2@3")]
    [InlineData("a,b\n\"1,5\",\"say \"\"x\"\"\"\n", "1,5|say \"x\"@2")]
    [InlineData("a,b\n\"1\n2\",3\n4,5\n", "1\n2|3@2 4|5@4")]
    [InlineData("a,b\n5\" disk,\n", "5\" disk|@2")]
    [InlineData("a\n\n", "@2")]
    public void RowsHaveTheirFieldsAndLines(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', Table.Parse(new StringReader(text)).Rows.Select(r => $"{string.Join('|', r.Fields)}@{r.Line}")));

    [Theory]
    [InlineData("a,b\n1,2\n1\n", 3)]
    [InlineData("a,b\n1,2,3\n", 2)]
    [InlineData("a,a\n", 1)]
    [InlineData("a,b\n1,\"2\n3,4\n", 2)]
    [InlineData("a,b\n1,\"2\"x\n", 2)]
    public void AMistakeHasItsLineAndARemedy(string text, int line)
    {
        TableException mistake = Assert.Throws<TableException>(() => Table.Parse(new StringReader(text)));
        Assert.Equal(line, mistake.Line);
        Assert.NotEmpty(mistake.Remedy);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("")]
    [InlineData("a,b")]
    [InlineData("a \"b\"\r\nc")]
    public void AWrittenFieldReadsBack(string field)
    {
        using var writer = new StringWriter();
        Table.WriteLine(writer, [field, "x"]);
        Assert.Equal([field, "x"], Table.Parse(new StringReader($"a,b\n{writer}")).Rows[0].Fields);
    }
}
