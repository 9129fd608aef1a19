using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// A file, or one part of a split one, on its way through reading, verifying, passes and printing.
internal sealed class OptPart(SourceText source, PassRegistry registry, Func<Context> newContext, OptOptions options)
{
    private readonly TimingReport _timing = options.Passes.Report.Timing;
    private readonly TimeProvider _clock = options.Passes.Clock;

    public DiagnosticBag Diagnostics { get; } = new();

    public required PassPipeline Pipeline { get; set; }

    // What stands before this part in the output.
    public required string Before { get; init; }

    public PassCrashException? Crash { get; private set; }

    public string? Reproducer { get; private set; }

    public string? Run(CancellationToken cancellation)
    {
        Context context = newContext();
        ParsedModule? parsed = _timing.Measure("Parse", _clock, () => IRParser.Parse(source, context, Diagnostics));
        if (parsed is null || !_timing.Measure("Verify", _clock, () => IRVerifier.Verify(parsed.Module, Diagnostics)))
        {
            return null;
        }

        PassRunOptions passes = options.Passes;
        if (options.RunReproducer)
        {
            if (IR.Reproducer.Read(parsed.Resources, source, Diagnostics) is not { } given
                || PassPipeline.Parse(new SourceText("<reproducer>", given.Pipeline), registry, Diagnostics) is not { } pipeline)
            {
                return null;
            }

            Pipeline = pipeline;
            passes = passes.With(given.OneThread ? 1 : passes.Threads, given.VerifyEach && passes.VerifyEach);
            parsed = parsed with { Resources = parsed.Resources?.Without(IR.Reproducer.Key) };
        }

        bool good = RunPasses(parsed, passes, cancellation);
        return good && !options.VerifyDiagnostics ? _timing.Measure("Print", _clock, () => Print(parsed)) : null;
    }

    private string? Print(ParsedModule parsed)
    {
        if (options.Output is not { } output)
        {
            return parsed.Print(options.Print);
        }

        output.Write(System.Text.Encoding.UTF8.GetBytes(Before));
        parsed.Print(output, options.Print);
        return null;
    }

    private bool RunPasses(ParsedModule parsed, PassRunOptions passes, CancellationToken cancellation)
    {
        string? before = options.Reproducer == ReproducerKind.None ? null : IRPrinter.Print(parsed.Module);
        bool good = false;
        try
        {
            good = Pipeline.Run(parsed.Module, Diagnostics, passes, cancellation);
        }
        catch (PassCrashException crash)
        {
            Crash = crash;
        }

        if (before is not null && (!good || options.Reproducer == ReproducerKind.Always))
        {
            Reproducer = ReproducerText(before, parsed.Resources, passes, cancellation);
        }

        return good;
    }

    private string ReproducerText(string before, ResourceSection? resources, PassRunOptions passes, CancellationToken cancellation)
    {
        string pipeline = Pipeline.ToAnchoredString();
        if (options.Reproducer == ReproducerKind.Smallest)
        {
            (before, pipeline) = new ReproducerSearch(Pipeline, newContext, passes.VerifyEach).Smallest(before, cancellation);
        }

        return new Reproducer(pipeline, OneThread: true, passes.VerifyEach).Write(before, resources);
    }
}
