using System.Runtime.ExceptionServices;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// One thread of a run, with pass objects of its own. The main one hands isolated operations to others and merges what came of it in the order of
// the operations, so that the outcome is the same whatever the number of threads.
internal sealed class PassWorker(PassRun run, PassPipeline pipeline, bool isMain)
{
    private readonly Pass?[] _passes = new Pass?[pipeline.All.Count];
    private int _current;
    private long _measured;

    public PassTimes Times { get; } = new(run.Options.Clock);

    public PassCounts Counts { get; } = new();

    // Anchors nest as deep as the pipeline's reader allows, which is bounded.
    public bool RunAll(List<PassPipeline.Entry> entries, Operation on, Analyses analyses, DiagnosticBag bag, Preserved kept, bool top)
    {
        foreach (PassPipeline.Entry entry in entries)
        {
            if (!(entry.Info is null ? RunAnchor(entry, on, analyses, bag, kept, top) : RunPass(entry, on, analyses, bag, kept)))
            {
                return false;
            }
        }

        return true;
    }

    private bool RunAnchor(PassPipeline.Entry entry, Operation on, Analyses analyses, DiagnosticBag bag, Preserved kept, bool top)
    {
        long start = Times.Now;
        try
        {
            if (top && (entry.Anchor == on.Name.Text || pipeline is { IsAnchored: true, Entries: [{ Anchor: PassPipeline.Any }] }))
            {
                return RunAll(entry.Inside, on, analyses, bag, kept, top: false);
            }

            OpRun[] runs = [.. Matching(on, entry.Anchor).Select(op => new OpRun(op, analyses.Find(op, create: false) ?? new Analyses(op, analyses)))];
            if (isMain && runs.Length > 1 && !run.OneThread && runs.All(r => r.Op.Has(OpTraits.IsolatedFromAbove)) && IsParallel(entry))
            {
                RunSideBySide(entry, runs);
            }
            else
            {
                Array.ForEach(runs, r => RunOne(entry, r));
            }

            return Merge(runs, analyses, bag, kept);
        }
        finally
        {
            Times.Add(entry.Index, "", start);
        }
    }

    private void RunSideBySide(PassPipeline.Entry entry, OpRun[] runs)
    {
        var workers = new List<PassWorker>();
        var limit = new ParallelOptions { MaxDegreeOfParallelism = run.Options.Threads };
        Parallel.For(0, runs.Length, limit,
            () => run.NewWorker(isMain: false),
            (i, _, worker) =>
            {
                worker.RunOne(entry, runs[i]);
                return worker;
            },
            worker =>
            {
                lock (workers)
                {
                    workers.Add(worker);
                }
            });
        Times.AddSideBySide(workers.Select(w => w.Times));
        workers.ForEach(w => Counts.Add(w.Counts));
    }

    // Never throws: what happened is kept, so that the other operations are done whatever happens to this one.
    private void RunOne(PassPipeline.Entry entry, OpRun one)
    {
        try
        {
            one.Good = RunAll(entry.Inside, one.Op, one.Analyses, one.Bag, one.Kept, top: false);
        }
        catch (Exception thrown)
        {
            one.Thrown = ExceptionDispatchInfo.Capture(thrown);
        }
        finally
        {
            one.Analyses.Measure = null;
        }
    }

    private static bool Merge(OpRun[] runs, Analyses analyses, DiagnosticBag bag, Preserved kept)
    {
        bool good = true;
        var all = new Preserved();
        foreach (OpRun one in runs)
        {
            bag.AddRange(one.Bag.Items);
            all.Meet(one.Kept);
            good &= one.Good;
            if (!one.Analyses.IsEmpty)
            {
                analyses.Keep(one.Analyses);
            }
        }

        kept.Meet(all);
        if (!all.All)
        {
            analyses.InvalidateHere(all.Types);
        }

        runs.FirstOrDefault(r => r.Thrown is not null)?.Thrown?.Throw();
        return good;
    }

    private static List<Operation> Matching(Operation on, string anchor)
    {
        var matching = new List<Operation>();
        foreach (Region region in on.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                foreach (Operation op in block.Operations)
                {
                    if (anchor == PassPipeline.Any ? op.Has(OpTraits.IsolatedFromAbove) : op.Name.Text == anchor)
                    {
                        matching.Add(op);
                    }
                }
            }
        }

