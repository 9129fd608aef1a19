using System.Globalization;
using System.Text;

namespace Orchestrator.Plan;

/// <summary>Writes fleets with every number in base units, so that reading them back gives the same numbers.</summary>
internal static class FleetFileWriter
{
    /// <summary>The file.</summary>
    public static string Write(Fleet fleet)
    {
        var text = new StringBuilder();
        text.Append("fleet: ").Append(Quote(fleet.Name)).Append("\ncatalogue: none\ndevices:\n");
        foreach (Device device in fleet.Devices)
        {
            Append(text, device);
        }

        if (!fleet.Links.IsEmpty)
        {
            text.Append("links:\n");
        }

        foreach (Link link in fleet.Links)
        {
            text.Append("  - between: [").Append(Quote(link.From)).Append(", ").Append(Quote(link.To)).Append("]\n");
            text.Append("    bandwidth: ").Append(Number(link.Bandwidth.Value)).Append(" B/s\n");
            text.Append("    latency: ").Append(Number(link.Latency.Value)).Append(" s\n");
            if (link.PricePerGigabyte is { } price)
            {
                text.Append("    usd_gb: ").Append(Number(price.Value)).Append('\n');
            }

            text.Append("    source: ").Append(Quote(link.Bandwidth.Source)).Append('\n');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, Device device)
    {
        text.Append("  - name: ").Append(Quote(device.Name)).Append('\n');
        text.Append("    kind: ").Append(Quote(device.Kind)).Append('\n');
        text.Append("    tier: ").Append(device.Tier).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"    count: {device.Count}\n");
        text.Append("    at: ").Append(Quote(device.Place)).Append('\n');
        text.Append("    runs: [").AppendJoin(", ", device.Runs).Append("]\n");
        AppendSourced(text, "    ", "memory", device.Memory, " B");
        AppendSourced(text, "    ", "bandwidth", device.Bandwidth, " B/s");
        AppendTable(text, "peak", device.Peak, _ => " FLOPS");
        if (device.ScaleUpBandwidth is { } up)
        {
            text.Append(CultureInfo.InvariantCulture, $"    scale_up: {{ bandwidth: {Number(up.Value)} B/s, count: {device.ScaleUpCount}, source: {Quote(up.Source)} }}\n");
        }
        else if (device.ScaleUpCount != 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"    scale_up: {{ count: {device.ScaleUpCount} }}\n");
        }

        if (device.PricePerHour is { } price)
        {
            text.Append(CultureInfo.InvariantCulture, $"    price: {{ usd_hour: {Number(price.Value)}, source: {Quote(price.Source)} }}\n");
        }

        AppendTable(text, "figures", device.Figures, UnitOf);
        AppendServices(text, device);
    }

    private static void AppendServices(StringBuilder text, Device device)
    {
        if (device.Services.IsEmpty)
        {
            return;
        }

        text.Append("    measured:\n");
        foreach (ServiceFigure row in device.Services)
        {
            text.Append("      - { service: ").Append(Quote(row.Service));
            text.Append(row.Phase.Length > 0 ? ", phase: " + Quote(row.Phase) : "");
            text.Append(", p50: ").Append(Number(row.P50.Value)).Append(" s");
            text.Append(row.P95 is { } p95 ? $", p95: {Number(p95.Value)} s" : "");
            text.Append(row.PerUse is { } usd ? ", usd_use: " + Number(usd.Value) : "");
            text.Append(", source: ").Append(Quote(row.Source)).Append(" }\n");
        }
    }

    private static void AppendTable(StringBuilder text, string key, IReadOnlyDictionary<string, Sourced> values, Func<string, string> unit)
    {
        if (values.Count == 0)
        {
            return;
        }

        text.Append("    ").Append(key).Append(":\n");
        foreach ((string name, Sourced value) in values)
        {
            AppendSourced(text, "      ", Quote(name), value, unit(name));
        }
    }

    private static void AppendSourced(StringBuilder text, string indent, string key, Sourced? value, string unit)
    {
        if (value is not null)
        {
            text.Append(indent).Append(key).Append(": { value: ").Append(Number(value.Value)).Append(unit)
                .Append(", source: ").Append(Quote(value.Source)).Append(" }\n");
        }
    }

    private static string UnitOf(string figure) =>
        figure.EndsWith("_s", StringComparison.Ordinal) ? " s"
        : figure.EndsWith("_flops", StringComparison.Ordinal) ? " FLOPS"
        : figure.EndsWith("bandwidth", StringComparison.Ordinal) ? " B/s"
        : "";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    // A double-quoted scalar takes every character; plain ones stay plain because people read these files.
    private static string Quote(string text)
    {
        bool plain = text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/') && !char.IsAsciiDigit(text[0])
            && text is not ("true" or "false" or "null" or "yes" or "no") && text[0] is not ('-' or '.');
        if (plain)
        {
            return text;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
