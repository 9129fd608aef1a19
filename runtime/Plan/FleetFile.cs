using Orchestrator.Diagnostics;

namespace Orchestrator.Plan;

/// <summary>Fleets as YAML files: see <see cref="FleetFileKeys"/> for the keys and <c>costmodels/data/fleet.schema.json</c> for the schema.</summary>
public static class FleetFile
{
    /// <summary>
    /// Reads a fleet, looking up kinds and prices. All mistakes of the file go to <paramref name="bag"/>; null when there is any error.
    /// A device without a price is not a mistake: its cost is unknown.
    /// </summary>
    public static Fleet? Read(SourceText source, IFleetCatalogue catalogue, DiagnosticBag bag)
    {
        var own = new DiagnosticBag();
        FleetFileNode? root = FleetFileYaml.Read(source, own);
        Fleet? fleet = root is null ? null : new FleetFileReader(source, catalogue, own).Read(root);
        bag.AddRange(own.Items.OrderBy(d => d.Span.Start));
        return own.HasErrors ? null : fleet;
    }

    /// <summary>A fleet as a file that reads back to an equal fleet, with every number and its source written out.</summary>
    public static string Write(Fleet fleet) => FleetFileWriter.Write(fleet);
}
