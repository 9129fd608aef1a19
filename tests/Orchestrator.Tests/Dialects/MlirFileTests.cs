using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects;

/// <summary>
/// Every <c>.mlir</c> file below this folder is a test: <c>*.invalid.mlir</c> must be refused as its comments say; one with a line
/// <c>// pipeline:</c> must give what stands after <c>// expect:</c>; all others must verify and come back unchanged from text.
/// </summary>
public sealed class MlirFileTests
{
    private const string Folder = "tests/Orchestrator.Tests/Dialects/";

    public static TheoryData<string> Valid => Select(f => !IsInvalid(f) && !IsPass(f));

    public static TheoryData<string> Invalid => Select(IsInvalid);

    public static TheoryData<string> Passes => Select(IsPass);

    [Theory]
    [MemberData(nameof(Valid))]
    public void ValidFilesComeBackUnchanged(string file)
    {
        string once = Print(Read(file));
        string twice = Print(new SourceText("again", once));
        Assert.Equal(once, twice);

        // Not only the text: an operation that became another one on the way would change the count by kind.
        Assert.Equal(Names(Read(file)), Names(new SourceText("again", twice)));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void InvalidFilesAreRefusedAsTheySay(string file)
    {
        SourceText source = Read(file);
        Assert.Contains("expected-error", source.Text, StringComparison.Ordinal);
        OptResult result = OptRun.Run(source, new PassRegistry(), DialectSet.NewContext, new OptOptions { SplitInputFile = true, VerifyDiagnostics = true },
            TestContext.Current.CancellationToken);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void PassesGiveWhatIsExpected(string file)
    {
        string[] parts = Read(file).Text.Split("// expect:\n");
        Assert.Equal(2, parts.Length);
        string pipeline = parts[0][..parts[0].IndexOf('\n', StringComparison.Ordinal)]["// pipeline: ".Length..];
        OptResult result = OptRun.Run(new SourceText(file, parts[0]), new PassRegistry(), DialectSet.NewContext, new OptOptions { Pipeline = pipeline },
            TestContext.Current.CancellationToken);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
        Assert.Equal(parts[1], result.Text);
    }

    [Fact]
    public void EveryOperationStandsInAValidFile()
    {
        HashSet<string> used = [.. Valid.SelectMany(row => Names(Read(row.Data)))];
        Assert.Empty(DialectSet.NewContext().RegisteredOperations.Except(used));
    }

    private static TheoryData<string> Select(Func<string, bool> wanted) =>
        [.. Repository.Files(".mlir").Where(f => f.StartsWith(Folder, StringComparison.Ordinal)).Select(f => f[Folder.Length..]).Where(wanted)];

    private static bool IsInvalid(string file) => file.EndsWith(".invalid.mlir", StringComparison.Ordinal);

    private static bool IsPass(string file) => Read(file).Text.StartsWith("// pipeline: ", StringComparison.Ordinal);

    private static SourceText Read(string file) => new(file, File.ReadAllText(Repository.PathOf(Folder + file)));

    private static string Print(SourceText source) => Parse(source).Print();

    private static string[] Names(SourceText source) => [.. Parse(source).Module.Walk().Select(op => op.Name.Text)];

    private static ParsedModule Parse(SourceText source)
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(source, DialectSet.NewContext(), bag);
        Assert.True(parsed is not null && IRVerifier.Verify(parsed.Module, bag), DiagnosticText.Render(bag));
        return parsed;
    }
}