        return matching;
    }

    private static bool IsParallel(PassPipeline.Entry anchor) => anchor.Inside.All(e => e.Info?.Parallel ?? IsParallel(e));

    private bool RunPass(PassPipeline.Entry entry, Operation on, Analyses analyses, DiagnosticBag bag, Preserved kept)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        PassInfo info = entry.Info!; // Only entries of passes come here.
        if (info.Anchor.Length > 0 && info.Anchor != on.Name.Text)
        {
            bag.Error(IRCodes.WrongAnchor, $"pass '{info.Name}' runs on '{info.Anchor}', not on '{on.Name}'", entry.Span, $"write {info.Anchor}({info.Name})");
            return false;
        }

        var context = new PassContext(bag, analyses, run.Options.Counters, run.Cancellation);
        string? before = run.Options.Dump?.NoteBefore(info.Name, on, run.Root);
        string? claimed = run.Options.CheckClaims ? IRPrinter.Print(on) : null;
        PassCrashException? crash = Execute(entry, on, analyses, context);
        Counts.Add(entry.Index, context.Statistics);
        bool good = crash is null && !bag.HasErrors;
        if (good)
        {
            if (!context.ChangedNothing)
            {
                analyses.Invalidate(context.Preserved);
            }

            kept.Meet(context);
            good = Verify(entry, on, context, bag) && (claimed is null || CheckClaim(entry, on, context, bag, claimed));
        }

        run.Options.Dump?.NoteAfter(info.Name, on, run.Root, before, context.ChangedNothing, good);
        return crash is null ? good : throw crash;
    }

    private PassCrashException? Execute(PassPipeline.Entry entry, Operation on, Analyses analyses, PassContext context)
    {
        Pass pass = _passes[entry.Index] ??= isMain ? entry.Pass! : entry.Info!.Copy(entry.Pass!); // Entries of passes have both.
        analyses.Measure = Measure;
        _current = entry.Index;
        long start = Times.Now;
        try
        {
            pass.Run(on, context);
            return null;
        }
        catch (DiagnosticException mistakes)
        {
            context.Diagnostics.AddRange(mistakes.Diagnostics);
            return null;
        }
        catch (Exception bug) when (bug is not OperationCanceledException)
        {
            return new PassCrashException(pass.Name, on, bug);
        }
        finally
        {
            Times.Add(entry.Index, "", start);
        }
    }

    private bool Verify(PassPipeline.Entry entry, Operation on, PassContext context, DiagnosticBag bag)
    {
        if (!run.Options.VerifyEach || context.ChangedNothing)
        {
            return true;
        }

        long start = Times.Now;
        var found = new DiagnosticBag();
        bool valid = IRVerifier.Verify(on, found);
        Times.Add(entry.Index, "(V) verify", start);
        if (!valid)
        {
            bag.Error(IRCodes.BrokenByPass, $"pass '{entry.Info?.Name}' left IR that is not valid", entry.Span, "this is a mistake in the pass; leave it out");
            bag.AddRange(found.Items);
        }

        return valid;
    }

    private static bool CheckClaim(PassPipeline.Entry entry, Operation on, PassContext context, DiagnosticBag bag, string before)
    {
        bool holds = !context.ChangedNothing || before == IRPrinter.Print(on);
        if (!holds)
        {
            bag.Error(IRCodes.FalseClaim, $"pass '{entry.Info?.Name}' said that it changed nothing, but changed {PassCrashException.Describe(on)}", entry.Span,
                "this is a mistake in the pass; it calls PreserveAll too often");
        }

        return holds;
    }

    // The time of an analysis without that of the analyses that it asks for.
    private object Measure(string name, Func<object> compute)
    {
        long outer = _measured;
        _measured = 0;
        long start = Times.Now;
        object result = compute();
        long whole = Times.Now - start;
        Times.AddTicks(_current, $"(A) {name}", Math.Max(0, whole - _measured));
        _measured = outer + whole;
        return result;
    }

    private sealed class OpRun(Operation op, Analyses analyses)
    {
        public Operation Op { get; } = op;

        public Analyses Analyses { get; } = analyses;

        public DiagnosticBag Bag { get; } = new();

        public Preserved Kept { get; } = new();

        public bool Good { get; set; }

        public ExceptionDispatchInfo? Thrown { get; set; }
    }
}
