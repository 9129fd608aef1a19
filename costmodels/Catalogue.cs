using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Devices, prices and models that are known, from the tables in <c>costmodels/data</c>, each number with its source.</summary>
public sealed class Catalogue : IFleetCatalogue
{
    private readonly FrozenDictionary<(string Catalogue, string Kind), Device> _devices;
    private readonly ILookup<string, PriceRow> _prices;
    private readonly FrozenDictionary<string, ModelCard> _models;

    private Catalogue()
    {
        var devices = new Dictionary<(string, string), Device>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("devices.csv"))
        {
            Device device = DeviceOf(row);
            foreach (string name in Names(device.Kind, row["aliases"]))
            {
                devices.Add((row["catalogue"], name), device);
            }
        }

        var models = new Dictionary<string, ModelCard>(StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("models.csv"))
        {
            ModelCard model = ModelOf(row);
            foreach (string name in Names(model.Name, row["aliases"]))
            {
                models.Add(name, model);
            }
        }

        _devices = devices.ToFrozenDictionary();
        _models = models.ToFrozenDictionary(StringComparer.Ordinal);
        _prices = Csv.Rows("prices.csv").Select(PriceOf).ToLookup(p => p.Cloud);
    }

    /// <summary>The tables that come with the program.</summary>
    public static Catalogue Default { get; } = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Catalogues { get; } = ["vendor", "paper"];

    /// <inheritdoc/>
    public IEnumerable<string> Clouds => _prices.Select(g => g.Key).Order(StringComparer.Ordinal);

    /// <summary>Every model's names.</summary>
    public IEnumerable<string> ModelNames => _models.Keys;

    /// <inheritdoc/>
    public IEnumerable<string> Kinds(string catalogue) => _devices.Keys.Where(k => k.Catalogue == catalogue).Select(k => k.Kind);

    /// <inheritdoc/>
    public Device? Find(string catalogue, string kind) => _devices.GetValueOrDefault((catalogue, kind));

    /// <inheritdoc/>
    public IEnumerable<string> Instances(string cloud) => _prices[cloud].Select(p => p.Instance);

    /// <inheritdoc/>
    public Sourced? Rent(string cloud, string instance, Device device)
    {
        PriceRow? row = _prices[cloud].FirstOrDefault(p => p.Instance == instance);
        if (row is null)
        {
            return null;
        }

        bool accelerator = device.Tier is "gpu" or "npu";
        if (accelerator ? !row.Kinds.Any(k => Same(k, device.Kind)) : row.Kinds.Length > 0)
        {
            return null;
        }

        double each = accelerator ? row.UsdHour / row.Devices : row.UsdHour;
        string shared = accelerator && row.Devices > 1 ? string.Create(CultureInfo.InvariantCulture, $", a share of {row.Devices}") : "";
        return new Sourced(each, $"{cloud} {instance} in {row.Region}{shared} ({row.Source})");
    }

    /// <inheritdoc/>
    public Sourced? Own(Device device, double purchase, double years, double interest, double usdPerKilowattHour) =>
        device.Figures.TryGetValue("tdp_w", out Sourced? watts)
            ? Tco.PerHour(purchase, years, interest, watts.Value, usdPerKilowattHour)
            : null;

    /// <summary>A model by its name or another name of it (case counts); null when it is not in the tables.</summary>
    public ModelCard? FindModel(string? name) => name is null ? null : _models.GetValueOrDefault(name);

    /// <summary><c>did you mean 'x'?</c> for a model that is not in the tables, or null.</summary>
    public string? SuggestModel(string name) => NearestName.Suggest(name, _models.Keys);

    // The paper's catalogue calls devices by other names than the vendors do; prices are for either.
    private bool Same(string vendorKind, string kind) => vendorKind == kind
        || (Find("vendor", kind) is { } device && device.Kind == vendorKind);

    private static IEnumerable<string> Names(string name, string aliases) => aliases.Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(name);

    private static Device DeviceOf(IReadOnlyDictionary<string, string> row)
    {
        string source = row["source"];
        Sourced? Of(string column, double factor) => row.Number(column) is { } value ? new Sourced(value * factor, source) : null;
        var peaks = ImmutableSortedDictionary.CreateBuilder<string, Sourced>(StringComparer.Ordinal);
        foreach (string format in FleetFileKeys.Formats)
        {
            if (Of(format + (format == "int8" ? "_tops" : "_tflops"), 1e12) is { } peak)
            {
                peaks.Add(format, peak);
            }
        }

        var figures = ImmutableSortedDictionary.CreateBuilder<string, Sourced>(StringComparer.Ordinal);
        foreach (string figure in new[] { "tdp_w", "cores" })
        {
            if (Of(figure, 1) is { } value)
            {
                figures.Add(figure, value);
            }
        }

        return new Device
        {
            Name = row["kind"],
            Kind = row["kind"],
            Tier = row["tier"],
            Count = 1,
            Place = "",
            Runs = [.. row["runs"].Split(' ')],
            Memory = Of("memory_gb", 1e9),
            Bandwidth = Of("bandwidth_gbs", 1e9),
            Peak = peaks.ToImmutable(),
            ScaleUpBandwidth = Of("scale_up_gbs", 1e9),
            ScaleUpCount = (int)(row.Number("scale_up_count") ?? 1),
            PricePerHour = Of("usd_hour", 1),
            Figures = figures.ToImmutable(),
        };
    }

    private static ModelCard ModelOf(IReadOnlyDictionary<string, string> row)
    {
        double parameters = row.Number("params") ?? throw new InvalidDataException("a model without parameters: " + row["model"]);
        return new ModelCard(
            row["model"], row["kind"], row.Number("layers"), row.Number("d_model"), row.Number("heads"), row.Number("kv_heads"), row.Number("ffn"),
            row.Number("vocab"), row["tied"] == "1", parameters, row.Number("active_params") ?? parameters, row.Number("experts") ?? 1,
            row.Number("top_k") ?? 1, row.Number("context"), row.Number("flops_per_unit"), row.Number("floor_s_per_unit"), row["source"]);
    }

    private static PriceRow PriceOf(IReadOnlyDictionary<string, string> row) => new(
        row["cloud"], row["instance"], row["kinds"].Split('|', StringSplitOptions.RemoveEmptyEntries), (int)(row.Number("devices") ?? 0),
        row.Number("usd_hour") ?? throw new InvalidDataException("a price without a price: " + row["instance"]), row["region"], row["source"]);

    private sealed record PriceRow(string Cloud, string Instance, string[] Kinds, int Devices, double UsdHour, string Region, string Source);
}
