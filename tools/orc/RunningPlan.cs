using Orchestrator.Compiler.Emit;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Cli;

/// <summary>A saved plan that is about to be used with a fleet: it is refused when it was made for another one.</summary>
internal static class RunningPlan
{
    /// <summary>Reads the plan directory; a changed fleet is the user's mistake, at its place in the fleet file.</summary>
    /// <param name="folder">The plan directory.</param>
    /// <param name="fleet">The fleet of today.</param>
    /// <param name="fleetFile">Its file.</param>
    public static DeploymentPlan Read(string folder, Fleet fleet, SourceText fleetFile)
    {
        DeploymentPlan plan = PlanDirectory.Read(folder);
        if (FleetFingerprint.Difference(plan.Fleet, fleet) is not { } difference)
        {
            return plan;
        }

        string was = FleetFingerprint.Of(plan.Fleet);
        string now = FleetFingerprint.Of(fleet);
        throw new DiagnosticException(Diagnostic.Error("ORC4012",
            $"the plan in '{folder}' was made for another fleet ({was}, this is {now}): {difference.Text}",
            SpanOf(fleetFile, difference.Device),
            "plan on the fleet of that plan, or make a new plan for this one with -o and compare with that from then on"));
    }

    // The first place where the device is named; the head of the file for one that is gone.
    private static SourceSpan SpanOf(SourceText file, string device)
    {
        int at = device.Length == 0 ? -1 : file.Text.IndexOf(device, StringComparison.Ordinal);
        return at < 0 ? new SourceSpan(file, 0, Math.Max(1, file.Text.IndexOf('\n'))) : new SourceSpan(file, at, device.Length);
    }
}
