using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.Plan;

/// <summary>Makes a fleet of YAML nodes and reports every mistake on the way.</summary>
internal sealed class FleetFileReader(SourceText source, IFleetCatalogue catalogue, DiagnosticBag bag)
{
    private const int MostDevices = 1_000;
    private const int MostOfOne = 100_000;
    private const int LongestName = 80;

    private readonly FleetFileValues _values = new(bag);
    private string _catalogue = "vendor";

    /// <summary>The fleet; whether it may be used is for the bag to say.</summary>
    public Fleet? Read(FleetFileNode root)
    {
        Dictionary<string, FleetFileNode>? top = _values.Mapping(root, "a fleet file", FleetFileKeys.Fleet);
        if (top is null)
        {
            return null;
        }

        string name = _values.Required(top, "fleet", root, "the fleet's name") is { } n ? _values.Text(n, "the fleet's name") : "";
        _catalogue = top.TryGetValue("catalogue", out FleetFileNode? c) ? CatalogueName(c) : "vendor";
        List<FleetFileNode> items = _values.Required(top, "devices", root, "the list of devices") is { } list ? _values.List(list, "devices") : [];
        if (items.Count > MostDevices)
        {
            bag.Error("ORC3007", $"a fleet has at most {MostDevices} kinds of devices", items[MostDevices].Span, "split the fleet");
            return null;
        }

        var devices = new List<(Device Device, FleetFileNode Node, bool Named)>();
        foreach (FleetFileNode item in items)
        {
            if (ReadDevice(item) is { } device)
            {
                devices.Add(device);
            }
        }

        if (items.Count == 0 && top.TryGetValue("devices", out FleetFileNode? empty))
        {
            bag.Error("ORC3004", "the fleet has no device", empty.Span, "list at least one: - { kind: H100 SXM 80GB, count: 1, at: here }");
        }

        ImmutableArray<Device> named = Name(devices);
        ImmutableArray<Link> links = top.TryGetValue("links", out FleetFileNode? l) ? ReadLinks(l, named) : [];
        return new Fleet(name, named, links);
    }

    private (Device, FleetFileNode, bool)? ReadDevice(FleetFileNode node)
    {
        if (_values.Mapping(node, "a device", FleetFileKeys.Device) is not { } keys)
        {
            return null;
        }

        string? tier = keys.TryGetValue("tier", out FleetFileNode? t) ? _values.Choice(t, "tier", FleetFileKeys.Tiers) : null;
        Device? known = ReadKind(keys, node, tier);
        if (known is null)
        {
            // The other keys are checked all the same, so that all mistakes are told at once.
            known = new Device { Name = "", Kind = "", Tier = tier ?? "cpu", Count = 1, Place = "" };
        }

        string kept = tier ?? known.Tier;
        Device device = known with
        {
            Name = keys.TryGetValue("name", out FleetFileNode? n) ? NameOf(n) : "",
            Tier = kept,
            Count = keys.TryGetValue("count", out FleetFileNode? count) ? _values.Count(count, "count", MostOfOne) : 1,
            Place = keys.TryGetValue("at", out FleetFileNode? at) ? NameOf(at) : "here",
            Runs = keys.TryGetValue("runs", out FleetFileNode? runs) ? ReadRuns(runs)
                : tier is not null || known.Runs.IsEmpty ? FleetFileKeys.RunsOf(kept) : known.Runs,
            Memory = _values.Override(keys, "memory", FleetDimension.Memory) ?? known.Memory,
            Bandwidth = _values.Override(keys, "bandwidth", FleetDimension.Bandwidth) ?? known.Bandwidth,
            Peak = keys.TryGetValue("peak", out FleetFileNode? peak) ? ReadPeaks(peak, known.Peak) : known.Peak,
            Figures = keys.TryGetValue("figures", out FleetFileNode? figures) ? ReadFigures(figures, known.Figures) : known.Figures,
            Services = keys.TryGetValue("measured", out FleetFileNode? rows) ? ReadMeasured(rows) : [],
        };
        device = keys.TryGetValue("scale_up", out FleetFileNode? up) ? ReadScaleUp(up, device) : device;
        Sourced? price = keys.TryGetValue("price", out FleetFileNode? p) ? new FleetFilePrice(catalogue, _values, bag).Read(p, device) : known.PricePerHour;
        bool spot = p?.Entries?.Any(e => e.Key.Text == "market" && e.Value.Text == FleetFileKeys.Spot) ?? false;
        return (device with { PricePerHour = price, IsReclaimable = spot }, node, keys.ContainsKey("name"));
    }

