using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// One run of a pipeline on one operation: what all its threads share.
internal sealed class PassRun(PassPipeline pipeline, Operation root, PassRunOptions options, DiagnosticBag diagnostics, CancellationToken cancellation)
{
    public Operation Root => root;

    public PassRunOptions Options => options;

    public CancellationToken Cancellation => cancellation;

    // What looks at the whole module while a pass runs, or counts over all passes, needs one pass at a time.
    public bool OneThread { get; } = options.Threads <= 1 || options.Dump is not null || options.Counters is not null;

    public bool Run()
    {
        var bag = new DiagnosticBag();
        PassWorker main = NewWorker(isMain: true);
        try
        {
            bool good = main.RunAll(pipeline.Entries, root, new Analyses(root), bag, new Preserved(), top: true);
            return good && !bag.HasErrors;
        }
        finally
        {
            diagnostics.AddRange(bag.Items);
            options.Report.Add(pipeline, main.Times, main.Counts);
        }
    }

    public PassWorker NewWorker(bool isMain) => new(this, pipeline, isMain);
}

// What is still true after some passes: everything, or only some analyses.
internal sealed class Preserved
{
    private HashSet<Type>? _only;

    public bool All => _only is null;

    public IReadOnlyCollection<Type> Types => _only ?? (IReadOnlyCollection<Type>)[];

    public void Meet(PassContext context)
    {
        if (!context.ChangedNothing)
        {
            Meet(context.Preserved);
        }
    }

    public void Meet(Preserved other)
    {
        if (!other.All)
        {
            Meet(other.Types);
        }
    }

    private void Meet(IReadOnlyCollection<Type> types)
    {
        if (_only is null)
        {
            _only = [.. types];
        }
        else
        {
            _only.IntersectWith(types);
        }
    }
}
