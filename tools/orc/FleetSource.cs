using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Cli;

/// <summary>Finds the fleet that a command is about.</summary>
internal static class FleetSource
{
    /// <summary>The file that was named, else <c>fleet.yaml</c> beside the workflow; null when there is none and none is needed.</summary>
    public static Fleet? Find(string? named, WorkflowFile workflow, bool needed)
    {
        string? path = named ?? workflow.Sibling("fleet.yaml");
        if (path is not null)
        {
            return Read(path);
        }

        return needed
            ? throw SourceFile.Mistake("ORC6032", $"there is no fleet to plan '{workflow.Path}' on", "name one with --fleet FILE, or let orc fleet probe write one for this machine")
            : null;
    }

    /// <summary>The text of the file that <see cref="Find"/> reads, which is there.</summary>
    public static SourceText FindText(string? named, WorkflowFile workflow) =>
        SourceFile.ReadText(named ?? workflow.Sibling("fleet.yaml") ?? throw new InvalidOperationException("the fleet was read a moment ago"));

    /// <summary>Reads a fleet file; its mistakes end the command.</summary>
    public static Fleet Read(string path)
    {
        var mistakes = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(SourceFile.ReadText(path), Catalogue.Default, mistakes);
        return mistakes.HasErrors || fleet is null ? throw new DiagnosticException(mistakes.Items) : fleet;
    }
}
