using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Passes in order, each on the operations that its place names: <c>canonicalize,agent.graph(cse),dce</c>. Written at the top,
/// <c>builtin.module(…)</c> means the module itself.
/// </summary>
public sealed class PassPipeline
{
    // One entry: a pass, or an anchor with the entries inside it.
    internal sealed class Entry(SourceSpan span, PassInfo? info, Pass? pass, string anchor)
    {
        public SourceSpan Span { get; } = span;

        public PassInfo? Info { get; } = info;

        public Pass? Pass { get; } = pass;

        public string Anchor { get; } = anchor;

        public List<Entry> Inside { get; } = [];
    }

    internal PassPipeline(List<Entry> entries) => Entries = entries;

    internal List<Entry> Entries { get; }

    /// <summary>Reads a pipeline; null when there were errors, all of which are reported.</summary>
    public static PassPipeline? Parse(SourceText text, PassRegistry registry, DiagnosticBag diagnostics) =>
        new PipelineParser(text, registry, diagnostics).Parse();

    /// <summary>Runs the passes on <paramref name="root"/>; false, and <paramref name="diagnostics"/> says why, when one failed.</summary>
    public bool Run(Operation root, DiagnosticBag diagnostics, PassRunOptions? options = null, CancellationToken cancellation = default) =>
        new PassRun(options ?? new PassRunOptions(), diagnostics, cancellation).Run(this, root);

    /// <summary>The text that reads back to this pipeline.</summary>
    public override string ToString()
    {
        // Anchors nest as deep as the reader allows, which is bounded.
        var text = new StringBuilder();
        Append(text, Entries);
        return text.ToString();
    }

    private static void Append(StringBuilder text, List<Entry> entries)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            Entry entry = entries[i];
            text.Append(i == 0 ? "" : ",");
            if (entry.Info is not { } info || entry.Pass is not { } pass)
            {
                text.Append(entry.Anchor).Append('(');
                Append(text, entry.Inside);
                text.Append(')');
                continue;
            }

            text.Append(info.Name);
            Pass fresh = info.Create();
            string[] changed = [.. info.Options.Where(o => o.Get(pass) != o.Get(fresh)).Select(o => $"{o.Name}={Quote(o.Get(pass))}")];
            if (changed.Length > 0)
            {
                text.Append('{').AppendJoin(' ', changed).Append('}');
            }
        }
    }

    private static string Quote(string value) =>
        value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '+' or '/' or ':') ? value : $"\"{value}\"";
}
