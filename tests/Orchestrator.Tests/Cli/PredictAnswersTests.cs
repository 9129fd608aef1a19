using Orchestrator.Cli.Predict;
using Orchestrator.Diagnostics;
using Orchestrator.Tests.CostModels.Evaluation;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>What <c>orc predict</c> appends to a table, and what it says about a broken one.</summary>
public sealed class PredictAnswersTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orc-predict-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void EveryRowIsAnsweredInOrder() => Assert.Equal(
        "hardware,size,note,predicted,low,high,model,source\n"
        + "H100,3,\"a, \"\"b\"\"\",6,4,9,line,\"0 rows, \"\"quoted\"\"\"\n"
        + "H200,0.1,\"two\nlines\",0.2,0.133333,0.3,line,\"0 rows, \"\"quoted\"\"\"\n"
        + "L4,1e9,,2000000000,1333330000,3000000000,line,\"0 rows, \"\"quoted\"\"\"\n",
        Csv("hardware,size,note\r\nH100,3,\"a, \"\"b\"\"\"\r\n\r\nH200,0.1,\"two\nlines\"\r\nL4,1e9,", threads: 1));

    [Fact]
    public void ThreadsChangeNothing()
    {
        string table = "hardware,size\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"d{i},{i}\n"));
        Assert.Equal(Csv(table, threads: 1), Csv(table, threads: 7));
    }

    [Theory]
    [InlineData("hardware,sise\nH100,3\n", 1, 1, "there is no column 'size'", "rename 'sise' to 'size'")]
    [InlineData("Hardware, size\nH100,3\n", 1, 1, "there is no column 'hardware', 'size'", "rename 'Hardware' to 'hardware', ' size' to 'size'; the header needs hardware, size")]
    [InlineData("hardware;size\nH100;3\n", 1, 1, "there is no column 'hardware', 'size'", "separate the fields with commas")]
    [InlineData("a,b\nH100,3\n", 1, 1, "there is no column 'hardware', 'size'", "add it to the header, which needs hardware, size")]
    [InlineData("", 1, 1, "there is no column 'hardware'", "")]
    [InlineData("hardware,size\nH100,1\nnone.yaml,3\n", 3, 1, "there is no file 'none.yaml'", "the hardware's name")]
    [InlineData("size,hardware,model\n1,H100,none.json\n", 2, 8, "there is no file 'none.json'", "the model's name")]
    [InlineData("hardware,size\n\"a\"\"b,c\",x\n", 2, 10, "'x' is not a number", "digits")]
    [InlineData("hardware,size\nH100,\n", 2, 6, "size must be a number above 0", "")]
    [InlineData("hardware,size\nH100,NaN\n", 2, 6, "'NaN' is not a number", "")]
    [InlineData("hardware,size\nH100,-3\n", 2, 6, "size must be a number above 0", "")]
    [InlineData("hardware,size\nH100,3\nH100\n", 3, 1, "1 fields where the header has 2", "")]
    [InlineData("hardware,size\nH100,\"3\nH100,4\n", 2, 1, "not closed", "quote")]
    [InlineData("size,hardware,size\n", 1, 1, "there twice", "rename")]
    [InlineData("hardware,size,low\nH100,1,1\n", 1, 15, "there is a column 'low' already", "rename")]
    public void AMistakeHasItsPlaceAndARemedy(string table, int line, int column, string what, string remedy)
    {
        Diagnostic mistake = Assert.Throws<DiagnosticException>(() => Csv(table, threads: 2)).Diagnostics[0];
        Assert.Matches("^ORC(607[0-9]|6002)$", mistake.Code);
        Assert.Equal($"{Path.Combine(_folder, "in.csv")}:{line}:{column}", mistake.Span.ToString());
        Assert.Contains(what, mistake.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, mistake.Remedy, StringComparison.Ordinal);
        Assert.NotEmpty(mistake.Remedy!); // every error has one
    }

    [Fact]
    public void EveryMistakeIsToldInOrder()
    {
        IReadOnlyList<Diagnostic> mistakes = Assert.Throws<DiagnosticException>(() => Csv("hardware,size\na,x\nb,1\nc,y\n", threads: 3)).Diagnostics;
        Assert.Equal(["size: 'x' is not a number", "size: 'y' is not a number"], mistakes.Select(m => m.Message));
    }

    [Fact]
    public void AByteOrderMarkIsNoPartOfTheFirstColumn() => Assert.Contains("H100,3,6,", Csv("\uFEFFhardware,size\nH100,3\n", threads: 1), StringComparison.Ordinal);

    private string Csv(string table, int threads)
    {
        string path = Path.Combine(_folder, "in.csv");
        File.WriteAllText(path, table);
        var predictor = new StraightLine();
        MeasuredTable read = MeasuredTable.Read(path, predictor.Columns);
        read.Refuse(["predicted", "low", "high"]);
        using var writer = new StringWriter();
        Answers.To(read, predictor, threads, CancellationToken.None).WriteCsv(writer);
        return writer.ToString();
    }
}
