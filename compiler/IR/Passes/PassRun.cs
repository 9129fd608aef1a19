using System.Globalization;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>How passes are run.</summary>
public sealed class PassRunOptions
{
    private readonly List<(string Pass, TimeSpan Time)> _timings = [];

    /// <summary>Whether the IR is verified after each pass; true unless said otherwise.</summary>
    public bool VerifyEach { get; init; } = true;

    /// <summary>The passes after which the IR is written to <see cref="Dump"/>; <c>*</c> stands for all.</summary>
    public IReadOnlyCollection<string> PrintAfter { get; init; } = [];

    /// <summary>Where the IR goes after the passes of <see cref="PrintAfter"/>.</summary>
    public TextWriter? Dump { get; init; }

    /// <summary>The clock for <see cref="Timings"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long each pass took, in the order in which they ran; filled by the run.</summary>
    public IReadOnlyList<(string Pass, TimeSpan Time)> Timings => _timings;

    /// <summary>What passes counted, by <c>pass.counter</c>; filled by the run.</summary>
    public IReadOnlyDictionary<string, long> Statistics { get; internal set; } = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>The timings as a table that ends in a total.</summary>
    public string TimingText()
    {
        var text = new StringBuilder("  time ms  pass\n");
        double total = 0;
        foreach ((string pass, TimeSpan time) in _timings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds,9:F3}  {pass}\n");
            total += time.TotalMilliseconds;
        }

        return text.Append(CultureInfo.InvariantCulture, $"{total,9:F3}  total\n").ToString();
    }

    internal void Note(string pass, TimeSpan time) => _timings.Add((pass, time));
}

// One run of a pipeline.
internal sealed class PassRun(PassRunOptions options, DiagnosticBag diagnostics, CancellationToken cancellation)
{
    private readonly PassContext _context = new(new DiagnosticBag(), cancellation);

    public bool Run(PassPipeline pipeline, Operation root)
    {
        // What is still to run, the next on top. An anchor is replaced by its entries on each operation that it names.
        var pending = new Stack<(PassPipeline.Entry Entry, Operation On)>();
        Push(pending, pipeline.Entries, root);
        bool good = true;
        while (good && pending.TryPop(out (PassPipeline.Entry Entry, Operation On) next))
        {
            if (next.Entry.Pass is { } pass)
            {
                good = RunPass(next.Entry, pass, next.On, root);
            }
            else if (ReferenceEquals(next.On, root) && root.Name.Text == next.Entry.Anchor)
            {
                Push(pending, next.Entry.Inside, root);
            }
            else
            {
                Operation[] inside = [.. next.On.Regions.SelectMany(r => r.Blocks).SelectMany(b => b.Operations).Where(o => o.Name.Text == next.Entry.Anchor)];
                foreach (Operation op in inside.Reverse())
                {
                    Push(pending, next.Entry.Inside, op);
                }
            }
        }

        diagnostics.AddRange(_context.Diagnostics.Items);
        options.Statistics = _context.Statistics;
        return good && !_context.Diagnostics.HasErrors;
    }

    private static void Push(Stack<(PassPipeline.Entry Entry, Operation On)> pending, List<PassPipeline.Entry> entries, Operation on)
    {
        for (int i = entries.Count - 1; i >= 0; i--)
        {
            pending.Push((entries[i], on));
        }
    }

    private bool RunPass(PassPipeline.Entry entry, Pass pass, Operation on, Operation root)
    {
        cancellation.ThrowIfCancellationRequested();
        if (entry.Info is { Anchor.Length: > 0 } info && info.Anchor != on.Name.Text)
        {
            _context.Diagnostics.Error(IRCodes.WrongAnchor, $"pass '{info.Name}' runs on '{info.Anchor}', not on '{on.Name}'", entry.Span,
                $"write {info.Anchor}({info.Name})");
            return false;
        }

        long start = options.Clock.GetTimestamp();
        pass.Run(on, _context);
        options.Note(pass.Name, options.Clock.GetElapsedTime(start));
        if (_context.Diagnostics.HasErrors)
        {
            return false;
        }

        if (options.Dump is { } dump && (options.PrintAfter.Contains("*") || options.PrintAfter.Contains(pass.Name)))
        {
            dump.Write($"// IR after {pass.Name}\n");
            dump.Write(IRPrinter.Print(root));
        }

        return !options.VerifyEach || VerifyAfter(entry, pass, on);
    }

    private bool VerifyAfter(PassPipeline.Entry entry, Pass pass, Operation on)
    {
        var bag = new DiagnosticBag();
        if (IRVerifier.Verify(on, bag))
        {
            return true;
        }

        _context.Diagnostics.Error(IRCodes.BrokenByPass, $"pass '{pass.Name}' left IR that is not valid", entry.Span, "this is a mistake in the pass; leave it out");
        _context.Diagnostics.AddRange(bag.Items);
        return false;
    }
}
