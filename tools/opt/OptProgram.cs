using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects.Builtin;
using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>
/// The whole of <c>orc opt</c>: reads IR, verifies it, runs passes, prints it. It needs the IR library, the dialects and the passes that it is
/// given, and nothing else of this program.
/// </summary>
/// <param name="registry">The passes.</param>
/// <param name="dialects">What makes contexts with all dialects and those that the given files declare.</param>
/// <param name="output">Opens where the answer goes.</param>
/// <param name="error">Where everything else goes.</param>
/// <param name="colour">Whether diagnostics may be coloured.</param>
internal sealed class OptProgram(PassRegistry registry, Func<IReadOnlyList<string>, Func<Context>> dialects, Func<Stream> output, TextWriter error, bool colour)
{
    /// <summary>
    /// Runs in this process with all dialects and passes of this repository and of the plugins that are named; <paramref name="loadPlugins"/> is
    /// null where nothing can be loaded at run time.
    /// </summary>
    public static int RunHere(IReadOnlyList<string> arguments, Func<IReadOnlyList<string>, Additions>? loadPlugins = null)
    {
        try
        {
            // Plugins bring passes, and every pass is a flag: they are loaded before the flags are read.
            Additions additions = Additions.Load(OptArguments.PluginsIn(arguments), loadPlugins);
            return new OptProgram(additions.PassesWith(Compiler.GeneratedRegistry.Passes), files => ExtraDialects.Contexts(additions, files),
                Console.OpenStandardOutput, Terminal.Error, Terminal.ColourOnError).Run(arguments);
        }
        catch (DiagnosticException mistakes)
        {
            Exit.Show(mistakes.Diagnostics, json: false);
            return Exit.InputAtFault;
        }
    }

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

            return Exit.Usage;
        }

        bool debug = invocation.Debug || Environment.GetEnvironmentVariable("ORC_DEBUG") is not null;
        try
        {
            return Answer(invocation, debug);
        }
        catch (DiagnosticException mistakes)
        {
            Show(mistakes.Diagnostics);
            return Exit.InputAtFault;
        }
        catch (Exception bug) when (!debug)
        {
            error.Write($"orc: this is a bug in orc, not in your input: {bug.GetType().Name}: {bug.Message}\n");
            error.Write("  Give --debug to see where, and report it with the command and the file.\n");
            return Exit.Bug;
        }
    }

    private int Answer(OptInvocation invocation, bool debug)
    {
        Func<Context> contexts = invocation.BuiltinOnly ? static () => new Context([new BuiltinDialect()]) : dialects(invocation.Irdl);
        string? text = invocation.Help ? OptHelp.Text()
            : invocation.ExportIrdl is { } dialect ? ExtraDialects.Export(dialect, contexts())
            : invocation.ListPasses ? OptHelp.Passes(registry)
            : invocation.ListDialects ? string.Concat(contexts().Dialects.Select(d => d.Name + "\n"))
            : null;
        if (text is not null)
        {
            Write(text);
            return Exit.Fine;
        }

        DebugCounters? counters = Counters(invocation);
        using Stream? direct = invocation.Output == "-" && !invocation.Json ? output() : null;
        OptOptions options = Options(invocation, counters, direct);
        string path = invocation.File ?? "-";
        OptHeap.PutOffCollections(File.Exists(path) ? new FileInfo(path).Length : 0);
        SourceText source = SourceFile.ReadBytes(path);
        OptResult result = OptRun.Run(source, registry, contexts, options);
        ShowReports(invocation, options, result, counters);
        if (invocation.Json)
        {
            Write(OptJson.Render(result));
        }
        else
        {
            Show(result.Diagnostics.Items);
            WriteText(invocation, result);
        }

        if (invocation.View is { } view && result.Ok)
        {
            // The result went out as text; for the picture it is made once more, in the form that every operation has.
            invocation.Generic = true;
            OptResult again = OptRun.Run(source, registry, contexts, Options(invocation, Counters(invocation), null, null));
            ViewFile.Write(view, again.Text ?? "", contexts);
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

        return result.Crash is not null ? Exit.Bug : result.Ok ? Exit.Fine : Exit.InputAtFault;
    }

    private void Write(string text)
    {
        using Stream stream = output();
        stream.Write(Encoding.UTF8.GetBytes(text));
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
        Print = new PrintOptions(invocation.Locations, Pretty: !invocation.Generic),
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
            Print = new PrintOptions(invocation.Locations, Pretty: !invocation.Generic),
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

    private void Show(IReadOnlyList<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            error.Write(DiagnosticText.Render(diagnostic, colour));
        }
    }
}
