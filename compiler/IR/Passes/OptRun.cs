using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>Reads IR, verifies it, runs a pipeline, prints it: what <c>orc opt</c> does. Text in, text and diagnostics out; no files are touched.</summary>
public static class OptRun
{
    /// <summary>
    /// Runs on <paramref name="input"/>. Each part of a split file gets a context of its own from <paramref name="newContext"/>. Places in
    /// diagnostics are those of the whole file. A pass that throws gives a result with <see cref="OptResult.Crash"/>.
    /// </summary>
    public static OptResult Run(
        SourceText input, PassRegistry registry, Func<Context> newContext, OptOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new OptOptions();
        var diagnostics = new DiagnosticBag();
        PassPipeline? pipeline = PassPipeline.Parse(new SourceText("<pipeline>", options.RunReproducer ? "" : options.Pipeline), registry, diagnostics);
        if (pipeline is null)
        {
            return new OptResult(null, diagnostics, false);
        }

        var texts = new List<string>();
        PassCrashException? crash = null;
        string? reproducer = null;
        foreach (SourceText source in options.SplitInputFile ? SplitInput.Parts(input, options.SplitMarker) : [input])
        {
            var part = new OptPart(source, registry, newContext, options) { Pipeline = pipeline, Before = texts.Count == 0 ? "" : options.OutputSplitMarker + "\n" };
            texts.Add(part.Run(cancellation) ?? "");
            pipeline = part.Pipeline;
            crash ??= part.Crash;
            reproducer ??= part.Reproducer;
            if (options.VerifyDiagnostics)
            {
                ExpectedDiagnostics.Check(source, part.Diagnostics, diagnostics, options.OnlyExpected);
            }
            else
            {
                diagnostics.AddRange(part.Diagnostics.Items);
            }
        }

        bool good = !diagnostics.HasErrors && crash is null;
        return new OptResult(good && !options.VerifyDiagnostics && options.Output is null ? string.Join(options.OutputSplitMarker + "\n", texts) : null, diagnostics, good)
        {
            Pipeline = pipeline,
            Crash = crash,
            Reproducer = reproducer,
        };
    }
}
