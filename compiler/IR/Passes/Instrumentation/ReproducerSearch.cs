using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Looks for the shortest part of a pipeline that fails on the IR that the passes before it leave. Pipelines run at most
// three times for each pass.
internal sealed class ReproducerSearch(PassPipeline pipeline, Func<Context> newContext, bool verifyEach)
{
    public (string Module, string Pipeline) Smallest(string module, CancellationToken cancellation)
    {
        // Nothing after the first pass that fails matters.
        int last = 0;
        while (last < pipeline.PassCount && !Fails(module, 0, last, cancellation, out _))
        {
            last++;
        }

        if (last == pipeline.PassCount)
        {
            // It does not fail again, as when it hangs on threads: the whole is all that can be given.
            return (module, pipeline.ToAnchoredString());
        }

        for (int first = last; first > 0; first--)
        {
            if (!Fails(module, 0, first - 1, cancellation, out string? after) && after is not null && Fails(after, first, last, cancellation, out _))
            {
                return (after, pipeline.Slice(first, last).ToString());
            }
        }

        return (module, pipeline.Slice(0, last).ToString());
    }

    // Whether the passes from one to another fail on a module; if not, the module that they leave. A module that cannot be read back is no failure.
    private bool Fails(string module, int first, int last, CancellationToken cancellation, out string? after)
    {
        after = null;
        var bag = new DiagnosticBag();
        if (IRParser.Parse(new SourceText("<reproducer>", module), newContext(), bag) is not { } parsed || !IRVerifier.Verify(parsed.Module, bag))
        {
            return false;
        }

        try
        {
            bool good = pipeline.Slice(first, last).Run(parsed.Module, bag, new PassRunOptions { VerifyEach = verifyEach, Threads = 1 }, cancellation);
            after = good ? IRPrinter.Print(parsed.Module) : null;
            return !good;
        }
        catch (PassCrashException)
        {
            return true;
        }
    }
}
