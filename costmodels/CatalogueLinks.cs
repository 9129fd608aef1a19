using System.Collections.Frozen;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>How far a link reaches.</summary>
public enum LinkScope
{
    /// <summary>Between devices of one machine, or of one domain such as an NVL72 rack.</summary>
    Chassis,

    /// <summary>Between machines or domains.</summary>
    Across,

    /// <summary>Between a device and its host's memory.</summary>
    Host,
}

/// <summary>A class of links: a transfer of n bytes takes latency + n / bandwidth.</summary>
/// <param name="Name"><c>NVLink 4</c>, <c>PCIe 5</c>, <c>NDR400</c> …</param>
/// <param name="Scope">How far it reaches.</param>
/// <param name="Bandwidth">Bytes a second of one device in one direction.</param>
/// <param name="Latency">Seconds of an empty message; null when not known.</param>
/// <param name="Source">Where both are from.</param>
public sealed record LinkClass(string Name, LinkScope Scope, double Bandwidth, double? Latency, string Source)
{
    /// <summary>Seconds of a message of so many bytes, an unknown latency counted as none.</summary>
    public double Seconds(double bytes) => (Latency ?? 0) + bytes / Bandwidth;
}

/// <summary>Classes of links by name, and by device and reach.</summary>
public static class CatalogueLinks
{
    private static readonly FrozenDictionary<string, LinkClass> Named;
    private static readonly FrozenDictionary<(string, LinkScope), LinkClass> Of;

    static CatalogueLinks()
    {
        var named = new Dictionary<string, LinkClass>(StringComparer.OrdinalIgnoreCase);
        var of = new Dictionary<(string, LinkScope), LinkClass>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("links.csv"))
        {
            LinkScope scope = row["scope"] switch
            {
                "chassis" => LinkScope.Chassis,
                "across" => LinkScope.Across,
                "host" => LinkScope.Host,
                _ => throw new InvalidDataException("no reach of a link: " + row["scope"]),
            };
            var link = new LinkClass(row["link"], scope, (row.Number("bandwidth_gbs") ?? 0) * 1e9, row.Number("latency_us") / 1e6, row["source"]);
            foreach (string name in row["aliases"].Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(link.Name))
            {
                named.Add(name, link);
            }

            foreach (string device in row["devices"].Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                of.Add((device, scope), link);
            }
        }

        Named = named.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
        Of = of.ToFrozenDictionary();
    }

    /// <summary>Every class.</summary>
    public static IEnumerable<LinkClass> All => Named.Values.Distinct();

    /// <summary>A class by its name or another name of it, whatever its case; null when it is not in the table.</summary>
    public static LinkClass? Find(string name) => Named.GetValueOrDefault(name);

    /// <summary>
    /// The link of a device: the table's, otherwise inside a machine what the device's own row says (<see cref="Device.ScaleUpBandwidth"/>) and to
    /// the host its <c>host_bandwidth</c>, both of unknown latency; null when nobody said.
    /// </summary>
    public static LinkClass? Between(Device device, LinkScope scope)
    {
        if (Of.TryGetValue((device.Kind, scope), out LinkClass? link))
        {
            return link;
        }

        Sourced? own = scope switch
        {
            LinkScope.Chassis => device.ScaleUpBandwidth,
            LinkScope.Host => device.Figures.GetValueOrDefault("host_bandwidth"),
            _ => null,
        };
        return own is null ? null : new LinkClass($"{device.Kind} {scope.ToString().ToLowerInvariant()}", scope, own.Value, null, own.Source);
    }
}
