using System.Text;
using Orchestrator.Cli.Opt;
using Orchestrator.Dialects;
using Orchestrator.Tests.IR.Passes;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>The command line of <c>orc opt</c>, with the passes of the tests.</summary>
public sealed class OptTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orc-opt").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private Outcome Run(string text, params string[] arguments)
    {
        string file = Path.Combine(_folder, "in.mlir");
        File.WriteAllText(file, text);
        using var output = new MemoryStream();
        using var error = new StringWriter();
        int code = new OptProgram(PassRuns.Registry, _ => DialectSet.NewContext, () => output, error, colour: false).Run([file, .. arguments]);
        return new Outcome(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    [Theory]
    [InlineData("builtin.module(\n  test-erase,\n  cse,\n  test-erase\n)\n", "--test-erase", "--cse", "-test-erase")]
    [InlineData("builtin.module(\n  assume{properties=a,b},\n  dce\n)\n", "--assume=properties=a,b", "--dce")]
    [InlineData("builtin.module(\n  cse,\n  dce\n)\n", "-p", "cse,dce")]
    [InlineData("builtin.module(\n  cse,\n  dce\n)\n", "--pass-pipeline=builtin.module(cse,dce)")]
    [InlineData("any(\n  cse,\n  agent.graph(\n    dce\n  )\n)\n", "--passes", "any(cse,agent.graph(dce))")]
    public void PassesAreFlagsOrAText(string pipeline, params string[] arguments)
    {
        Outcome outcome = Run("\"t.a\"() : () -> ()\n", [.. arguments, "--dump-pass-pipeline"]);
        Assert.Equal((0, pipeline), (outcome.Code, outcome.Error[(outcome.Error.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
    }

    [Theory]
    [InlineData("there is no flag or pass '--csse'; did you mean '--cse'?", "--csse")]
    [InlineData("there is no flag or pass '--timming'; did you mean '--timing'?", "--timming")]
    [InlineData("'fast' cannot be the value of '--timing': it is one of tree, list, json, pipeline", "--timing=fast")]
    [InlineData("'0' cannot be the value of '--threads': it takes a number from 1 to 4096", "--threads", "0")]
    [InlineData("'perhaps' cannot be the value of '--verify-each': it is =true or =false", "--verify-each=perhaps")]
    [InlineData("'-o' takes a value: -o=FILE", "-o")]
    [InlineData("passes are given by -p or by flags of their own, not by both", "-p", "cse", "--dce")]
    [InlineData("--run-reproducer runs the passes that the file names; leave the others out", "--run-reproducer", "--dce")]
    [InlineData("--crash-reproducer-local needs --crash-reproducer=FILE", "--crash-reproducer-local")]
    [InlineData("IR is to be shown around pass 'csee', which does not exist; did you mean 'cse'?", "--print-ir-after=cse,csee")]
    public void WrongUsageIsExplained(string message, params string[] arguments)
    {
        Outcome outcome = Run("", arguments);
        Assert.Equal((2, $"orc opt: {message}\n"), (outcome.Code, outcome.Error));
    }

    [Fact]
    public void TwoFilesAreWrongUsage() => Assert.Contains("one file is read at a time", Run("", "other.mlir").Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("--mlir-print-ir-after-all", "// -----// IR Dump After test-erase //----- //\n")]
    [InlineData("--print-ir-before=test-erase", "// -----// IR Dump Before test-erase //----- //\n")]
    [InlineData("--print-ir-after-change", "// -----// IR Dump After test-erase //----- //\n")]
    [InlineData("--print-ir-diff", "-  \"t.dead\"() : () -> ()\n")]
    [InlineData("--mlir-timing", "Times, as the pipeline nests")]
    [InlineData("--timing=list", "Times, sorted by time")]
    [InlineData("--mlir-pass-statistics", "         1  erased\n")]
    [InlineData("--pass-statistics=list", "         1  test-erase.erased\n")]
    [InlineData("--print-debug-counter", "1 asked,        1 done  test-erase\n")]
    public void ReportsGoToStandardError(string flag, string expected)
    {
        Outcome outcome = Run("\"t.dead\"() : () -> ()\n\"t.a\"() : () -> ()\n", "--test-erase", "--print-generic", flag);
        Assert.Equal((0, "\"builtin.module\"() ({\n  \"t.a\"() : () -> ()\n}) : () -> ()\n"), (outcome.Code, outcome.Output));
        Assert.Contains(expected, outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--debug-counter=test-erase-count=0", true)]
    [InlineData("--debug-counter=test-erase-count=1", false)]
    public void DebugCountersAreUnderstood(string flag, bool left) =>
        Assert.Equal(left, Run("\"t.dead\"() : () -> ()\n\"t.a\"() : () -> ()\n", "--test-erase", flag).Output.Contains("t.dead", StringComparison.Ordinal));

    [Fact]
    public void ABugInAPassIsSaidToBeOne()
    {
        string path = Path.Combine(_folder, "again.mlir");
        Outcome outcome = Run("\"t.boom\"() : () -> ()\n", "--cse", "--test-throw", "--crash-reproducer=" + path, "--crash-reproducer-local");
        Assert.Equal(70, outcome.Code);
        Assert.StartsWith("orc: this is a bug in a pass, not in your input: pass 'test-throw' threw InvalidOperationException on 'builtin.module': boom\n", outcome.Error,
            StringComparison.Ordinal);
        Assert.Contains($"note: a reproducer is in {path}", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("builtin.module(test-throw)", File.ReadAllText(path), StringComparison.Ordinal);
        Assert.Equal(70, Run(File.ReadAllText(path), "--run-reproducer").Code);
        Assert.Contains("   at ", Run("\"t.boom\"() : () -> ()\n", "--test-throw", "--debug").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void ShownIRCanGoToFiles()
    {
        Run(PassRuns.Modules(2, "\"t.a\"() : () -> ()"), "-p", "any(any(cse))", "--print-ir-after-all", "--print-ir-tree-dir=" + Path.Combine(_folder, "ir"));
        Assert.True(File.Exists(Path.Combine(_folder, "ir", "builtin_module", "builtin_module_m1", "1_cse_after.mlir")));
    }

    [Fact]
    public void TheAnswerCanGoToAFile()
    {
        string path = Path.Combine(_folder, "out.mlir");
        Assert.Equal((0, ""), Run("\"t.a\"() : () -> ()\n", "-o", path) is var outcome ? (outcome.Code, outcome.Output) : default);
        Assert.Contains("t.a", File.ReadAllText(path), StringComparison.Ordinal);
    }

    [Fact]
    public void TheAnswerCanBeJson()
    {
        using var json = System.Text.Json.JsonDocument.Parse(Run("\"t.warn\"() : () -> ()\n", "--test-report", "--json").Output);
        Assert.Equal("ORC2079", json.RootElement.GetProperty("diagnostics")[0].GetProperty("code").GetString());
        Assert.Contains("t.warn", json.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void OurDialectsCanBeLeftOut()
    {
        const string text = "\"agent.nonsense\"() : () -> ()\n";
        Assert.Equal(1, Run(text).Code);
        Assert.Equal(0, Run(text, "--builtin-only").Code);
    }

    [Fact]
    public void MissingFilesAndDiagnosticsAreTheInputsFault()
    {
        Assert.Equal(1, Run("\"t.fail\"() : () -> ()\n", "--test-report").Code);
        Assert.Equal(0, Run("\"t.fail\"() : () -> () // expected-error {{failed}}\n", "--test-report", "--verify-diagnostics").Code);
        using var error = new StringWriter();
        Assert.Equal(1, new OptProgram(PassRuns.Registry, _ => DialectSet.NewContext, () => Stream.Null, error, colour: false).Run([Path.Combine(_folder, "none.mlir")]));
        Assert.Contains("[ORC6002]", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void PassesAndFlagsAreListed()
    {
        Assert.Contains("  requires ready\n", Run("", "--list-passes").Output, StringComparison.Ordinal);
        Assert.Contains("amount (nothing|a-little)", Run("", "--list-passes").Output, StringComparison.Ordinal);
        Assert.Contains("--print-ir-after[=a,b|all]", Run("", "--help").Output, StringComparison.Ordinal);
        Assert.Contains("builtin\n", Run("", "--show-dialects").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheProgramItselfTakesTheSame()
    {
        Outcome outcome = await Orc.RunAsync("opt", "tests/Orchestrator.Tests/Compiler/Passes/conversation.mlir", "--cse", "--dump-pass-pipeline");
        Assert.Equal((0, "Pass Manager with 1 passes:\nbuiltin.module(\n  cse\n)\n"), (outcome.Code, outcome.Error));
        Assert.Equal(2, (await Orc.RunAsync("opt", "--csse")).Code);
    }
}
