using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.IR;

/// <summary>How long reading, verifying, every pass and printing took.</summary>
public sealed class TimingReport
{
    private const string Passes = "Passes";

    private readonly TimingNode _root = new("Total");

    /// <summary>The phases and what is in them. The whole has the time of its parts.</summary>
    public IReadOnlyList<TimingNode> Phases => _root.Parts;

    /// <summary>The time of all phases.</summary>
    public TimeSpan Total => new(_root.Parts.Sum(p => p.Wall.Ticks));

    /// <summary>The passes that ran, by their places in the pipeline, each with its time on all threads.</summary>
    public IEnumerable<(string Pass, TimeSpan Time)> PassTimes => _root.Parts.Where(p => p.Name == Passes).SelectMany(Leaves);

    /// <summary>Runs a phase and adds its time.</summary>
    public T Measure<T>(string phase, TimeProvider clock, Func<T> run)
    {
        long start = clock.GetTimestamp();
        try
        {
            return run();
        }
        finally
        {
            TimeSpan time = clock.GetElapsedTime(start);
            _root.Part(phase).Add(time, time, 1);
        }
    }

    /// <summary>The report as text or JSON that ends in a line end.</summary>
    public string Render(ReportForm form) => form switch
    {
        ReportForm.Json => Json(),
        ReportForm.List => Table("sorted by time", Listed()),
        _ => Table("as the pipeline nests", Nested(_root, 0)),
    };

    internal void Add(PassPipeline pipeline, PassTimes times)
    {
        var nodes = new Dictionary<int, TimingNode>();
        TimingNode passes = _root.Part(Passes);
        Place(pipeline.Entries, passes, nodes);
        foreach (((int entry, string part), (long sum, long wall, long runs)) in times.Ticks.OrderBy(t => t.Key.Entry).ThenBy(t => t.Key.Part, StringComparer.Ordinal))
        {
            TimingNode node = part.Length == 0 ? nodes[entry] : nodes[entry].Part(part);
            node.Add(times.Elapsed(wall), times.Elapsed(sum), runs);
        }

        // The time around the passes is the time of what stands at the top.
        TimeSpan before = passes.Wall;
        TimeSpan now = new(passes.Parts.Sum(p => Whole(p).Wall.Ticks));
        passes.Add(now - before, now - before, 1);
    }

    // Anchors nest as deep as the pipeline's reader allows, which is bounded.
    private static void Place(List<PassPipeline.Entry> entries, TimingNode inside, Dictionary<int, TimingNode> nodes)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            TimingNode node = inside.PartAt(i, entries[i].Title);
            nodes[entries[i].Index] = node;
            Place(entries[i].Inside, node, nodes);
        }
    }

    private static bool IsAnchor(TimingNode node) => node.Name.StartsWith('\'');

    private static bool IsDetail(TimingNode node) => node.Name.StartsWith('(');

    // Verification comes after a pass, so its time is not in that of the pass itself; that of analyses is.
    private static (TimeSpan Wall, TimeSpan Sum) Whole(TimingNode node)
    {
        TimingNode? verify = node.Parts.FirstOrDefault(p => p.Name.StartsWith("(V)", StringComparison.Ordinal));
        if (IsAnchor(node) || node.Name is "Total" or Passes)
        {
            TimeSpan wall = node.Name == "Total" ? new TimeSpan(node.Parts.Sum(p => p.Wall.Ticks)) : node.Wall;
            return (wall, new TimeSpan(Math.Max(wall.Ticks, node.Parts.Sum(p => Whole(p).Sum.Ticks))));
        }

        return verify is null ? (node.Wall, node.Sum) : (node.Wall + verify.Wall, node.Sum + verify.Sum);
    }

    private static IEnumerable<(string Pass, TimeSpan Time)> Leaves(TimingNode node) =>
        node.Parts.Where(p => !IsDetail(p)).SelectMany(p => IsAnchor(p) ? Leaves(p) : [(p.Name, p.Sum)]);

    private static IEnumerable<(string Name, TimeSpan Wall, TimeSpan Sum)> Nested(TimingNode node, int depth)
    {
        foreach (TimingNode part in node.Parts)
        {
            (TimeSpan wall, TimeSpan sum) = Whole(part);
            yield return (new string(' ', 2 * depth) + part.Name, wall, sum);
            foreach ((string Name, TimeSpan Wall, TimeSpan Sum) inner in Nested(part, depth + 1))
            {
                yield return inner;
            }
        }
    }

    // Names once each, without the anchors, whose time is that of what is in them.
    private IEnumerable<(string Name, TimeSpan Wall, TimeSpan Sum)> Listed()
    {
        var all = new List<(string Name, TimeSpan Wall, TimeSpan Sum)>();
        var pending = new Stack<TimingNode>(_root.Parts);
        while (pending.TryPop(out TimingNode? node))
        {
            if (!IsAnchor(node) && node.Name != Passes)
            {
                all.Add((node.Name, node.Wall, node.Sum));
            }

            foreach (TimingNode part in node.Parts)
            {
                pending.Push(part);
            }
        }

        return all.GroupBy(n => n.Name).Select(g => (g.Key, new TimeSpan(g.Sum(n => n.Wall.Ticks)), new TimeSpan(g.Sum(n => n.Sum.Ticks))))
            .OrderByDescending(n => n.Item3).ThenBy(n => n.Key, StringComparer.Ordinal);
    }

    private string Table(string order, IEnumerable<(string Name, TimeSpan Wall, TimeSpan Sum)> rows)
    {
        (TimeSpan wall, TimeSpan sum) = Whole(_root);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Times, {order}; 'wall' is what passed, 'threads' what all threads took together\n");
        text.Append("   wall ms         threads ms         name\n");
        foreach ((string name, TimeSpan rowWall, TimeSpan rowSum) in rows.Append(("Total", wall, sum)))
        {
            text.Append(CultureInfo.InvariantCulture,
                $"{rowWall.TotalMilliseconds,10:F3} {Share(rowWall, wall)} {rowSum.TotalMilliseconds,10:F3} {Share(rowSum, sum)}  {name}\n");
        }

        return text.ToString();
    }

    private static string Share(TimeSpan part, TimeSpan whole) =>
        string.Create(CultureInfo.InvariantCulture, $"({(whole.Ticks == 0 ? 0 : 100.0 * part.Ticks / whole.Ticks),5:F1} %)");

    private string Json()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, _root);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, TimingNode node)
    {
        (TimeSpan wall, TimeSpan sum) = Whole(node);
        json.WriteStartObject();
        json.WriteString("name", node.Name);
        json.WriteNumber("runs", node.Runs);
        json.WriteNumber("wall_ms", Math.Round(wall.TotalMilliseconds, 4));
        json.WriteNumber("threads_ms", Math.Round(sum.TotalMilliseconds, 4));
        json.WriteStartArray("parts");
        foreach (TimingNode part in node.Parts)
        {
            Write(json, part);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
