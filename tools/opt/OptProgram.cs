using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Dialects.Builtin;
using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>
/// The whole of <c>orc opt</c>: reads IR, verifies it, runs passes, prints it. It needs the IR library, the dialects and the passes that it is
/// given, and nothing else of this program.
/// </summary>
/// <param name="registry">The passes.</param>
/// <param name="dialects">A context with all dialects.</param>
/// <param name="output">Where the answer goes.</param>
/// <param name="error">Where everything else goes.</param>
/// <param name="colour">Whether diagnostics may be coloured.</param>
internal sealed class OptProgram(PassRegistry registry, Func<Context> dialects, TextWriter output, TextWriter error, bool colour)
{
    private const int Fine = 0;
    private const int InputAtFault = 1;
    private const int Usage = 2;
    private const int Bug = 70;

    /// <summary>Runs in this process with all dialects and passes of this repository.</summary>
    public static int RunHere(IReadOnlyList<string> arguments) =>
        new OptProgram(new PassRegistry(Compiler.GeneratedRegistry.Passes), DialectSet.NewContext, Terminal.Out, Terminal.Error, Terminal.ColourOnError).Run(arguments);

    /// <summary>Runs with the arguments behind <c>opt</c>; gives the exit code.</summary>
    public int Run(IReadOnlyList<string> arguments)
    {
        var reader = new OptArguments(registry);
        OptInvocation invocation = reader.Read(arguments);
        if (reader.Mistakes.Count > 0)
        {
            foreach (string mistake in reader.Mistakes)
            {
                error.Write($"orc opt: {mistake}\n");
            }

            return Usage;
        }

        bool debug = invocation.Debug || Environment.GetEnvironmentVariable("ORC_DEBUG") is not null;
        try
        {
            return Answer(invocation, debug);
        }
        catch (DiagnosticException mistakes)
        {
            Show(mistakes.Diagnostics);
            return InputAtFault;
        }
        catch (Exception bug) when (!debug)
        {
            error.Write($"orc: this is a bug in orc, not in your input: {bug.GetType().Name}: {bug.Message}\n");
            error.Write("  Give --debug to see where, and report it with the command and the file.\n");
            return Bug;
        }
    }

    private int Answer(OptInvocation invocation, bool debug)
    {
        string? text = invocation.Help ? OptHelp.Text()
            : invocation.ListPasses ? OptHelp.Passes(registry)
            : invocation.ListDialects ? string.Concat(NewContext(invocation).Dialects.Select(d => d.Name + "\n"))
            : null;
        if (text is not null)
        {
            output.Write(text);
            return Fine;
        }

        DebugCounters? counters = Counters(invocation);
        using Stream? direct = invocation.Output == "-" && !invocation.Json ? Console.OpenStandardOutput() : null;
        OptOptions options = Options(invocation, counters, direct);
        OptResult result = OptRun.Run(SourceFile.ReadBytes(invocation.File ?? "-"), registry, () => NewContext(invocation), options);
        ShowReports(invocation, options, result, counters);
        if (invocation.Json)
        {
            output.Write(OptJson.Render(result));
        }
        else
        {
            Show(result.Diagnostics.Items);
            WriteText(invocation, result);
        }

        return Finish(invocation, result, debug);
    }

    private int Finish(OptInvocation invocation, OptResult result, bool debug)
    {
        if (result.Crash is { } crash)
        {
            error.Write($"orc: this is a bug in a pass, not in your input: {crash.Message}\n");
            error.Write(crash.Span.Source is null ? "" : $"  The operation is at {crash.Span}.\n");
            error.Write(debug ? $"{crash.InnerException}\n" : "  Give --debug to see where, and report it with the command and the file.\n");
        }

        if (result.Reproducer is { } reproducer && invocation.ReproducerPath is { } path)
        {
            OptOutput.Write(path, reproducer);
            error.Write($"note: a reproducer is in {path}; run it with: orc opt {path} --run-reproducer\n");
        }
        else if (result.Crash is not null)
        {
            error.Write("  --crash-reproducer=FILE writes a file that repeats it.\n");
        }

        return result.Crash is not null ? Bug : result.Ok ? Fine : InputAtFault;
    }

