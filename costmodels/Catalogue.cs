using System.Collections.Frozen;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Devices, prices and models that are known, from the tables in <c>costmodels/data</c>, each number with its source.</summary>
public sealed class Catalogue : IFleetCatalogue
{
    private readonly FrozenDictionary<(string Catalogue, string Kind), Device> _devices;
    private readonly ILookup<string, InstancePrice> _prices;
    private readonly FrozenDictionary<string, ModelCard> _models;
    private readonly CatalogueMatch _match;

    private Catalogue()
    {
        var devices = new Dictionary<(string, string), Device>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("devices.csv"))
        {
            Device device = CatalogueRows.Device(row);
            foreach (string name in Names(device.Kind, row["aliases"]))
            {
                devices.Add((row["catalogue"], name), device);
            }
        }

        var models = new List<(string Name, ModelCard Model)>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows("models.csv"))
        {
            ModelCard model = CatalogueRows.Model(row);
            models.AddRange(Names(model.Name, row["aliases"]).Select(name => (name, model)));
        }

        _devices = devices.ToFrozenDictionary();
        _models = models.ToFrozenDictionary(m => m.Name, m => m.Model, StringComparer.Ordinal);
        _match = new CatalogueMatch(models, devices.Where(d => d.Key.Item1 == "vendor").Select(d => (d.Key.Item2, d.Value)));
        _prices = Csv.Rows("prices.csv").Select(PriceRow).ToLookup(p => p.Cloud);
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

    /// <summary>All that is known of an instance type's price; null when it is not in the table.</summary>
    public InstancePrice? PriceOf(string cloud, string instance) => _prices[cloud].FirstOrDefault(p => p.Instance == instance);

    /// <summary>Every price.</summary>
    public IEnumerable<InstancePrice> Prices => _prices.SelectMany(g => g);

    /// <inheritdoc/>
    public Sourced? Rent(string cloud, string instance, Device device) => Rent(cloud, instance, device, spot: false);

    /// <inheritdoc/>
    public Sourced? Spot(string cloud, string instance, Device device) => Rent(cloud, instance, device, spot: true);

    /// <inheritdoc/>
    public Sourced? Own(Device device, double purchase, double years, double interest, double usdPerKilowattHour) =>
        device.Figures.TryGetValue("tdp_w", out Sourced? watts)
            ? Tco.PerHour(purchase, years, interest, watts.Value, usdPerKilowattHour)
            : null;

    /// <summary>
    /// A model by its name or another name of it (case counts), or by a file that describes it (<see cref="ModelFile"/>); null when it is neither.
    /// </summary>
    /// <exception cref="DiagnosticException">The file cannot be used.</exception>
    public ModelCard? FindModel(string? name) => name is null ? null
        : _models.GetValueOrDefault(name) ?? (ModelFile.IsFile(name) ? ModelFile.Find(name) : null);

    /// <summary><c>did you mean 'x'?</c> for a model that is not in the tables, or null.</summary>
    public string? SuggestModel(string name) => NearestName.Suggest(name, _models.Keys);

    /// <summary>
    /// What a label of a measurement means: a name as it stands, then whatever its case, then by its words without maker, tuning, storage and
    /// dates (<c>RedHatAI/Meta-Llama-3.1-8B-Instruct-FP8-dynamic</c>), the longest name first. A label that says no more than a size
    /// (<c>Foo-13B</c>, <c>Bar-30B-A3B</c>, <c>Baz-8x7B</c>) gets a card scaled from the nearest known model, with <see cref="ModelCard.IsGuess"/>;
    /// null when there is not even a size. A label that is a file is read as <see cref="FindModel"/> does.
    /// </summary>
    /// <exception cref="DiagnosticException">The file cannot be used.</exception>
    public ModelCard? MatchModel(string label) => ModelFile.IsFile(label) ? ModelFile.Find(label) : _match.Model(label);

    /// <summary>
    /// The vendor's device that a label of a measurement means, in the same way: makers, counts, form factors and hyphens of any kind do not
    /// matter, and a memory that differs from the catalogue's (<c>M3 Max 40-Core GPU 64GB</c>) replaces it. A label that is a file describes a
    /// device (<see cref="DeviceFile"/>). Null when it is not in the tables.
    /// </summary>
    /// <exception cref="DiagnosticException">The file cannot be used.</exception>
    public Device? MatchDevice(string label) => DeviceFile.IsFile(label) ? DeviceFile.Find(label) : _match.Device(label);

    /// <summary><c>did you mean 'x'?</c> for a device's label that <see cref="MatchDevice"/> does not know, or null.</summary>
    public string? SuggestDevice(string label) => _match.NearestDevice(label) is { } name ? $"did you mean '{name}'?" : null;

    private Sourced? Rent(string cloud, string instance, Device device, bool spot)
    {
        InstancePrice? row = PriceOf(cloud, instance);
        if (row is null || (spot ? row.Spot : row.OnDemand) is not { } usd)
        {
            return null;
        }

        bool accelerator = device.Tier is "gpu" or "npu";
        if (accelerator ? !row.Kinds.Any(k => Same(k, device.Kind)) : row.Kinds.Count > 0)
        {
            return null;
        }

        double each = accelerator ? usd / row.Devices : usd;
        string shared = accelerator && row.Devices > 1 ? string.Create(CultureInfo.InvariantCulture, $", a share of {row.Devices}") : "";
        return new Sourced(each, $"{cloud} {instance} in {row.Region}{shared}{(spot ? ", spot" : "")} ({row.Source})");
    }

    // The paper's catalogue calls devices by other names than the vendors do; prices are for either.
    private bool Same(string vendorKind, string kind) => vendorKind == kind
        || (Find("vendor", kind) is { } device && device.Kind == vendorKind);

    private static IEnumerable<string> Names(string name, string aliases) => aliases.Split('|', StringSplitOptions.RemoveEmptyEntries).Prepend(name);

    private static InstancePrice PriceRow(IReadOnlyDictionary<string, string> row) => new(
        row["cloud"], row["instance"], row["kinds"].Split('|', StringSplitOptions.RemoveEmptyEntries), (int)(row.Number("devices") ?? 0), row.Number("vcpus"),
        row.Number("usd_hour") ?? throw new InvalidDataException("a price without a price: " + row["instance"]), row.Number("spot_usd_hour"),
        row["cpu"], row["region"], row["source"]);
}
