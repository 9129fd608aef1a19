using System.Globalization;

namespace Orchestrator.Tests.Samples;

/// <summary>Invoices of vendors that do not exist, in several languages, layouts and formats; every figure comes from a seed.</summary>
internal static partial class InventedInvoices
{
    public sealed record Invented(string Name, InvoiceSheet Sheet, InvoiceFields Fields);

    private static readonly Func<Random, Invented>[] Makers =
    [
        German, British, American, Dutch, French, Spanish, Italian, Indian, Swiss, Airline, Swedish, FrenchTelephone, GermanShop, DutchWebShop, AmericanCloud, ItalianEnergy,
        IndianHotel, Furniture, AustrianWholesale, AmericanUtility, Belgian, Host,
    ];

    public static IEnumerable<Invented> All(int seed) => Makers.Select((make, i) => make(new Random((seed * 1000) + i)));

    private static decimal Net(Random chance, int most = 2000) => chance.Next(1500, most * 100) / 100m;

    private static decimal Tax(decimal net, decimal rate) => Math.Round(net * rate, 2, MidpointRounding.AwayFromZero);

    private static DateOnly Day(Random chance) => new DateOnly(2012, 1, 1).AddDays(chance.Next(4300));

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Format(DateOnly day, string format) => day.ToString(format, CultureInfo.InvariantCulture);

    // 1.234,56 and its relatives.
    private static string Money(decimal value, string group, string point) =>
        value.ToString("#,##0.00", new NumberFormatInfo { NumberGroupSeparator = group, NumberDecimalSeparator = point, NumberGroupSizes = [3] });

    private static string Month(DateOnly day, string names) => names.Split(' ')[day.Month - 1];

    private const string GermanMonths = "Januar Februar März April Mai Juni Juli August September Oktober November Dezember";
    private const string DutchMonths = "januari februari maart april mei juni juli augustus september oktober november december";
    private const string FrenchMonths = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
    private const string EnglishMonths = "January February March April May June July August September October November December";
}
