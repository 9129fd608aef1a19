using System.Globalization;
using System.Text;

namespace Orchestrator.IR;

// Pipelines as text. Anchors nest as deep as the reader allows, which is bounded.
internal static class PipelineText
{
    public static string Short(PassPipeline pipeline)
    {
        var text = new StringBuilder();
        Append(text, pipeline.Entries);
        return text.ToString();
    }

    public static string Dump(PassPipeline pipeline)
    {
        // mlir-opt counts what stands directly inside the root's anchor.
        List<PassPipeline.Entry> root = pipeline.Anchored().Entries;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Pass Manager with {root[0].Inside.Count} passes:\n");
        AppendLines(text, root, 0);
        return text.Append('\n').ToString();
    }

    // A value as it can stand after '='. Braces go around what has quotes in it, quotes around what has blanks.
    public static string Quote(string value)
    {
        if (value.Length > 0 && value.All(c => char.IsAsciiLetterOrDigit(c) || "_-.+/:,|@*".Contains(c, StringComparison.Ordinal)))
        {
            return value;
        }

        return !value.Contains('"', StringComparison.Ordinal) ? $"\"{value}\"" : value.Contains('\'', StringComparison.Ordinal) ? $"{{{value}}}" : $"'{value}'";
    }

    private static void Append(StringBuilder text, List<PassPipeline.Entry> entries)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            PassPipeline.Entry entry = entries[i];
            text.Append(i == 0 ? "" : ",");
            if (entry.Info is not { } info || entry.Pass is not { } pass)
            {
                text.Append(entry.Anchor).Append('(');
                Append(text, entry.Inside);
                text.Append(')');
                continue;
            }

            Pass fresh = info.Create();
            text.Append(info.Name);
            AppendOptions(text, info.Options.Where(o => o.Get(pass) != o.Get(fresh)), pass);
        }
    }

    private static void AppendLines(StringBuilder text, List<PassPipeline.Entry> entries, int depth)
    {
        for (int i = 0; i < entries.Count; i++)
        {
            PassPipeline.Entry entry = entries[i];
            text.Append(i == 0 ? "" : ",\n").Append(' ', 2 * depth);
            if (entry.Info is { } info && entry.Pass is { } pass)
            {
                text.Append(info.Name);
                AppendOptions(text, info.Options, pass);
                continue;
            }

            text.Append(entry.Anchor).Append("(\n");
            AppendLines(text, entry.Inside, depth + 1);
            text.Append('\n').Append(' ', 2 * depth).Append(')');
        }
    }

    private static void AppendOptions(StringBuilder text, IEnumerable<PassOptionInfo> options, Pass pass)
    {
        string[] written = [.. options.OrderBy(o => o.Name, StringComparer.Ordinal).Select(o => $"{o.Name}={Quote(o.Get(pass))}")];
        if (written.Length > 0)
        {
            text.Append('{').AppendJoin(' ', written).Append('}');
        }
    }
}
