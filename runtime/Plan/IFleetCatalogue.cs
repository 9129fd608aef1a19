namespace Orchestrator.Plan;

/// <summary>What is known about device kinds and prices, for fleets that name them.</summary>
public interface IFleetCatalogue
{
    /// <summary>Names of the catalogues: <c>vendor</c>, <c>paper</c>.</summary>
    IReadOnlyList<string> Catalogues { get; }

    /// <summary>Kinds of a catalogue, other names of them included.</summary>
    IEnumerable<string> Kinds(string catalogue);

    /// <summary>The device of a kind (or another name of it), one of it at no place; null when the catalogue has none.</summary>
    Device? Find(string catalogue, string kind);

    /// <summary>Clouds with prices.</summary>
    IEnumerable<string> Clouds { get; }

    /// <summary>Instance types of a cloud with prices.</summary>
    IEnumerable<string> Instances(string cloud);

    /// <summary>US dollars an hour for one device of an instance type: its price shared by its accelerators, or all of it for a CPU; null when unknown.</summary>
    Sourced? Rent(string cloud, string instance, Device device);

    /// <summary>
    /// The same as <see cref="Rent"/> on spare capacity, which the cloud may take back at any time; null when not offered or not known.
    /// </summary>
    Sourced? Spot(string cloud, string instance, Device device);

    /// <summary>US dollars an hour for a device that is bought: depreciation, interest and power at its full draw; null when its draw is unknown.</summary>
    /// <param name="device">The device; its figure <c>tdp_w</c> is its draw in watts.</param>
    /// <param name="purchase">US dollars.</param>
    /// <param name="years">Until it is written off, above 0.</param>
    /// <param name="interest">A year, 0.08 for 8 %.</param>
    /// <param name="usdPerKilowattHour">Price of electricity.</param>
    Sourced? Own(Device device, double purchase, double years, double interest, double usdPerKilowattHour);
}
