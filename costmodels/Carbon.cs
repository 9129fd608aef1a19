using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Greenhouse gas of electricity, in grams of CO2 equivalents. Making the hardware is not counted.</summary>
public static class Carbon
{
    private static readonly Lazy<Dictionary<(string, string), Sourced>> Grid = new(() =>
        Csv.Rows("carbon.csv").ToDictionary(r => (r["cloud"], r["region"]), r => new Sourced(r.Number("grams_kwh") ?? 0, r["source"])));

    /// <summary>Clouds and regions that are known.</summary>
    public static IEnumerable<(string Cloud, string Region)> Regions => Grid.Value.Keys;

    /// <summary>Grams a kilowatt-hour in a cloud's region; null where it is not known.</summary>
    public static Sourced? GramsPerKilowattHour(string cloud, string region) => Grid.Value.GetValueOrDefault((cloud, region));

    /// <summary>Grams of so many seconds at a draw.</summary>
    public static double Grams(double watts, double seconds, double gramsPerKilowattHour) => watts * seconds / 3.6e6 * gramsPerKilowattHour;
}