    private static void WriteText(OptInvocation invocation, OptResult result)
    {
        if (result.Text is not { } text)
        {
            return;
        }

        OptOutput.Write(invocation.Output, text);
    }

    private void ShowReports(OptInvocation invocation, OptOptions options, OptResult result, DebugCounters? counters)
    {
        if (invocation.DumpPipeline && result.Pipeline is { } pipeline)
        {
            error.Write(pipeline.Dump());
        }

        if (invocation.Timing is { } timing)
        {
            error.Write(options.Passes.Report.Timing.Render(timing));
        }

        if (invocation.Statistics is { } statistics)
        {
            error.Write(options.Passes.Report.Statistics.Render(statistics));
        }

        if (invocation.PrintDebugCounter)
        {
            error.Write((counters ?? new DebugCounters()).Render());
        }
    }

    private static OptOptions Options(OptInvocation invocation, DebugCounters? counters, IRDump? dump, Stream? direct) => new()
    {
        Output = direct,
        Pipeline = invocation.Pipeline ?? string.Join(',', invocation.Passes),
        RunReproducer = invocation.RunReproducer,
        SplitInputFile = invocation.SplitInput,
        SplitMarker = invocation.SplitMarker,
        OutputSplitMarker = invocation.OutputSplitMarker,
        VerifyDiagnostics = invocation.VerifyDiagnostics,
        OnlyExpected = invocation.OnlyExpected,
        Print = new PrintOptions(invocation.Locations),
        Reproducer = invocation.SmallestReproducer ? ReproducerKind.Smallest : invocation.ReproducerKind,
        Passes = new PassRunOptions
        {
            VerifyEach = invocation.VerifyEach,
            CheckClaims = invocation.CheckClaims,
            Threads = invocation.Threads,
            Dump = dump,
            Counters = counters,
        },
    };

    private OptOptions Options(OptInvocation invocation, DebugCounters? counters, Stream? direct)
    {
        // Asked for without saying after which passes, changes and differences are shown after all of them.
        bool afterAll = (invocation.PrintOnlyChanged || invocation.PrintDiff) && invocation.PrintAfter.Count == 0;
        IRDump? dump = !invocation.Dumps ? null : new IRDump(shown => ShowIR(invocation, shown))
        {
            Before = invocation.PrintBefore,
            After = afterAll ? ["all"] : invocation.PrintAfter,
            OnlyChanged = invocation.PrintOnlyChanged,
            AfterFailure = invocation.PrintAfterFailure,
            WholeModule = invocation.PrintModule,
            Diff = invocation.PrintDiff,
            Print = new PrintOptions(invocation.Locations),
        };
        return Options(invocation, counters, dump, direct);
    }

    private void ShowIR(OptInvocation invocation, DumpedIR shown)
    {
        if (invocation.PrintFolder is { } folder)
        {
            OptOutput.Write(Path.Combine(folder, shown.Path), $"{shown.Title}\n{shown.Text}");
        }
        else
        {
            error.Write($"{shown.Title}\n{shown.Text}\n\n");
        }
    }

    private static DebugCounters? Counters(OptInvocation invocation)
    {
        if (invocation.DebugCounter is null)
        {
            return invocation.PrintDebugCounter ? new DebugCounters() : null;
        }

        var mistakes = new DiagnosticBag();
        return DebugCounters.Parse(invocation.DebugCounter, mistakes) ?? throw new DiagnosticException(mistakes.Items);
    }

    private Context NewContext(OptInvocation invocation) => invocation.BuiltinOnly ? new Context([new BuiltinDialect()]) : dialects();

    private void Show(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.Write(DiagnosticText.Render(diagnostic, colour));
        }
    }
}
