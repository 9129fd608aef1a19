using Orchestrator.Diagnostics;
using Orchestrator.Dialects.Builtin;
using Orchestrator.Dialects.Irdl;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects.Irdl;

/// <summary>Dialects from IRDL text: accepted and refused as MLIR's tool does, with better messages.</summary>
public sealed class IrdlTests
{
    private static readonly string Folder = Repository.PathOf("tests", "Orchestrator.Tests", "Dialects", "Irdl");

    private static readonly string Dialect = File.ReadAllText(Path.Combine(Folder, "verdicts.irdl"));

    public static TheoryData<string> Verdicts => [.. File.ReadLines(Path.Combine(Folder, "verdicts.txt")).Where(l => l.Length > 0 && l[0] != '#')];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void TextsAreJudgedAsTheySay(string line)
    {
        (string verdict, string text, string reason) = Split(line);
        var bag = new DiagnosticBag();
        string? printed = Print(text, bag);
        Assert.Equal(verdict == "good", printed is not null);
        if (verdict == "bad")
        {
            Assert.Contains(bag.Items, d => d.Message.Contains(reason, StringComparison.Ordinal));
            Assert.All(bag.Items, d => Assert.Equal(1, d.Span.Source?.Locate(d.Span.Start).Line));
        }
    }

    [Fact]
    public async Task MlirOptJudgesTheSame()
    {
        string file = Path.Combine(Path.GetTempPath(), $"orc-verdicts-{Environment.ProcessId}.irdl");
        await File.WriteAllTextAsync(file, Dialect, TestContext.Current.CancellationToken);
        try
        {
            foreach (string line in Verdicts.Select(row => row.Data))
            {
                (string verdict, string text, _) = Split(line);
                (int code, string output, string error) = await MlirOptIrdl.RunAsync(text, $"--irdl-file={file}", "--allow-unregistered-dialect", "--mlir-print-op-generic");
                Assert.True(code == 0 == (verdict == "good"), $"{line}\n{error}");
                if (verdict == "good")
                {
                    Assert.Equal(output.TrimEnd('\n'), Print(text, new DiagnosticBag())?.TrimEnd('\n'));
                }
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task PrettyDeclarationsMeanWhatMlirOptReads()
    {
        string text = await File.ReadAllTextAsync(Path.Combine(Folder, "cmath.mlir"), TestContext.Current.CancellationToken);
        (int code, string output, string error) = await MlirOptIrdl.RunAsync(text, "--mlir-print-op-generic");
        Assert.True(code == 0, error);
        ParsedModule? parsed = IRParser.Parse(new SourceText("cmath.mlir", text), new Context([new BuiltinDialect(), new IrdlDialect()]), new DiagnosticBag());
        Assert.Equal(output.TrimEnd('\n'), parsed?.Print().TrimEnd('\n'));
        (code, _, error) = await MlirOptIrdl.RunAsync(parsed?.Print(new PrintOptions(Pretty: true)) ?? "");
        Assert.True(code == 0, error);
    }

    [Theory]
    [InlineData("%0 = irdl.base \"!builtin.intger\"", "there is no type called !builtin.intger", "did you mean '!builtin.integer'?")]
    [InlineData("%0 = irdl.base @x::@typ", "@x::@typ is not declared", "did you mean '@x::@type'?")]
    [InlineData("%0 = irdl.parametric @y::@z<>", "@y::@z is not declared", "declare it")]
    [InlineData("%0 = irdl.c_pred \"true\"", "is a condition in C++", "irdl.is")]
    [InlineData("%0 = irdl.is !x.typ", "dialect 'x' has no type 'typ'", "did you mean 'type'?")]
    public void MistakesInDeclarationsAreExplained(string constraint, string message, string remedy)
    {
        string text = $"irdl.dialect @x {{\n  irdl.type @type\n  irdl.operation @op {{\n    {constraint}\n    irdl.operands(a: %0)\n  }}\n}}\n";
        var bag = new DiagnosticBag();
        Assert.Null(DeclaredDialects.Read([new SourceText("x.irdl", text)], [], bag));
        Diagnostic found = Assert.Single(bag.Items);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, found.Remedy ?? "", StringComparison.Ordinal);
        Assert.Equal(4, found.Span.Source?.Locate(found.Span.Start).Line);
    }

    [Fact]
    public void DeepOrManyConstraintsAreRefused()
    {
        string chain = string.Concat(Enumerable.Range(1, 100).Select(i => FormattableString.Invariant($"    %{i} = irdl.all_of(%{i - 1})\n")));
        var bag = new DiagnosticBag();
        Assert.Null(DeclaredDialects.Read([new SourceText("x.irdl", $"irdl.dialect @x {{\n  irdl.operation @op {{\n    %0 = irdl.any\n{chain}  }}\n}}\n")], [], bag));
        Assert.Contains(bag.Items, d => d.Code == IrdlCodes.TooComplex);
    }

    [Fact]
    public void ConstraintsThatTakeForEverAreGivenUp()
    {
        // Each of 40 choices looks twice at the one before, and all fail.
        string chain = string.Concat(Enumerable.Range(1, 40).Select(i => FormattableString.Invariant($"    %{i} = irdl.any_of(%{i - 1}, %{i - 1})\n")));
        string text = $"irdl.dialect @d {{\n  irdl.operation @op {{\n    %0 = irdl.is i32\n{chain}    irdl.operands(a: %40)\n  }}\n}}\n";
        var bag = new DiagnosticBag();
        Assert.Null(Print("%0 = \"t.u\"() : () -> i64 \"d.op\"(%0) : (i64) -> ()", bag, text));
        Assert.Single(bag.Items);
    }

    [Fact]
    public void BuiltInNamesAreKept()
    {
        var bag = new DiagnosticBag();
        Assert.Null(DeclaredDialects.Read([new SourceText("x.irdl", "irdl.dialect @agent {\n}\n")], [new global::Orchestrator.Dialects.Agent.AgentDialect()], bag));
        Assert.Equal(IrdlCodes.DialectTwice, Assert.Single(bag.Items).Code);
    }

    private static string? Print(string text, DiagnosticBag bag, string? dialect = null)
    {
        DeclaredDialects? declared = DeclaredDialects.Read([new SourceText("d.irdl", dialect ?? Dialect)], [], bag);
        Assert.True(declared is not null, DiagnosticText.Render(bag));
        ParsedModule? parsed = IRParser.Parse(new SourceText("x.mlir", text), new Context([new BuiltinDialect(), .. declared.Create()]), bag);
        return parsed is not null && IRVerifier.Verify(parsed.Module, bag) ? parsed.Print() : null;
    }

    private static (string Verdict, string Text, string Reason) Split(string line)
    {
        string[] parts = line.Split(" | ");
        int space = parts[0].IndexOf(' ', StringComparison.Ordinal);
        return (parts[0][..space], parts[0][(space + 1)..], parts.Length > 1 ? parts[1] : "");
    }
}
