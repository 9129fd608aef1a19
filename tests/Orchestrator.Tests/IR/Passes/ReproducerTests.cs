using System.Diagnostics;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

public sealed class ReproducerTests
{
    private const string Resources = "{-#\n  dialect_resources: {\n    builtin: {\n      blob: \"0x0400000007\"\n    }\n  }\n#-}\n";

    private static OptResult Run(string text, string pipeline, ReproducerKind kind) => PassRuns.Run(text, new OptOptions { Pipeline = pipeline, Reproducer = kind });

    private static OptResult Repeat(string reproducer) => PassRuns.Run(reproducer, new OptOptions { RunReproducer = true });

    [Theory]
    [InlineData("\"t.boom\"() : () -> ()\n", "cse,test-throw,dce", "builtin.module(cse,test-throw,dce)")]
    [InlineData("\"t.fail\"() : () -> ()\n", "cse,builtin.module(test-report{}),dce", "builtin.module(cse,test-report,dce)")]
    [InlineData(PassRunTests.Broken, "cse{},test-break", "builtin.module(cse,test-break)")]
    public void AFailureIsRepeated(string text, string pipeline, string anchored)
    {
        OptResult first = Run(text, pipeline, ReproducerKind.OnFailure);
        Assert.False(first.Ok);
        Assert.NotNull(first.Reproducer);
        OptResult second = Repeat(first.Reproducer);
        Assert.Equal(first.Crash?.Message, second.Crash?.Message);
        Assert.Equal(first.Diagnostics.Items.Select(d => d.Message), second.Diagnostics.Items.Select(d => d.Message));
        Assert.Equal(anchored, second.Pipeline?.ToString());
    }

    [Fact]
    public void WithoutAFailureThereIsNone() => Assert.Null(Run("\"t.a\"() : () -> ()\n", "cse", ReproducerKind.OnFailure).Reproducer);

    [Fact]
    public void OneIsMadeWithoutAFailureWhenAskedFor() =>
        Assert.Contains("pipeline: \"builtin.module(cse)\"", Run("\"t.a\"() : () -> ()\n", "cse", ReproducerKind.Always).Reproducer, StringComparison.Ordinal);

    [Theory]
    [InlineData("test-erase,cse,test-throw,dce", "builtin.module(test-throw)")]
    [InlineData("test-erase,any(cse,test-throw,dce),dce", "builtin.module(any(test-throw))")]
    [InlineData("any(test-erase,any(cse,test-throw,dce),dce)", "any(any(test-throw))")]
    [InlineData("test-throw", "builtin.module(test-throw)")]
    public void TheSmallestHasThePassThatFailsAndTheIRBeforeIt(string pipeline, string smallest)
    {
        OptResult first = Run(PassRuns.Modules(2, "\"t.a\"() : () -> ()\n\"t.dead\"() : () -> ()", "\"t.boom\"() : () -> ()"), pipeline, ReproducerKind.Smallest);
        Assert.NotNull(first.Reproducer);
        Assert.Contains($"pipeline: \"{smallest}\"", first.Reproducer, StringComparison.Ordinal);
        Assert.Equal(pipeline == "test-throw", first.Reproducer.Contains("t.dead", StringComparison.Ordinal));
        Assert.Equal(first.Crash?.Message, Repeat(first.Reproducer).Crash?.Message);
    }

    [Fact]
    public void OtherResourcesAreKept()
    {
        string reproducer = Run("\"t.a\"() {d = dense_resource<blob> : tensor<1xi8>} : () -> ()\n" + Resources, "cse", ReproducerKind.Always).Reproducer ?? "";
        Assert.Contains("blob: \"0x0400000007\"", reproducer, StringComparison.Ordinal);
        OptResult repeated = Repeat(reproducer);
        Assert.True(repeated.Ok, DiagnosticText.Render(repeated.Diagnostics));
        Assert.Contains("blob: \"0x0400000007\"", repeated.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("mlir_reproducer", repeated.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void OptionsWithQuotesSurvive()
    {
        OptResult first = Run("\"t.a\"() : () -> ()\n", "test-options{text='say \"é\" {x}'}", ReproducerKind.Always);
        OptResult second = Repeat(first.Reproducer ?? "");
        Assert.Equal("builtin.module(test-options{text='say \"é\" {x}'})", second.Pipeline?.ToString());
    }

    [Theory]
    [InlineData("\"t.a\"() : () -> ()\n", IRCodes.Reproducer)]
    [InlineData("\"t.a\"() : () -> ()\n" + Resources, IRCodes.Reproducer)]
    [InlineData("\"t.a\"() : () -> ()\n{-# external_resources: { mlir_reproducer: { pipeline: \"builtin.module(csee)\" } } #-}\n", IRCodes.UnknownPass)]
    public void AFileWithoutOneIsAMistake(string text, string code) => Assert.Equal(code, Assert.Single(Repeat(text).Diagnostics.Items).Code);

    [Fact]
    public void WhatMlirOptWroteIsReadAndTheOtherWayRound()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mlir-opt-22"), "mlir-22-tools is not installed");
        string ours = Run("\"t.a\"() {d = dense_resource<blob> : tensor<1xi8>} : () -> ()\n" + Resources, "cse", ReproducerKind.Always).Reproducer ?? "";
        string folder = Directory.CreateTempSubdirectory("orc-reproducer").FullName;
        string path = Path.Combine(folder, "theirs.mlir");
        var start = new ProcessStartInfo("/usr/bin/mlir-opt-22",
            ["--allow-unregistered-dialect", "--mlir-print-op-generic", "--run-reproducer", "--dump-pass-pipeline", "--mlir-generate-reproducer=" + path, "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!; // It does not use the shell, so there is a process.
        process.StandardInput.Write(ours);
        process.StandardInput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains("cse", error, StringComparison.Ordinal);
        OptResult repeated = Repeat(File.ReadAllText(path));
        Assert.True(repeated.Ok, DiagnosticText.Render(repeated.Diagnostics));
        Assert.Equal("builtin.module(cse)", repeated.Pipeline?.ToString());
        Directory.Delete(folder, recursive: true);
    }
}