    private Device? ReadKind(Dictionary<string, FleetFileNode> keys, FleetFileNode node, string? tier)
    {
        if (_values.Required(keys, "kind", node, "what device it is") is not { } kindNode)
        {
            return null;
        }

        string kind = NameOf(kindNode);
        string from = keys.TryGetValue("catalogue", out FleetFileNode? c) ? CatalogueName(c) : _catalogue;
        if (from != "none" && catalogue.Find(from, kind) is { } known)
        {
            return known;
        }

        if (tier is not null)
        {
            return new Device { Name = "", Kind = kind, Tier = tier, Count = 1, Place = "" };
        }

        string suggestion = NearestName.Suggest(kind, catalogue.Kinds(from == "none" ? "vendor" : from)) is { } near ? near + ", or " : "";
        bag.Error("ORC3005", $"the {from} catalogue has no device '{kind}'", kindNode.Span,
            suggestion + "describe it here: give 'tier' (cpu, gpu, npu, endpoint) and its numbers");
        return null;
    }

    private string CatalogueName(FleetFileNode node)
    {
        string? name = _values.Choice(node, "catalogue", [.. catalogue.Catalogues, "none"]);
        return name ?? "vendor";
    }

    private string NameOf(FleetFileNode node)
    {
        string text = _values.Text(node, "a name");
        if (text.Length > LongestName)
        {
            bag.Error("ORC3007", $"a name has at most {LongestName} characters", node.Span, "shorten it");
        }
        else if (text.Length == 0 && node.Text is not null)
        {
            bag.Error("ORC3003", "a name is empty", node.Span, "write a name");
        }

        return text;
    }

    private ImmutableSortedSet<string> ReadRuns(FleetFileNode node) =>
        [.. _values.List(node, "runs").Select(i => _values.Choice(i, "runs", FleetFileKeys.Executors, "ORC3015")).OfType<string>()];

    private ImmutableSortedDictionary<string, Sourced> ReadPeaks(FleetFileNode node, ImmutableSortedDictionary<string, Sourced> known)
    {
        Dictionary<string, FleetFileNode>? keys = _values.Mapping(node, "peak", FleetFileKeys.Formats);
        foreach (string format in keys?.Keys.Order(StringComparer.Ordinal).ToArray() ?? [])
        {
            if (_values.Override(keys ?? [], format, FleetDimension.Rate) is { } value)
            {
                known = known.SetItem(format, value);
            }
        }

        return known;
    }

    private ImmutableSortedDictionary<string, Sourced> ReadFigures(FleetFileNode node, ImmutableSortedDictionary<string, Sourced> known)
    {
        Dictionary<string, FleetFileNode> keys = _values.Mapping(node, "figures", null) ?? [];
        foreach (string figure in keys.Keys.Order(StringComparer.Ordinal).ToArray())
        {
            FleetDimension dimension = figure.EndsWith("_s", StringComparison.Ordinal) ? FleetDimension.Time
                : figure.EndsWith("_flops", StringComparison.Ordinal) ? FleetDimension.Rate
                : figure.EndsWith("bandwidth", StringComparison.Ordinal) ? FleetDimension.Bandwidth
                : FleetDimension.Plain;
            if (_values.Override(keys, figure, dimension) is { } value)
            {
                known = known.SetItem(figure, value);
            }
        }

        return known;
    }

    private Device ReadScaleUp(FleetFileNode node, Device device)
    {
        Dictionary<string, FleetFileNode> keys = _values.Mapping(node, "scale_up", FleetFileKeys.ScaleUp) ?? [];
        string from = _values.Source(keys, source.Path);
        Sourced? bandwidth = keys.TryGetValue("bandwidth", out FleetFileNode? b) && _values.Number(b, FleetDimension.Bandwidth) is { } value
            ? new Sourced(value, from)
            : device.ScaleUpBandwidth;
        int count = keys.TryGetValue("count", out FleetFileNode? c) ? _values.Count(c, "count", MostOfOne) : device.ScaleUpCount;
        return device with { ScaleUpBandwidth = bandwidth, ScaleUpCount = count };
    }

    private ImmutableArray<ServiceFigure> ReadMeasured(FleetFileNode node)
    {
        var rows = ImmutableArray.CreateBuilder<ServiceFigure>();
        foreach (FleetFileNode item in _values.List(node, "measured"))
        {
            if (_values.Mapping(item, "a measured row", FleetFileKeys.Measured) is not { } keys)
            {
                continue;
            }

            string service = _values.Required(keys, "service", item, "the service that was measured") is { } s ? _values.Text(s, "service") : "";
            double? p50 = _values.Required(keys, "p50", item, "the median time") is { } m ? _values.Number(m, FleetDimension.Time) : null;
            double? p95 = keys.TryGetValue("p95", out FleetFileNode? high) ? _values.Number(high, FleetDimension.Time) : null;
            if (p50 is { } low && p95 < low)
            {
                bag.Error("ORC3007", "p95 is below p50", keys["p95"].Span, "a 95th percentile is at least the median");
            }

            double? usd = keys.TryGetValue("usd_use", out FleetFileNode? u) ? _values.Number(u, FleetDimension.Money) : null;
            rows.Add(new ServiceFigure(
                service,
                keys.TryGetValue("phase", out FleetFileNode? phase) ? _values.Text(phase, "phase") : "",
                new Seconds(p50 ?? 0),
                p95 is { } t ? new Seconds(t) : null,
                usd is { } d ? new Dollars(d) : null,
                _values.Source(keys, source.Path)));
        }

        return rows.ToImmutable();
    }

