using System.Diagnostics;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

public sealed partial class PipelineTests
{
    private static (PassPipeline? Pipeline, DiagnosticBag Bag) Parse(string text)
    {
        var bag = new DiagnosticBag();
        return (PassPipeline.Parse(new SourceText("<pipeline>", text), PassRuns.Registry, bag), bag);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(" cse , dce ", "cse,dce")]
    [InlineData("canonicalize{max-rewrites-per-op=7}", "canonicalize{max-rewrites-per-op=7}")]
    [InlineData("canonicalize{ max-rewrites-per-op=\"64\" }", "canonicalize")]
    [InlineData("builtin.module(agent.graph(cse,dce),canonicalize)", "builtin.module(agent.graph(cse,dce),canonicalize)")]
    [InlineData("agent.graph()", "agent.graph()")]
    [InlineData("any(cse,any(dce))", "any(cse,any(dce))")]
    [InlineData("test-options{flag int=-3 long=9 double=1e3 amount=a-little}", "test-options{amount=a-little double=1000 flag=true int=-3 long=9}")]
    [InlineData("test-options{words=a,b numbers={3,4} amounts=a-little,nothing}", "test-options{amounts=a-little,nothing numbers=3,4 words=a,b}")]
    [InlineData("test-options{words={a, b} numbers={} text='it is'}", "test-options{numbers=\"\" text=\"it is\" words=a,b}")]
    [InlineData("test-options{text={func.func(canonicalize{x=1},cse)} flag=0}", "test-options{text=\"func.func(canonicalize{x=1},cse)\"}")]
    [InlineData("test-options{words='a b',\"c,d\"}", "test-options{words='a b,\"c,d\"'}")]
    public void PipelinesPrintAsTheyRead(string text, string expected)
    {
        (PassPipeline? pipeline, DiagnosticBag bag) = Parse(text);
        Assert.True(pipeline is not null, DiagnosticText.Render(bag));
        Assert.Equal(expected, pipeline.ToString());
    }

    [Theory]
    [InlineData("canonicalise", IRCodes.UnknownPass, 1, "did you mean 'canonicalize'?")]
    [InlineData("cse,xyzzy,dce", IRCodes.UnknownPass, 5, "*")]
    [InlineData("canonicalize{max-rewrite-per-op=3}", IRCodes.UnknownOption, 14, "did you mean 'max-rewrites-per-op'?")]
    [InlineData("cse{a=1}", IRCodes.UnknownOption, 5, "it has no options")]
    [InlineData("canonicalize{max-rewrites-per-op=many}", IRCodes.OptionValue, 34, "write an int")]
    [InlineData("canonicalize{max-rewrites-per-op=3", IRCodes.PipelineSyntax, 13, "close them with '}'")]
    [InlineData("canonicalize{7}", IRCodes.PipelineSyntax, 14, "write name=value, separated by spaces")]
    [InlineData("canonicalize{max-rewrites-per-op=\"3}", IRCodes.PipelineSyntax, 34, "close it with '\"'")]
    [InlineData("builtin.module(cse", IRCodes.PipelineSyntax, 19, "close it with ')'")]
    [InlineData("cse)", IRCodes.PipelineSyntax, 4, "remove it")]
    [InlineData("cse,,dce", IRCodes.PipelineSyntax, 5, "name a pass, or remove the ','")]
    [InlineData("cse,", IRCodes.PipelineSyntax, 5, "name a pass, or remove the ','")]
    [InlineData("test-options{amount=a-litle}", IRCodes.OptionValue, 21, "did you mean 'a-little'?")]
    [InlineData("test-options{amount=unheard-of}", IRCodes.OptionValue, 21, "write one of nothing, a-little")]
    [InlineData("test-options{numbers=1,x}", IRCodes.OptionValue, 22, "write a list of int")]
    [InlineData("test-options{flag=perhaps}", IRCodes.OptionValue, 19, "write a bool")]
    [InlineData("test-options{text={a}", IRCodes.PipelineSyntax, 13, "close them with '}'")]
    [InlineData("test-options{text={a", IRCodes.PipelineSyntax, 19, "close it with '}'")]
    [InlineData("agent.graph(test-options)", IRCodes.WrongAnchor, 13, "write builtin.module(test-options)")]
    [InlineData("cse dce", IRCodes.PipelineSyntax, 5, "separate passes by ','")]
    [InlineData("!cse", IRCodes.PipelineSyntax, 1, "write passes as a,b{option=1},op.name(c)")]
    public void BrokenPipelinesAreLocated(string text, string code, int column, string remedy)
    {
        (PassPipeline? pipeline, DiagnosticBag bag) = Parse(text);
        Assert.Null(pipeline);
        Diagnostic error = Assert.Single(bag.Items);
        Assert.Equal((code, $"<pipeline>:1:{column}"), (error.Code, error.Span.ToString()));
        Assert.True(remedy == "*" || error.Remedy == remedy, error.Remedy);
    }

    [Fact]
    public void EveryUnknownPassIsReported() => Assert.Equal(2, Parse("nope,cse,agent.graph(neither)").Bag.Items.Count);

