using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Passes in order, each on the operations that its place names: <c>canonicalize,agent.graph(cse),dce</c>, or as mlir-opt writes it
/// <c>builtin.module(canonicalize,agent.graph(cse),dce)</c>. Written at the top, the name of the root operation means the root itself, and
/// <c>any(…)</c> around everything whatever the root is; elsewhere a name means the operations of that name directly inside, and <c>any(…)</c>
/// all isolated ones.
/// </summary>
public sealed class PassPipeline
{
    /// <summary>The anchor that stands for operations of every name.</summary>
    public const string Any = "any";

    internal const string Module = "builtin.module";

    // One entry: a pass, or an anchor with the entries inside it.
    internal sealed class Entry(SourceSpan span, PassInfo? info, Pass? pass, string anchor)
    {
        public SourceSpan Span { get; } = span;

        public PassInfo? Info { get; } = info;

        public Pass? Pass { get; } = pass;

        public string Anchor { get; } = anchor;

        public List<Entry> Inside { get; } = [];

        // The place in the order in which the entries are written, anchors before what is inside them.
        public int Index { get; set; }

        public string Title => Info?.Name ?? $"'{Anchor}' pipeline";
    }

    internal PassPipeline(List<Entry> entries)
    {
        Entries = entries;
        All = [.. Flatten(entries)];
        for (int i = 0; i < All.Count; i++)
        {
            All[i].Index = i;
        }
    }

    /// <summary>The number of passes that it names.</summary>
    public int PassCount => All.Count(e => e.Info is not null);

    internal List<Entry> Entries { get; }

    // Every entry in the order in which they are written.
    internal IReadOnlyList<Entry> All { get; }

    /// <summary>Reads a pipeline; null when there were errors, all of which are reported.</summary>
    public static PassPipeline? Parse(SourceText text, PassRegistry registry, DiagnosticBag diagnostics) =>
        new PipelineParser(text, registry, diagnostics).Parse();

    /// <summary>
    /// Runs the passes on <paramref name="root"/>; false, and <paramref name="diagnostics"/> says why, when one failed. Diagnostics and statistics
    /// come in the order of the pipeline and of the operations, however many threads there are.
    /// </summary>
    /// <exception cref="PassCrashException">A pass threw an exception, which is a mistake in the pass.</exception>
    public bool Run(Operation root, DiagnosticBag diagnostics, PassRunOptions? options = null, CancellationToken cancellation = default) =>
        new PassRun(this, root, options ?? new PassRunOptions(), diagnostics, cancellation).Run();

    /// <summary>The text that reads back to this pipeline: one line, with the options that differ from their defaults.</summary>
    public override string ToString() => PipelineText.Short(this);

    /// <summary>The same as mlir-opt would take it: with the root's name around it.</summary>
    public string ToAnchoredString() => Anchored().ToString();

    /// <summary>The pipeline for people, one entry a line, with all options: what <c>--dump-pass-pipeline</c> shows.</summary>
    public string Dump() => PipelineText.Dump(this);

    internal bool IsAnchored => Entries is [{ Info: null, Anchor: Module or Any }];

    // The same with one anchor around all of it; where the module is named at the top, its entries are put there instead.
    internal PassPipeline Anchored()
    {
        if (IsAnchored)
        {
            return this;
        }

        var module = new Entry(SourceSpan.None, null, null, Module);
        module.Inside.AddRange(Entries.SelectMany(e => e.Info is null && e.Anchor == Module ? e.Inside : [e]));
        return new PassPipeline([module]);
    }

    // The passes from one to another, counted as they are written, at the places where they stand.
    internal PassPipeline Slice(int first, int last)
    {
        Entry root = Anchored().Entries[0];
        var kept = new Entry(root.Span, null, null, root.Anchor);
        int at = 0;
        Cut(root, kept, first, last, ref at);
        return new PassPipeline([kept]);
    }

    // Anchors nest as deep as the reader allows, which is bounded.
    private static void Cut(Entry from, Entry to, int first, int last, ref int at)
    {
        foreach (Entry entry in from.Inside)
        {
            if (entry.Info is { } info && entry.Pass is { } pass)
            {
                if (at >= first && at <= last)
                {
                    to.Inside.Add(new Entry(entry.Span, info, info.Copy(pass), ""));
                }

                at++;
                continue;
            }

            var anchor = new Entry(entry.Span, null, null, entry.Anchor);
            Cut(entry, anchor, first, last, ref at);
            if (anchor.Inside.Count > 0)
            {
                to.Inside.Add(anchor);
            }
        }
    }

    // Anchors nest as deep as the reader allows, which is bounded.
    private static IEnumerable<Entry> Flatten(List<Entry> entries)
    {
        foreach (Entry entry in entries)
        {
            yield return entry;
            foreach (Entry inside in Flatten(entry.Inside))
            {
                yield return inside;
            }
        }
    }
}
