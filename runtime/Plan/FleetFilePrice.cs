using Orchestrator.Diagnostics;

namespace Orchestrator.Plan;

/// <summary>Reads what an hour of a device costs: a cloud's instance, a purchase, or a plain price.</summary>
internal sealed class FleetFilePrice(IFleetCatalogue catalogue, FleetFileValues values, DiagnosticBag bag)
{
    /// <summary>The price, or null after reporting why there is none.</summary>
    public Sourced? Read(FleetFileNode node, Device device)
    {
        if (values.Mapping(node, "a price", FleetFileKeys.Price) is not { } keys)
        {
            return null;
        }

        if (keys.TryGetValue("market", out FleetFileNode? market) && !keys.ContainsKey("cloud"))
        {
            bag.Error("ORC3012", "a market is one of a cloud's instance", market.Span, "add cloud: … and instance: …, or leave market out");
            return null;
        }

        string[][] forms = [["cloud", "instance"], ["purchase_usd", "years", "interest", "power_usd_kwh"], ["usd_hour"]];
        string[][] used = [.. forms.Where(f => f.Any(keys.ContainsKey))];
        if (used.Length != 1)
        {
            bag.Error("ORC3012", used.Length == 0 ? "the price is empty" : "the price is given in several ways", node.Span,
                "give one of: { cloud, instance }, { purchase_usd, years, interest, power_usd_kwh }, { usd_hour, source }");
            return null;
        }

        string[] missing = [.. used[0].Where(k => !keys.ContainsKey(k))];
        if (missing.Length > 0)
        {
            bag.Error("ORC3012", $"the price lacks {string.Join(", ", missing)}", node.Span, $"add {string.Join(", ", missing.Select(k => k + ": …"))}");
            return null;
        }

        return used[0][0] switch
        {
            "cloud" => Rented(keys, device),
            "usd_hour" => values.Number(keys["usd_hour"], FleetDimension.Money) is { } usd
                ? new Sourced(usd, values.Source(keys, node.Span.Source?.Path ?? "fleet file"))
                : null,
            _ => Owned(keys, node, device),
        };
    }

    private Sourced? Rented(Dictionary<string, FleetFileNode> keys, Device device)
    {
        string cloud = values.Text(keys["cloud"], "a cloud");
        string instance = values.Text(keys["instance"], "an instance type");
        if (!catalogue.Clouds.Contains(cloud))
        {
            bag.Error("ORC3010", $"there are no prices of the cloud '{cloud}'", keys["cloud"].Span,
                NearestName.Suggest(cloud, catalogue.Clouds) ?? "give usd_hour and source instead; known clouds: " + string.Join(", ", catalogue.Clouds));
            return null;
        }

        if (!catalogue.Instances(cloud).Contains(instance))
        {
            bag.Error("ORC3010", $"there is no price of '{instance}' at {cloud}", keys["instance"].Span,
                NearestName.Suggest(instance, catalogue.Instances(cloud)) ?? "give usd_hour and source instead");
            return null;
        }

        string market = keys.TryGetValue("market", out FleetFileNode? named) ? values.Text(named, "a market") : FleetFileKeys.Markets[0];
        if (!FleetFileKeys.Markets.Contains(market))
        {
            bag.Error("ORC3010", $"there is no market '{market}'", named?.Span ?? keys["cloud"].Span,
                NearestName.Suggest(market, FleetFileKeys.Markets) ?? "write on_demand or spot");
            return null;
        }

        Sourced? onDemand = catalogue.Rent(cloud, instance, device);
        Sourced? price = market == FleetFileKeys.Spot ? catalogue.Spot(cloud, instance, device) : onDemand;
        if (price is null && onDemand is not null)
        {
            bag.Error("ORC3010", $"no spot price of '{instance}' at {cloud} is known", named?.Span ?? keys["instance"].Span, "leave market out, or give usd_hour and source");
        }
        else if (price is null)
        {
            bag.Error("ORC3010", $"'{instance}' at {cloud} does not come with '{device.Kind}'", keys["instance"].Span, "name an instance type with that device, or give usd_hour and source");
        }

        return price;
    }

    private Sourced? Owned(Dictionary<string, FleetFileNode> keys, FleetFileNode node, Device device)
    {
        double? purchase = values.Number(keys["purchase_usd"], FleetDimension.Money);
        double? years = values.Number(keys["years"], FleetDimension.Plain);
        double? interest = values.Number(keys["interest"], FleetDimension.Share);
        double? power = values.Number(keys["power_usd_kwh"], FleetDimension.Money);
        if (years is <= 0 or > 100)
        {
            bag.Error("ORC3007", "a device is written off over more than 0 and at most 100 years", keys["years"].Span, "write years: 4");
            return null;
        }

        if (purchase is not { } p || years is not { } y || interest is not { } i || power is not { } w)
        {
            return null;
        }

        Sourced? price = catalogue.Own(device, p, y, i, w);
        if (price is null)
        {
            bag.Error("ORC3012", $"what '{device.Kind}' draws is unknown, so its power cannot be priced", node.Span, "add figures: { tdp_w: … }");
        }

        return price;
    }
}
