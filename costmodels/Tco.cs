using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>
/// What an hour of a device costs that is bought: depreciation, interest compounded by the month, and electricity at its full draw, without
/// colocation (arXiv 2507.19635, section 5: 4 years, 8 %, $0.40 a kWh; the operating part of its Table 5 comes out of the same formula).
/// </summary>
public static class Tco
{
    private const double HoursPerYear = 8760;

    /// <summary>US dollars an hour beside the purchase: power and interest. <paramref name="interest"/> is a year's, 0.08 for 8 %.</summary>
    public static double OperatingPerHour(double purchase, double years, double interest, double watts, double usdPerKilowattHour) =>
        watts / 1000 * usdPerKilowattHour + purchase * (Math.Pow(1 + interest / 12, 12 * years) - 1) / (years * HoursPerYear);

    /// <summary>US dollars an hour in all, with how it came about.</summary>
    public static Sourced PerHour(double purchase, double years, double interest, double watts, double usdPerKilowattHour)
    {
        double value = purchase / (years * HoursPerYear) + OperatingPerHour(purchase, years, interest, watts, usdPerKilowattHour);
        string source = string.Create(
            CultureInfo.InvariantCulture,
            $"bought for ${purchase:0.##} over {years:0.##} years at {interest * 100:0.##} %, {watts:0.##} W at ${usdPerKilowattHour:0.###}/kWh");
        return new Sourced(value, source);
    }
}
