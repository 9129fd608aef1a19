using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orchestrator.Plan;

/// <summary>What a plan was made for, in a few characters: fleets with the same machines, numbers, prices and links have the same fingerprint.</summary>
public static class FleetFingerprint
{
    /// <summary>The first 12 hexadecimal digits of SHA-256 over what planning reads of a fleet. Order of devices and links, and sources of numbers, do not count.</summary>
    public static string Of(Fleet fleet)
    {
        IEnumerable<string> lines = [.. fleet.Devices.Select(DeviceText).Order(StringComparer.Ordinal), .. fleet.Links.Select(LinkText).Order(StringComparer.Ordinal)];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))))[..12];
    }

    /// <summary>The first difference between two fleets for people, with the device that it is about; null when there is none.</summary>
    public static (string Device, string Text)? Difference(Fleet before, Fleet after)
    {
        foreach (Device device in before.Devices)
        {
            Device? now = after.Devices.FirstOrDefault(d => d.Name == device.Name);
            if (now is null)
            {
                return (device.Name, $"{device.Name} is gone");
            }

            if (now.Count != device.Count)
            {
                return (device.Name, string.Create(CultureInfo.InvariantCulture, $"there were {device.Count} {device.Name}, there are {now.Count}"));
            }

            if (now.PricePerHour?.Value != device.PricePerHour?.Value)
            {
                return (device.Name, $"an hour of {device.Name} cost {Price(device)}, it costs {Price(now)}");
            }

            if (DeviceText(now) != DeviceText(device))
            {
                return (device.Name, $"{device.Name} is another machine, or its numbers are others");
            }
        }

        if (after.Devices.FirstOrDefault(d => before.Devices.All(b => b.Name != d.Name)) is { } added)
        {
            return (added.Name, $"{added.Name} is new");
        }

        return Of(before) == Of(after) ? null : ("", "the links are others");
    }

    private static string Price(Device device) => device.PricePerHour is { } price ? new Dollars(price.Value).ToString() : "nobody knows what";

    private static string DeviceText(Device d) => string.Join('|',
    [
        d.Name, d.Kind, d.Tier, Number(d.Count), d.Place, string.Join(',', d.Runs), Number(d.Memory?.Value), Number(d.Bandwidth?.Value),
        string.Join(',', d.Peak.Select(p => p.Key + "=" + Number(p.Value.Value))), Number(d.ScaleUpBandwidth?.Value), Number(d.ScaleUpCount), Number(d.PricePerHour?.Value),
        string.Join(',', d.Figures.Select(f => f.Key + "=" + Number(f.Value.Value))),
        string.Join(',', d.Services.IsDefault ? [] : d.Services.Select(s => $"{s.Service}/{s.Phase}/{Number(s.P50.Value)}/{Number(s.P95?.Value)}/{Number(s.PerUse?.Value)}")),
    ]);

    private static string LinkText(Link l) =>
        $"{l.From}|{l.To}|{Number(l.Bandwidth.Value)}|{Number(l.Latency.Value)}|{Number(l.PricePerGigabyte?.Value)}";

    private static string Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture) ?? "";
}
