using Orchestrator.CostModels;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Prices, owning, power, carbon and links against published figures.</summary>
public sealed class MoneyTests
{
    // arXiv 2507.19635, Table 5, to the cent: the operating column and the totals with depreciation. Two rows of the paper disagree with its own
    // method: MI300X is half a cent off, and H100's operating cost is printed for a price of $30,000 beside the $25,000 of its price column.
    [Theory]
    [InlineData("A40", 300, 0.15, 0.236)]
    [InlineData("A100", 400, 0.25, 0.478)]
    [InlineData("Gaudi3", 900, 0.49, 0.847)]
    [InlineData("B200", 1000, 0.83, 1.972)]
    public void OwningCostsWhatThePaperPrintsToTheCent(string kind, double watts, double operating, double total)
    {
        double price = Money.Purchase("paper", kind)!.Value; // all six have a price
        Assert.Equal(operating, Math.Round(Tco.OperatingPerHour(price, 4, 0.08, watts, 0.40), 2));
        Assert.Equal(total, Math.Round(price / (4 * 8760) + operating, 3)); // the paper's total is of the printed, rounded column
        Assert.Equal(total, Tco.PerHour(price, 4, 0.08, watts, 0.40).Value, 0.005);
        Assert.Equal(total, Catalogue.Default.Find("paper", kind)!.PricePerHour!.Value, 3);
    }

    [Fact]
    public void TheTwoRowsThatDisagreeAreAsDocumented()
    {
        Assert.Equal(0.514, Tco.OperatingPerHour(20_000, 4, 0.08, 750, 0.40), 3); // printed 0.52
        Assert.Equal(0.548, Tco.OperatingPerHour(25_000, 4, 0.08, 700, 0.40), 3); // printed 0.60
        Assert.Equal(0.60, Math.Round(Tco.OperatingPerHour(30_000, 4, 0.08, 700, 0.40), 2));
        Assert.Equal(1.091, Catalogue.Default.Find("paper", "MI300X")!.PricePerHour!.Value, 3); // with the printed column
        Assert.Equal(1.313, Catalogue.Default.Find("paper", "H100")!.PricePerHour!.Value, 3);
    }

    [Fact]
    public void AnHourBecomesARequestAndAMillionTokens()
    {
        Assert.Equal(0.002, Money.PerRequest(3.6, 2, 1), 12);
        Assert.Equal(0.0002, Money.PerRequest(3.6, 2, 1, together: 10), 12);
        Assert.Equal(1.0, Money.PerMillionTokens(3.6, 1, 1000), 12);
        Assert.Equal(0.4, Money.Electricity(1000, 3600, 0.40), 12);
        Assert.Null(Money.Purchase("vendor", "no such device"));
        Device h100 = Catalogue.Default.Find("vendor", "H100")!; // catalogued
        Assert.Equal(Tco.PerHour(30_000, 4, 0.08, 700, 0.40).Value, Money.Owned("vendor", h100, 4, 0.08, 0.40)!.Value, 12); // with a price
    }

    // An accelerator and its machine are priced apart at this cloud: 9.46006 + 33.60609 on demand, 3.86318 + 32.0104 on spot, eight devices.
    [Fact]
    public void AnAcceleratorAndItsMachineAreAdded()
    {
        Device h100 = Catalogue.Default.Find("vendor", "H100 SXM 80GB")!; // catalogued
        Assert.Equal((9.46006 + 33.60609) / 8, Catalogue.Default.Rent("gcp", "a3-highgpu-8g", h100)!.Value, 4);
        Assert.Equal((3.86318 + 32.0104) / 8, Catalogue.Default.Spot("gcp", "a3-highgpu-8g", h100)!.Value, 4);
        Assert.Null(Catalogue.Default.Spot("aws", "p5.48xlarge", h100)); // no spot prices of this cloud are known
        Assert.NotNull(Catalogue.Default.Rent("aws", "p5.48xlarge", h100));
        Assert.Null(Catalogue.Default.Rent("gcp", "a3-highgpu-8g", Catalogue.Default.Find("vendor", "A40")!)); // another device
        Assert.Equal(1.2, Catalogue.Default.Rent("gcp", "tpu-v5litepod-8", Catalogue.Default.Find("vendor", "TPU v5e")!)!.Value, 6); // 9.60 for eight
        Assert.Equal(12.88 / 4, Catalogue.Default.Rent("gcp", "tpu-v4-8", Catalogue.Default.Find("vendor", "TPU v4")!)!.Value, 6); // 8 cores are 4 chips
    }

    [Fact]
    public void EveryAcceleratorWithAPriceIsCatalogued() => Assert.All(Catalogue.Default.Prices, p =>
    {
        Assert.All(p.Kinds, k => Assert.NotNull(Catalogue.Default.Find("vendor", k)));
        Assert.Equal(p.Kinds.Count > 0, p.Devices > 0);
        Assert.True(p.Spot is null or > 0, p.Instance);
    });

