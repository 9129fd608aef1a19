using System.Globalization;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Narrows down which of many actions of passes goes wrong: <c>name-skip=N</c> leaves the first N out, <c>name-count=M</c> does M after them and no
/// more. Halving M finds the one in few runs. An action's name is what a pass hands to <see cref="PassContext.MayAct"/>.
/// </summary>
public sealed class DebugCounters
{
    private readonly SortedDictionary<string, Counter> _counters = new(StringComparer.Ordinal);

    /// <summary>Reads <c>name-skip=N,name-count=M,…</c>; null when there were errors.</summary>
    public static DebugCounters? Parse(string text, DiagnosticBag diagnostics)
    {
        var source = new SourceText("<debug-counter>", text);
        var counters = new DebugCounters();
        int start = 0;
        bool good = true;
        foreach (string part in text.Split(','))
        {
            string[] sides = part.Split('=');
            string name = sides[0].Trim();
            int dash = name.LastIndexOf('-');
            string what = name[(dash + 1)..];
            if (sides.Length == 2 && dash > 0 && what is "skip" or "count"
                && long.TryParse(sides[1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long value))
            {
                Counter counter = counters.Of(name[..dash]);
                counter.Skip = what == "skip" ? value : counter.Skip;
                counter.Count = what == "count" ? value : counter.Count;
            }
            else
            {
                good = false;
                diagnostics.Error(IRCodes.DebugCounter, $"'{part}' is no debug counter", new SourceSpan(source, start, part.Length),
                    "write name-skip=N or name-count=N with a whole number N");
            }

            start += part.Length + 1;
        }

        return good ? counters : null;
    }

    /// <summary>How often each action was asked for and done, one a line.</summary>
    public string Render()
    {
        var text = new StringBuilder("Actions of passes\n");
        foreach ((string name, Counter counter) in _counters)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {counter.Asked,8} asked, {counter.Done,8} done  {name}\n");
        }

        return text.ToString();
    }

    internal bool Next(string action)
    {
        Counter counter = Of(action);
        bool done = counter.Asked >= counter.Skip && counter.Done < counter.Count;
        counter.Asked++;
        counter.Done += done ? 1 : 0;
        return done;
    }

    private Counter Of(string name)
    {
        if (!_counters.TryGetValue(name, out Counter? counter))
        {
            _counters.Add(name, counter = new Counter());
        }

        return counter;
    }

    private sealed class Counter
    {
        public long Skip { get; set; }

        public long Count { get; set; } = long.MaxValue;

        public long Asked { get; set; }

        public long Done { get; set; }
    }
}
