using Orchestrator.Plan;
using Orchestrator.Targets.Probe;

namespace Orchestrator.Cli;

/// <summary>The fleet that <c>orc run</c> plans for when none is named: this machine, and the endpoint that the environment names.</summary>
internal static class LocalFleet
{
    private const string EndpointVariable = "ORC_OPENAI_BASE_URL";

    /// <summary>As <c>orc fleet probe</c> measured it; measures now when nobody did yet.</summary>
    public static Fleet Read()
    {
        if (!File.Exists(LocalState.FleetPath))
        {
            Terminal.Note("measuring this machine first, once; orc fleet probe measures it again");
            Write(LocalState.FleetPath);
        }

        Fleet fleet = FleetSource.Read(LocalState.FleetPath);
        return Environment.GetEnvironmentVariable(EndpointVariable) is { Length: > 0 } url ? WithEndpoint(fleet, url) : fleet;
    }

    /// <summary>Measures and writes; gives the text.</summary>
    public static string Write(string path)
    {
        string text = FleetFile.Write(FleetProbe.Run(TimeProvider.System).ToFleet());
        LocalState.WriteAtomically(path, text);
        return text;
    }

    // Somebody else's machine: what it costs and how fast it is, only its runs can teach.
    private static Fleet WithEndpoint(Fleet fleet, string url) => fleet with
    {
        Devices = fleet.Devices.Add(new Device
        {
            Name = "endpoint",
            Kind = "endpoint",
            Tier = "endpoint",
            Count = 1,
            Place = Uri.TryCreate(url, UriKind.Absolute, out Uri? address) ? address.Host : "endpoint",
            Runs = ["llm", "encoder"],
        }),
    };
}