    // The table of measured prices says which accelerators are for rent; all but the programmable logic must be.
    [Fact]
    public void EveryAcceleratorForRentHasItsPrice()
    {
        using var reader = new StreamReader(Repository.Shared("data", "prices.csv"));
        TableRow[] rows = [.. Table.Parse(reader).Rows.Where(r => r["accelerator"].Length > 0 && !r["accelerator"].StartsWith("FPGA", StringComparison.Ordinal))];
        ILookup<string, InstancePrice> priced = Catalogue.Default.Prices.Where(p => p.Kinds.Count > 0).ToLookup(p => p.Cloud);
        Assert.All(rows.Select(r => (Cloud: r["cloud"], Label: r["accelerator"])).Distinct(), a =>
        {
            string label = a.Label.StartsWith("tpu-", StringComparison.Ordinal)
                ? "TPU " + a.Label.Split('-')[1].Replace("litepod", "e", StringComparison.Ordinal)
                : a.Label;
            Device device = Assert.IsType<Device>(Catalogue.Default.MatchDevice(label));
            string family = CommonWord(device.Kind);
            Assert.True(priced[a.Cloud].Any(p => p.Kinds.Any(k => CommonWord(k) == family)), $"{a.Cloud} {a.Label}");
        });
    }

    [Fact]
    public void CarbonIsKnownWhereTheGridIs()
    {
        Assert.Equal(415.755, Carbon.GramsPerKilowattHour("aws", "us-east-1")!.Value, 3); // in the table
        Assert.Equal(402, Carbon.GramsPerKilowattHour("azure", "Germany West Central")!.Value, 6); // printed without its point
        Assert.Null(Carbon.GramsPerKilowattHour("aws", "mars-north-1"));
        Assert.Equal(415.755 * 0.7 / 60, Carbon.Grams(700, 60, 415.755), 9);
        Assert.All(Carbon.Regions, r => Assert.InRange(Carbon.GramsPerKilowattHour(r.Cloud, r.Region)!.Value, 5, 1000)); // of the table
    }

    [Fact]
    public void ServersAndMachinesDrawWhatWasMeasured()
    {
        Assert.All(Power.Processors, p => Assert.InRange(Power.Server(p)!.Full, Power.Server(p)!.Idle, 1000)); // names of the table
        PowerDraw genoa = Power.Server("EPYC 9654 (Genoa 96c)")!; // measured
        Assert.InRange(genoa.Full, 300, 450);
        Assert.Equal((genoa.Idle + genoa.Full) / 2, genoa.At(0.5), 9);
        Assert.Equal(16 * 2.2822, Power.Instance("aws", "c7a.4xlarge")!.Full, 6); // 16 virtual CPUs of EPYC 4th Gen
        Assert.Null(Power.Instance("aws", "p5.48xlarge"));
        Assert.Null(Power.Server("Abacus"));
    }

    [Fact]
    public void LockedClocksTradeTimeForPower()
    {
        Interval time = PowerCap.FrequencyLock.Under(Interval.Exactly(1));
        Assert.Equal(1 / 0.95, time.Low, 12);
        Assert.Equal(1 / 0.93, time.High, 12);
        Assert.Equal(560, PowerCap.FrequencyLock.Peak(700), 9);
        Assert.Equal((10, 12), (PowerCap.None.Fit(7000, 700), PowerCap.FrequencyLock.Fit(7000, 700))); // 25 % more fit, of whole ones 2
        Assert.Equal(125, PowerCap.FrequencyLock.Fit(100 * 700, 700));
        Assert.True(PowerCap.FrequencyLock.EnergyFactor.High < 1);
        Assert.Equal(Interval.Exactly(3), PowerCap.None.Under(Interval.Exactly(3)));
    }

    [Theory]
    [InlineData("H100 SXM 80GB", LinkScope.Chassis, "NVLink 4", 450e9)]
    [InlineData("H100 SXM 80GB", LinkScope.Across, "NDR400", 50e9)]
    [InlineData("GB200 NVL72 192GB", LinkScope.Chassis, "NVL72", 900e9)]
    [InlineData("MI300X 192GB", LinkScope.Chassis, "xGMI (MI300X)", 448e9)]
    [InlineData("Ascend 910C", LinkScope.Chassis, "UB (CloudMatrix384)", 392e9)]
    [InlineData("GH200 96GB", LinkScope.Host, "C2C", 450e9)]
    public void ADeviceHasItsLinks(string kind, LinkScope scope, string name, double bandwidth)
    {
        LinkClass link = Assert.IsType<LinkClass>(CatalogueLinks.Between(Catalogue.Default.Find("vendor", kind)!, scope)); // catalogued
        Assert.Equal((name, bandwidth), (link.Name, link.Bandwidth));
        Assert.Equal(link.Latency!.Value + 1, link.Seconds(bandwidth), 9); // these have one
    }

    [Fact]
    public void ADeviceWithoutAClassHasWhatItsRowSays()
    {
        LinkClass link = Assert.IsType<LinkClass>(CatalogueLinks.Between(Catalogue.Default.Find("vendor", "RTX 3070 8GB")!, LinkScope.Chassis)); // catalogued
        Assert.Equal((31.5e9, null), (link.Bandwidth, link.Latency));
        Assert.Null(CatalogueLinks.Between(Catalogue.Default.Find("vendor", "RTX 3070 8GB")!, LinkScope.Across));
        Assert.Same(CatalogueLinks.Find("nvlink 4"), CatalogueLinks.Find("NVLink 4"));
        Assert.Null(CatalogueLinks.Find("string and cans"));
        Assert.All(CatalogueLinks.All, l => Assert.InRange(l.Bandwidth, 1e8, 2e12));
    }

    // Variants of a device share their first word: A100 SXM 40GB, A100 PCIe 80GB; RTX cards have it second.
    private static string CommonWord(string kind)
    {
        string[] words = kind.Split(' ');
        return words[0] is "RTX" or "TPU" or "Quadro" or "Radeon" or "Gaudi" ? words[0] + " " + words[1] : words[0];
    }
}
