using Orchestrator.Compiler.Testing;
using Orchestrator.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Testing;

/// <summary>Every <c>.mlir</c> file of the repository, the tutorials aside, is a test of its own, run by what <c>orc test</c> runs.</summary>
public sealed class TestFileTests
{
    private const string Module = "\"builtin.module\"() ({\n  %0 = \"a.b\"() : () -> i32\n  \"a.use\"(%0) : (i32) -> ()\n}) : () -> ()\n";

    // The tutorials' files need their plugins and IRDL files, with which the tutorials' own tests run them.
    public static TheoryData<string> Files => [.. Repository.Files(".mlir").Where(f => !f.StartsWith("samples/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Passes(string file)
    {
        TestOutcome outcome = Run(file, File.ReadAllText(Repository.PathOf(file)));
        Assert.True(outcome.Ok, Text(outcome));
    }

    [Fact]
    public void EveryFileBelowTestsIsRunBySomething()
    {
        // A file may only be kept out of the theory above by moving it where no test looks; then this list has it.
        string[] run = [.. Files.Select(row => row.Data)];
        string[] all = [.. Directory.EnumerateFiles(Repository.PathOf("tests"), "*.mlir", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal))];
        Assert.NotEmpty(all);
        Assert.Empty(all.Except(run));
    }

    [Theory]
    [InlineData("// RUN: orc opt %s -p dce | filecheck %s\n// CHECK: a.b\n", true)]
    [InlineData("// RUN: mlir-opt %s -allow-unregistered-dialect --cse | FileCheck %s\n// CHECK: a.b\n", true)]
    [InlineData("// RUN: orc opt %s \\\n// RUN: | filecheck %s --check-prefixes=CHECK,CHECK-B\n// CHECK: a.b\n// CHECK-B: a.use\n", true)]
    [InlineData("// RUN: orc opt %s --pass-pipeline='builtin.module(cse)' | filecheck %s\n// CHECK: a.c\n", false)]
    [InlineData("// CHECK: a.b\n// CHECK-NEXT: a.use\n", true)]
    [InlineData("// CHECK: a.b\n// CHECK-NOT: a.use\n", false)]
    [InlineData("// RUN: orc opt %s --verify-diagnostics\n", true)]
    [InlineData("// RUN: not orc opt %s\n", false)]
    [InlineData("// RUN: not orc opt %s -p nonsense 2>&1 | filecheck %s\n// CHECK: nonsense\n", true)]
    [InlineData("// expected-error {{nothing of the kind}}\n", false)]
    public void RunLinesAreRun(string head, bool passes)
    {
        TestOutcome outcome = Run("t.mlir", head + Module);
        Assert.True(outcome.Ok == passes, Text(outcome));
    }

    [Theory]
    [InlineData("// RUN: rm -rf %s\n", "ORC2211", "'rm' is not run here")]
    [InlineData("// RUN: orc opt %s | sh\n", "ORC2211", "'sh' cannot follow '|'")]
    [InlineData("// RUN: orc opt %s --nonsense\n", "ORC2211", "'--nonsense' is no flag")]
    [InlineData("// RUN: orc opt %s | filecheck %s --nonsense\n// CHECK: a\n", "ORC2211", "no flag of FileCheck")]
    [InlineData("// RUN: orc opt -p cse | filecheck %s\n", "ORC2210", "does not read the file itself")]
    [InlineData("// RUN: orc opt %s 'x\n", "ORC2210", "the quote ' is not closed")]
    [InlineData("// RUN: orc opt %s \\\n", "ORC2210", "ends in a backslash")]
    [InlineData("// RUN: orc opt %s\n// CHECK: a.b\n", "ORC2213", "no run reads the check lines with prefix 'CHECK'")]
    [InlineData("// RUN: orc opt %s | filecheck %s\n// CHECK: a.b\n// CHECKS-NEXT: a.b\n", "ORC2213", "prefix 'CHECKS'")]
    public void WhatCannotRunIsSaid(string head, string code, string message)
    {
        TestOutcome outcome = Run("t.mlir", head + Module);
        Diagnostic found = Assert.Single(outcome.Diagnostics);
        Assert.Equal(code, found.Code);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("workflow a(x: text) -> text { x }\n// CHECK: \"agent.graph\"\n", true)]
    [InlineData("workflow a(x: text) -> text { x }\n// CHECK: \"agent.call\"\n", false)]
    [InlineData("workflow a(x: text) -> text { y } // expected-error {{'y'}}\n// expected-warning@-1 {{'x'}}\n", true)]
    [InlineData("workflow a(x: text) -> text { x } // expected-error {{'y'}}\n", false)]
    [InlineData("// RUN: orc opt %s -p dce | filecheck %s\nworkflow a(x: text) -> text { _y = \"{x}!\"; x }\n// CHECK-NOT: agent.template\n", true)]
    [InlineData("workflow a(x: text) -> text { x }\n", true)]
    [InlineData("workflow a(x: text) -> text { y }\n", false)]
    public void WorkflowsAreTestsToo(string text, bool passes)
    {
        TestOutcome outcome = Run("t.flow", text);
        Assert.True(outcome.Ok == passes, Text(outcome));
    }

    [Fact]
    public void BlessWritesWhatPassesHereAndIsReplacedLater()
    {
        const string Run1 = "// RUN: orc opt %s | filecheck %s\n";
        string blessed = Bless(Run1 + Module, out _) ?? "";
        Assert.Contains("// CHECK-NEXT:   [[B:%[A-Za-z0-9_$.-]+]] = \"a.b\"() : () -> i32\n// CHECK-NEXT:   \"a.use\"([[B]])", blessed, StringComparison.Ordinal);
        Assert.True(Run("t.mlir", blessed).Ok);
        Assert.Equal(blessed, Bless(blessed, out _));
        string changed = blessed.Replace("= \"a.b\"() : () -> i32\n  \"a.use\"", "= \"a.c\"() : () -> i32\n  \"a.use\"", StringComparison.Ordinal);
        Assert.False(Run("t.mlir", changed).Ok);
        string again = Bless(changed, out _) ?? "";
        Assert.True(Run("t.mlir", again).Ok);
        Assert.Contains("[[C:%", again, StringComparison.Ordinal);
        Assert.DoesNotContain("\"a.b\"", again, StringComparison.Ordinal);
    }

    [Fact]
    public void BlessKeepsHandwrittenChecks()
    {
        Assert.Null(Bless("// RUN: orc opt %s | filecheck %s\n// CHECK: a.z\n" + Module, out DiagnosticBag why));
        Assert.Contains("line 2 of 't.mlir' is a handwritten check", Assert.Single(why.Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BlessWritesExpectedBlocks()
    {
        string blessed = Bless("// pipeline: dce\n" + Module + "// expect:\nold\n", out _) ?? "";
        Assert.StartsWith("// pipeline: dce\n" + Module + "// expect:\n\"builtin.module\"", blessed, StringComparison.Ordinal);
        Assert.True(Run("t.mlir", blessed).Ok);
    }

    [Fact]
    public void BracketsInOutputAreNoVariables()
    {
        string text = "// RUN: orc opt %s | filecheck %s\n\"a.b\"() {v = dense<[[1, 2], [3, 4]]> : tensor<2x2xi32>, w = {x = {y = {}}}, z = \"{{[[\"} : () -> ()\n";
        Assert.True(Run("t.mlir", Bless(text, out _) ?? "").Ok);
    }

    private static string? Bless(string text, out DiagnosticBag bag)
    {
        bag = new DiagnosticBag();
        return TestBless.Rewrite(new SourceText("t.mlir", text), null, bag);
    }

    private static TestOutcome Run(string path, string text) => TestRun.Run(new SourceText(path, text), null, TestContext.Current.CancellationToken);

    private static string Text(TestOutcome outcome) => $"{outcome.Kind}\n" + string.Concat(outcome.Diagnostics.Select(d => DiagnosticText.Render(d)));
}
