using Orchestrator.Diagnostics;
using Orchestrator.Frontend;
using Orchestrator.IR;
using Orchestrator.IR.Testing;

namespace Orchestrator.Compiler.Testing;

/// <summary>Carries one test file out; what is not as it should be goes to the bag.</summary>
internal sealed class TestExecution(TestFile file, TestEnvironment environment, DiagnosticBag diagnostics, CancellationToken cancellation)
{
    public void Run()
    {
        switch (file.Kind)
        {
            case TestKind.RunLines:
                foreach (RunLine run in file.Runs)
                {
                    RunOne(run);
                }

                break;
            case TestKind.Diagnostics:
                diagnostics.AddRange(Produce(new OptOptions { SplitInputFile = !file.IsFlow, VerifyDiagnostics = true }).Diagnostics.Items);
                break;
            case TestKind.Expected:
                Expect();
                break;
            case TestKind.Checks:
                RunOne(new RunLine(new OptOptions(), new CheckOptions(), MustFail: false, ChecksErrors: false, new SourceSpan(file.Source, 0, 0)));
                break;
            default:
                RoundTrip();
                break;
        }
    }

    /// <summary>The output of a run, as check lines see it; null when it failed and that was not wanted.</summary>
    public SourceText? Output(RunLine run, DiagnosticBag mistakes)
    {
        OptResult result = Produce(run.Options);
        if (result.Ok == run.MustFail)
        {
            if (run.MustFail)
            {
                mistakes.Error(TestCodes.ShouldFail, "the run should fail, but reports nothing", run.Span, "remove 'not', or break what should be refused");
            }

            mistakes.AddRange(result.Diagnostics.Items);
            return null;
        }

        string errors = run.ChecksErrors ? DiagnosticText.Render(result.Diagnostics) : "";
        return new SourceText("<output>", errors + result.Text);
    }

    private void RunOne(RunLine run)
    {
        if (Output(run, diagnostics) is { } output && run.Check is { } check)
        {
            FileCheck.Run(file.Source, output, check, diagnostics);
        }
    }

    /// <summary>The text that the passes of an <c>expect:</c> test give, or null; with the expected text beside it.</summary>
    public (string Expected, string? Actual) Expectation(DiagnosticBag mistakes)
    {
        int mark = file.Source.Text.IndexOf(TestFile.ExpectMark, StringComparison.Ordinal);
        string head = mark < 0 ? file.Source.Text : file.Source.Text[..mark];
        string pipeline = head[..Math.Max(TestFile.PipelineMark.Length, head.IndexOf('\n', StringComparison.Ordinal))][TestFile.PipelineMark.Length..].Trim();
        OptResult result = OptRun.Run(new SourceText(file.Source.Path, head), environment.Passes, environment.NewContext, new OptOptions { Pipeline = pipeline }, cancellation);
        mistakes.AddRange(result.Ok ? [] : result.Diagnostics.Items);
        return (mark < 0 ? "" : file.Source.Text[(mark + TestFile.ExpectMark.Length)..], result.Text);
    }

    private void Expect()
    {
        (string expected, string? actual) = Expectation(diagnostics);
        if (actual is null || actual == expected)
        {
            return;
        }

        string[] wanted = expected.Split('\n');
        string[] found = actual.Split('\n');
        int line = 0;
        while (line < wanted.Length && line < found.Length && wanted[line] == found[line])
        {
            line++;
        }

        int offset = file.Source.Text.Length - expected.Length + wanted.Take(line).Sum(l => l.Length + 1);
        string here = line < wanted.Length ? wanted[line] : "";
        var output = new SourceText("<output>", actual);
        diagnostics.Add(Diagnostic.Error(TestCodes.Differs, "the output is not the expected one, from this line on",
            new SourceSpan(file.Source, Math.Min(offset, file.Source.Text.Length), here.Length), "correct the pass; if the output is right, orc test --bless writes it here")
            .WithNote("this is printed", new SourceSpan(output, output.OffsetOf(line + 1, 1), line < found.Length ? found[line].Length : 0)));
    }

    private void RoundTrip()
    {
        OptResult once = Produce(new OptOptions());
        if (once.Text is null)
        {
            diagnostics.AddRange(once.Diagnostics.Items);
            return;
        }

        var printed = new SourceText("<printed>", once.Text);
        OptResult twice = OptRun.Run(printed, environment.Passes, environment.NewContext, new OptOptions(), cancellation);
        if (twice.Text != once.Text)
        {
            diagnostics.Error(TestCodes.RoundTrip, "what is printed reads back as something else", new SourceSpan(file.Source, 0, 0), "report this with the file: it is a mistake of the printer or parser");
            diagnostics.AddRange(twice.Diagnostics.Items);
        }
    }

    // A workflow becomes IR first; passes run on its text form, which every stage can start from.
    private OptResult Produce(OptOptions options)
    {
        if (!file.IsFlow)
        {
            return OptRun.Run(file.Source, environment.Passes, environment.NewContext, options, cancellation);
        }

        var bag = new DiagnosticBag();
        Operation? module = FlowFrontend.Parse(file.Source, environment.NewContext(), bag, environment.Import);
        if (options.VerifyDiagnostics)
        {
            var mismatches = new DiagnosticBag();
            ExpectedDiagnostics.Check(file.Source, bag, mismatches);
            return new OptResult(null, mismatches, !mismatches.HasErrors);
        }

        return module is null
            ? new OptResult(null, bag, false)
            : OptRun.Run(new SourceText(file.Source.Path + ".mlir", IRPrinter.Print(module)), environment.Passes, environment.NewContext, options, cancellation);
    }
}
