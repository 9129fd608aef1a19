using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>What an instance type costs, in US dollars an hour for all of it.</summary>
/// <param name="Cloud">The cloud.</param>
/// <param name="Instance">Its name for the type; a TPU slice counts as one.</param>
/// <param name="Kinds">Accelerators that it may have, by the vendor catalogue's names; none for a machine without.</param>
/// <param name="Devices">How many of them.</param>
/// <param name="VirtualCpus">Virtual processors; null when not known.</param>
/// <param name="OnDemand">Price on demand, the machine and its accelerators together where they are priced apart.</param>
/// <param name="Spot">Price while there is capacity to spare; null when not known or not offered.</param>
/// <param name="Processor">Architecture of its processors, <c>Sapphire Rapids</c>; empty when not known.</param>
/// <param name="Region">Where.</param>
/// <param name="Source">Which table, which day.</param>
public sealed record InstancePrice(
    string Cloud, string Instance, IReadOnlyList<string> Kinds, int Devices, double? VirtualCpus, double OnDemand, double? Spot, string Processor, string Region, string Source);

/// <summary>From dollars an hour to dollars for work.</summary>
public static class Money
{
    /// <summary>US dollars of one request that keeps <paramref name="devices"/> devices busy for so many seconds, alone or as one of a batch.</summary>
    /// <param name="perHour">US dollars an hour of one device.</param>
    /// <param name="devices">Devices that work on it.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="together">Requests that share the devices meanwhile, at least 1.</param>
    public static double PerRequest(double perHour, double devices, double seconds, double together = 1) => perHour * devices * seconds / 3600 / Math.Max(1, together);

    /// <summary>US dollars for a million tokens at a rate that the devices keep together; infinite at rate 0.</summary>
    public static double PerMillionTokens(double perHour, double devices, double tokensPerSecond) => perHour * devices / 3600 / tokensPerSecond * 1e6;

    /// <summary>US dollars for the electricity of so many seconds at a draw.</summary>
    public static double Electricity(double watts, double seconds, double usdPerKilowattHour) => watts * seconds / 3.6e6 * usdPerKilowattHour;

    /// <summary>What a device sells for, or null when nobody said: list prices and rough street prices, never quotes.</summary>
    /// <param name="catalogue"><c>vendor</c> or <c>paper</c>.</param>
    /// <param name="kind">The catalogue's name of the device.</param>
    public static Sourced? Purchase(string catalogue, string kind)
    {
        string name = Catalogue.Default.Find(catalogue, kind)?.Kind ?? kind;
        return Purchases.Value.TryGetValue((catalogue, name), out Sourced? price) ? price : null;
    }

    /// <summary>
    /// US dollars an hour of a device that is bought at the catalogue's price, with what it draws: null when its price or draw is not known.
    /// </summary>
    public static Sourced? Owned(string catalogue, Device device, double years, double interest, double usdPerKilowattHour)
    {
        if (Purchase(catalogue, device.Kind) is not { } price || Catalogue.Default.Own(device, price.Value, years, interest, usdPerKilowattHour) is not { } hour)
        {
            return null;
        }

        return hour with { Source = string.Create(CultureInfo.InvariantCulture, $"{hour.Source}; price: {price.Source}") };
    }

    private static readonly Lazy<Dictionary<(string, string), Sourced>> Purchases = new(() =>
        Csv.Rows("purchases.csv").ToDictionary(r => (r["catalogue"], r["kind"]), r => new Sourced(r.Number("usd") ?? 0, r["source"])));
}