    [Fact]
    public void DeepAnchorsAreALocatedError() =>
        Assert.Equal(IRCodes.TooDeep, Parse(string.Concat(Enumerable.Repeat("a.b(", 100_000))).Bag.Items[0].Code);

    [Fact]
    public void AnUnknownPassNamesTheOthers() => Assert.Contains("canonicalize, ", Parse("xyzzy").Bag.Items[0].Remedy, StringComparison.Ordinal);

    [Theory]
    [InlineData("test-consume", 1, "run 'test-ready' before it, or if the input is 'ready' already, write assume{properties=ready} first")]
    [InlineData("test-ready,test-consume,any(test-consume)", 29, "run 'test-ready' again after 'test-consume', or if the input is 'ready' already, write assume{properties=ready} first")]
    [InlineData("any(test-ready),test-early", 17, "move 'test-early' before 'test-ready'")]
    public void PassesInAnImpossibleOrderAreLocated(string text, int column, string remedy)
    {
        (PassPipeline? pipeline, DiagnosticBag bag) = Parse(text);
        Assert.Null(pipeline);
        Diagnostic error = Assert.Single(bag.Items);
        Assert.Equal((IRCodes.PassOrder, $"<pipeline>:1:{column}", remedy), (error.Code, error.Span.ToString(), error.Remedy));
    }

    [Theory]
    [InlineData("test-early,any(test-ready),test-consume,test-early")]
    [InlineData("assume{properties=other,ready},test-consume")]
    public void PassesInAPossibleOrderAreTaken(string text) => Assert.NotNull(Parse(text).Pipeline);

    [Theory]
    [InlineData("builtin.module(func.func(cse,canonicalize{max-iterations=5}),any(cse),symbol-dce)")]
    [InlineData("builtin.module()")]
    [InlineData("builtin.module(builtin.module(cse),cse)")]
    [InlineData("any(cse,any(cse))")]
    public void MlirOptReadsPipelinesAsWeDo(string text)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mlir-opt-22"), "mlir-22-tools is not installed");
        var start = new ProcessStartInfo("/usr/bin/mlir-opt-22", ["--pass-pipeline=" + text, "--dump-pass-pipeline", "-"]) { RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!; // It does not use the shell, so there is a process.
        process.StandardInput.Close();
        string theirs = process.StandardError.ReadToEnd();
        process.WaitForExit();

        // Passes that we do not have, with any options, stand for themselves; the layout is one entry a line on both sides.
        var registry = new PassRegistry(Registered("symbol-dce"));
        var bag = new DiagnosticBag();
        string known = text.Replace("canonicalize{max-iterations=5}", "canonicalize", StringComparison.Ordinal);
        PassPipeline? ours = PassPipeline.Parse(new SourceText("<pipeline>", known), registry, bag);
        Assert.True(ours is not null, DiagnosticText.Render(bag));
        Assert.Equal(Bare(theirs), Bare(ours.Dump()));
        Assert.Equal(known, ours.ToAnchoredString());
    }

    // Stand-ins for passes of mlir-opt's that may not be there yet.
    private static IEnumerable<PassInfo> Registered(string name) =>
        new PassRegistry().Find(name) is null ? [new PassInfo(name, "", "", static () => new TestErase(), [])] : [];

    private static string Bare(string dump) => string.Join('\n', dump.Split('\n').Select(l => Options().Replace(l, "")).Where(l => l.Trim().Length > 0));

    [GeneratedRegex(@"\{.*\}")]
    private static partial Regex Options();

    [Fact]
    public void TheTopNameMeansTheRootAndInnerNamesWhatIsInside()
    {
        string text = PassRuns.Modules(2, "\"t.dead\"() : () -> ()") + "\"t.dead\"() : () -> ()\n";
        long Seen(string pipeline)
        {
            var options = new PassRunOptions();
            Assert.True(PassRuns.Run(text, pipeline, options).Ok);
            return options.Statistics.GetValueOrDefault("test-report.seen");
        }

        Assert.Equal(6, Seen("test-report"));
        Assert.Equal(6, Seen("builtin.module(test-report)"));
        Assert.Equal(6, Seen("any(test-report)"));
        Assert.Equal(4, Seen("builtin.module(builtin.module(test-report))"));
        Assert.Equal(4, Seen("any(any(test-report))"));
        Assert.Equal(0, Seen("builtin.module(t.dead(any(test-report)))"));
        Assert.Equal(1, Seen("t.dead(test-report)"));
    }

    [Fact]
    public void SplitFilesKeepTheirLineNumbers()
    {
        var source = new SourceText("x", "\"a.b\"() : () -> ()\n// -----\n\"a.b\"(%x) : (i1) -> ()\n");
        OptResult result = OptRun.Run(source, new PassRegistry(), DialectSet.NewContext, new OptOptions { SplitInputFile = true }, TestContext.Current.CancellationToken);
        Assert.Equal("x:3:7", Assert.Single(result.Diagnostics.Items).Span.ToString());
    }
}