    // Without a name a device is called as its kind, and as its kind at its place where that would not be unique.
    private ImmutableArray<Device> Name(List<(Device Device, FleetFileNode Node, bool Named)> devices)
    {
        HashSet<string> repeated = [.. devices.Where(d => !d.Named).GroupBy(d => d.Device.Kind).Where(g => g.Count() > 1).Select(g => g.Key)];
        var seen = new Dictionary<string, FleetFileNode>(StringComparer.Ordinal);
        var named = ImmutableArray.CreateBuilder<Device>();
        foreach ((Device device, FleetFileNode node, bool hasName) in devices)
        {
            string name = hasName ? device.Name : repeated.Contains(device.Kind) ? $"{device.Kind} at {device.Place}" : device.Kind;
            if (name.Length > 0 && !seen.TryAdd(name, node))
            {
                bag.Add(Diagnostic.Error("ORC3008", $"two devices are called '{name}'", node.Span, "give each its own 'name'")
                    .WithNote("the first is here", seen[name].Span));
            }

            named.Add(device with { Name = name });
        }

        return named.ToImmutable();
    }

    private ImmutableArray<Link> ReadLinks(FleetFileNode node, ImmutableArray<Device> devices)
    {
        string[] places = [.. devices.Select(d => d.Place).Append(Fleet.Person).Distinct()];
        var links = ImmutableArray.CreateBuilder<Link>();
        var seen = new Dictionary<(string, string), FleetFileNode>();
        foreach (FleetFileNode item in _values.List(node, "links"))
        {
            if (_values.Mapping(item, "a link", FleetFileKeys.Link) is not { } keys)
            {
                continue;
            }

            (string From, string To)? ends = _values.Required(keys, "between", item, "the two places") is { } b ? ReadEnds(b, places) : null;
            double? bandwidth = _values.Required(keys, "bandwidth", item, "the rate in one direction") is { } w ? _values.Number(w, FleetDimension.Bandwidth) : null;
            double? latency = _values.Required(keys, "latency", item, "the time of a byte in one direction") is { } t ? _values.Number(t, FleetDimension.Time) : null;
            double? usd = keys.TryGetValue("usd_gb", out FleetFileNode? u) ? _values.Number(u, FleetDimension.Money) : null;
            if (bandwidth == 0)
            {
                bag.Error("ORC3007", "a link carries something", keys["bandwidth"].Span, "give its bandwidth, or leave the link out");
            }

            if (ends is not { } e)
            {
                continue;
            }

            (string, string) key = string.CompareOrdinal(e.From, e.To) <= 0 ? e : (e.To, e.From);
            if (!seen.TryAdd(key, item))
            {
                bag.Add(Diagnostic.Error("ORC3008", $"the link between '{e.From}' and '{e.To}' is listed twice", item.Span, "a link counts in both directions; keep one")
                    .WithNote("the first is here", seen[key].Span));
            }

            string from = _values.Source(keys, source.Path);
            links.Add(new Link(e.From, e.To, new Sourced(bandwidth ?? 1, from), new Sourced(latency ?? 0, from), usd is { } d ? new Sourced(d, from) : null));
        }

        return links.ToImmutable();
    }

    private (string From, string To)? ReadEnds(FleetFileNode node, string[] places)
    {
        List<FleetFileNode> ends = _values.List(node, "between");
        if (ends.Count != 2)
        {
            if (node.Items is not null)
            {
                bag.Error("ORC3003", $"a link is between two places, not {ends.Count.ToString(CultureInfo.InvariantCulture)}", node.Span, "write between: [zone-a, zone-b]");
            }

            return null;
        }

        foreach (FleetFileNode end in ends)
        {
            string place = _values.Text(end, "a place");
            if (!places.Contains(place))
            {
                bag.Error("ORC3009", $"no device is at '{place}'", end.Span, NearestName.Suggest(place, places) ?? "name a place that some device has under 'at'");
            }
        }

        return (ends[0].Text ?? "", ends[1].Text ?? "");
    }
}
