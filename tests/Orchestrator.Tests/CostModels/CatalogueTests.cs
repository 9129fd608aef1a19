using Orchestrator.CostModels;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>The tables that come with the program: sources, plausible numbers, and formulas against published figures.</summary>
public sealed class CatalogueTests
{
    public static TheoryData<string, string> Devices =>
        [.. Catalogue.Default.Catalogues.SelectMany(c => Catalogue.Default.Kinds(c).Order(StringComparer.Ordinal).Select(k => (c, k)))];

    [Theory]
    [MemberData(nameof(Devices))]
    public void EveryDeviceIsPlausibleAndSourced(string catalogue, string kind)
    {
        Device device = Assert.IsType<Device>(Catalogue.Default.Find(catalogue, kind));
        Assert.Contains(device.Tier, FleetFileKeys.Tiers);
        Assert.NotEmpty(device.Runs);
        Assert.All(device.Runs, r => Assert.Contains(r, FleetFileKeys.Executors));
        Assert.InRange(device.Memory!.Value, 1e8, 1e13); // every catalogued device has its memory
        Assert.InRange(device.Bandwidth!.Value, 8e9, 3e16); // and its bandwidth
        Assert.NotEmpty(device.Peak);
        Assert.All(device.Peak.Values.Append(device.Memory).Append(device.Bandwidth), s => Assert.NotEmpty(s.Source));
        Assert.All(device.Peak.Values, p => Assert.InRange(p.Value, 1e11, 1e17));
    }

    // KiB per token, GB at 4,096 and 32,768 tokens, Gbit/s out of one device in a time to first token of 250 ms and into one in 20 ms.
    [Theory]
    [InlineData("llama-8b", "fp16", 128, 0.537, 17.2, 4.295, 137, 1718)]
    [InlineData("llama-8b", "fp8", 64, 0.268, 8.6, 2.147, 69, 859)]
    [InlineData("llama-70b", "fp16", 320, 1.342, 42.9, 10.74, 344, 4295)]
    [InlineData("llama-70b", "fp8", 160, 0.671, 21.5, 5.369, 172, 2148)]
    public void KvTransferMatchesThePublishedTable(
        string model, string precision, double kib, double short_, double shortOut, double long_, double longOut, double longIn)
    {
        double each = Catalogue.Default.FindModel(model)!.KvBytesPerToken(precision); // in the table
        Assert.Equal(kib, each / 1024, 12);
        Assert.Equal(short_, each * 4096 / 1e9, 3);
        Assert.Equal(shortOut, each * 4096 * 8 / 0.25 / 1e9, 1);
        Assert.Equal(long_, each * 32768 / 1e9, long_ > 10 ? 2 : 3);
        Assert.Equal(longOut, each * 32768 * 8 / 0.25 / 1e9, 0);
        Assert.Equal(longIn, each * 32768 * 8 / 0.02 / 1e9, 1.0);
    }

    // Operating dollars an hour as printed; MI300X is half a cent off in the paper, and H100 is printed for $30,000, not the $25,000 beside it.
    [Theory]
    [InlineData(3000, 300, 0.15, 0.236)]
    [InlineData(8000, 400, 0.25, 0.478)]
    [InlineData(12500, 900, 0.49, 0.847)]
    [InlineData(20000, 750, 0.52, 1.091)]
    [InlineData(30000, 700, 0.60, 1.456)]
    [InlineData(40000, 1000, 0.83, 1.972)]
    public void OwningCostsWhatThePaperPrints(double price, double watts, double operating, double total)
    {
        Assert.Equal(operating, Tco.OperatingPerHour(price, 4, 0.08, watts, 0.40), 0.006);
        Assert.Equal(total, Tco.PerHour(price, 4, 0.08, watts, 0.40).Value, 0.007);
    }

    [Theory]
    [InlineData("A40", 0.236)]
    [InlineData("A100", 0.478)]
    [InlineData("Gaudi3", 0.847)]
    [InlineData("MI300X", 1.091)]
    [InlineData("H100", 1.313)]
    [InlineData("B200", 1.972)]
    public void ThePapersCatalogueHasItsTotals(string kind, double total) =>
        Assert.Equal(total, Catalogue.Default.Find("paper", kind)!.PricePerHour!.Value, 3); // all six have a price

    [Fact]
    public void EveryPriceIsOfAKnownDeviceAndPlausible()
    {
        foreach (string cloud in Catalogue.Default.Clouds)
        {
            foreach (string instance in Catalogue.Default.Instances(cloud))
            {
                Device[] devices = [.. Catalogue.Default.Kinds("vendor").Select(k => Catalogue.Default.Find("vendor", k)!)]; // kinds of the catalogue
                Sourced[] prices = [.. devices.Select(d => Catalogue.Default.Rent(cloud, instance, d)).OfType<Sourced>()];
                Assert.True(prices.Length > 0, $"{cloud} {instance} is of no known device");
                Assert.All(prices, p => Assert.InRange(p.Value, 0.004, 130));
                Assert.All(prices, p => Assert.Contains(instance, p.Source, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void AWrongModelNameGetsTheNearest()
    {
        Assert.Null(Catalogue.Default.FindModel("meta-llama/Llama-3.1-8B-Instuct"));
        Assert.Equal("did you mean 'meta-llama/Llama-3.1-8B-Instruct'?", Catalogue.Default.SuggestModel("meta-llama/Llama-3.1-8B-Instuct"));
    }
}
