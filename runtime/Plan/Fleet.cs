using System.Collections.Immutable;

namespace Orchestrator.Plan;

/// <summary>A number about the world with where it comes from.</summary>
/// <param name="Value">In the unit that the holder documents.</param>
/// <param name="Source">For people: a document with its date, or <c>measured by orc fleet probe</c>.</param>
public sealed record Sourced(double Value, string Source);

/// <summary>A kind of device in hand. Numbers are per device; unknown ones are null.</summary>
public sealed record Device
{
    /// <summary>Name in the fleet, unique.</summary>
    public required string Name { get; init; }

    /// <summary>The catalogue's name, <c>H100 SXM 80GB</c>.</summary>
    public required string Kind { get; init; }

    /// <summary><c>cpu</c>, <c>gpu</c>, <c>npu</c>, <c>endpoint</c> (somebody else's service) or <c>person</c>.</summary>
    public required string Tier { get; init; }

    /// <summary>How many there are, at least 1.</summary>
    public required int Count { get; init; }

    /// <summary>Where they are; links are between places.</summary>
    public required string Place { get; init; }

    /// <summary>What they execute: see <see cref="Workload.Executor"/>.</summary>
    public ImmutableSortedSet<string> Runs { get; init; } = [];

    /// <summary>Memory in bytes.</summary>
    public Sourced? Memory { get; init; }

    /// <summary>Memory bandwidth, bytes per second.</summary>
    public Sourced? Bandwidth { get; init; }

    /// <summary>Dense FLOP/s by number format: <c>fp32 tf32 bf16 fp16 fp8 int8 fp4</c>.</summary>
    public ImmutableSortedDictionary<string, Sourced> Peak { get; init; } = ImmutableSortedDictionary<string, Sourced>.Empty;

    /// <summary>Bytes per second between two devices of this kind in one machine, one direction.</summary>
    public Sourced? ScaleUpBandwidth { get; init; }

    /// <summary>Most devices of this kind in one machine.</summary>
    public int ScaleUpCount { get; init; } = 1;

    /// <summary>US dollars an hour for one device, all in (rent, or purchase with interest and power).</summary>
    public Sourced? PricePerHour { get; init; }

    /// <summary>Whether its owner may take it back at any time, as spot capacity is.</summary>
    public bool IsReclaimable { get; init; }

    /// <summary>Other measured or declared figures by name, in seconds or units per second: <c>process_spawn_s</c>, <c>onnx_flops</c>, <c>hop_s</c> …</summary>
    public ImmutableSortedDictionary<string, Sourced> Figures { get; init; } = ImmutableSortedDictionary<string, Sourced>.Empty;

    /// <summary>Times of services on this device that need no model.</summary>
    public ImmutableArray<ServiceFigure> Services { get; init; } = [];
}

/// <summary>What one execution of a service's phase takes on a device, measured or agreed on, instead of modelled.</summary>
/// <param name="Service">A declaration's symbol or target.</param>
/// <param name="Phase">The task's phase (<c>prefill</c>, <c>decode</c>, <c>compute</c> …), or empty for every phase.</param>
/// <param name="P50">Median time.</param>
/// <param name="P95">Time that 95 of 100 stay within; null when only the median is known.</param>
/// <param name="PerUse">US dollars for one execution instead of the device's hourly price; null when the hourly price counts.</param>
/// <param name="Source">Where the figures come from.</param>
public sealed record ServiceFigure(string Service, string Phase, Seconds P50, Seconds? P95, Dollars? PerUse, string Source);

/// <summary>A connection between two places (or within one), one direction at a time.</summary>
/// <param name="From">A place.</param>
/// <param name="To">A place; may equal <paramref name="From"/>.</param>
/// <param name="Bandwidth">Bytes per second.</param>
/// <param name="Latency">Seconds.</param>
/// <param name="PricePerGigabyte">US dollars for 1e9 bytes, or null when moving data is free.</param>
public sealed record Link(string From, string To, Sourced Bandwidth, Sourced Latency, Sourced? PricePerGigabyte);

/// <summary>The hardware in hand.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Devices">By name.</param>
/// <param name="Links">Between places, each listed once and valid in both directions.</param>
public sealed record Fleet(string Name, ImmutableArray<Device> Devices, ImmutableArray<Link> Links)
{
    /// <summary>Name, kind and place of the people whom every fleet can ask; a fleet may describe them itself under this name.</summary>
    public const string Person = "person";

    /// <summary>The same fleet with the people that every fleet has: they execute <c>human</c>, and what their time costs is not counted.</summary>
    public Fleet WithPerson() => Devices.Any(d => d.Tier == Person)
        ? this
        : this with
        {
            Devices = Devices.Add(new Device
            {
                Name = Person,
                Kind = Person,
                Tier = Person,
                Count = 1,
                Place = Person,
                Runs = ["human"],
                PricePerHour = new Sourced(0, "people's time is not counted"),
            }),
        };

    /// <summary>The link between two places in either direction, or null.</summary>
    public Link? LinkBetween(string a, string b)
    {
        foreach (Link link in Links)
        {
            if ((link.From == a && link.To == b) || (link.From == b && link.To == a))
            {
                return link;
            }
        }

        return null;
    }
}
