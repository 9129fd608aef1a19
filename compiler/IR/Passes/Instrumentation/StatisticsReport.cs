using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orchestrator.IR;

/// <summary>What passes counted. Unlike mlir-opt's it works in every build.</summary>
public sealed class StatisticsReport
{
    private readonly SortedDictionary<string, long> _totals = new(StringComparer.Ordinal);
    private readonly List<Row> _rows = [];

    /// <summary>The counters over all places of a pass, by <c>pass.counter</c>.</summary>
    public IReadOnlyDictionary<string, long> Totals => _totals;

    /// <summary>The report as text or JSON that ends in a line end.</summary>
    public string Render(ReportForm form) => form switch
    {
        ReportForm.Json => Json(),
        ReportForm.List => List(),
        _ => Tree(),
    };

    internal void Add(PassPipeline pipeline, PassCounts counts)
    {
        var index = 0;
        Place(pipeline.Entries, 0, counts, ref index);
        foreach ((string name, long count) in counts.ByEntry.SelectMany(e => e.Value))
        {
            _totals[name] = _totals.GetValueOrDefault(name) + count;
        }
    }

    // The rows of a further run with the same pipeline are added to; anchors nest as deep as the pipeline's reader allows, which is bounded.
    private void Place(List<PassPipeline.Entry> entries, int depth, PassCounts counts, ref int index)
    {
        foreach (PassPipeline.Entry entry in entries)
        {
            if (index == _rows.Count || _rows[index].Title != entry.Title || _rows[index].Depth != depth)
            {
                _rows.Insert(index, new Row(entry.Title, depth));
            }

            foreach ((string name, long count) in counts.ByEntry.GetValueOrDefault(entry.Index) ?? [])
            {
                _rows[index].Counts[name] = _rows[index].Counts.GetValueOrDefault(name) + count;
            }

            index++;
            Place(entry.Inside, depth + 1, counts, ref index);
        }
    }

    private string Tree()
    {
        var text = new StringBuilder("What passes counted, as the pipeline nests\n");
        foreach (Row row in _rows)
        {
            text.Append(' ', 2 * row.Depth + 2).Append(row.Title).Append('\n');
            foreach ((string name, long count) in row.Counts)
            {
                text.Append(' ', 2 * row.Depth + 4).Append(CultureInfo.InvariantCulture, $"{count,8}  {name[(name.LastIndexOf('.') + 1)..]}\n");
            }
        }

        return text.ToString();
    }

    private string List()
    {
        var text = new StringBuilder("What passes counted\n");
        foreach ((string name, long count) in _totals)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {count,8}  {name}\n");
        }

        return text.ToString();
    }

    private string Json()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("pipeline");
            foreach (Row row in _rows)
            {
                json.WriteStartObject();
                json.WriteString("name", row.Title);
                json.WriteNumber("depth", row.Depth);
                Write(json, "counters", row.Counts);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            Write(json, "totals", _totals);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, string name, SortedDictionary<string, long> counts)
    {
        json.WriteStartObject(name);
        foreach ((string counter, long count) in counts)
        {
            json.WriteNumber(counter, count);
        }

        json.WriteEndObject();
    }

    private sealed record Row(string Title, int Depth)
    {
        public SortedDictionary<string, long> Counts { get; } = new(StringComparer.Ordinal);
    }
}
