using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit;

/// <summary>Stage 9: the plan as a directory: <c>plan.json</c>, <c>plan.txt</c>, <c>report.html</c> and <c>kernels/</c>.</summary>
public static class PlanDirectory
{
    /// <summary>The file that makes a folder a plan directory.</summary>
    public const string PlanFile = "plan.json";

    /// <summary>The plan as a page.</summary>
    public const string ReportFile = "report.html";

    /// <summary>Writes the directory, replacing the files of an older plan in it.</summary>
    /// <param name="folder">Made when it is not there.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="kernels">Generated code by file name.</param>
    /// <param name="report">The page, or null for none.</param>
    /// <exception cref="DiagnosticException">ORC4010 when it cannot be written.</exception>
    public static void Write(string folder, DeploymentPlan plan, ImmutableSortedDictionary<string, string> kernels, string? report = null)
    {
        try
        {
            string code = Path.Combine(folder, "kernels");
            if (Directory.Exists(code))
            {
                Directory.Delete(code, recursive: true);
            }

            Directory.CreateDirectory(folder);
            File.WriteAllText(Path.Combine(folder, PlanFile), JsonSerializer.Serialize(plan, PlanJson.Default.DeploymentPlan) + "\n");
            File.WriteAllText(Path.Combine(folder, "plan.txt"), PlanText.Write(plan, PlanText.NarrowestWidth));
            if (report is not null)
            {
                File.WriteAllText(Path.Combine(folder, ReportFile), report);
            }

            foreach ((string name, string text) in kernels)
            {
                Directory.CreateDirectory(code);
                File.WriteAllText(Path.Combine(code, name), text);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error("ORC4010", $"the plan cannot be written to '{folder}': {e.Message}", SourceSpan.None, "name a folder that you may write to"));
        }
    }

    /// <summary>Reads a plan directory back.</summary>
    /// <exception cref="DiagnosticException">ORC4011 when there is none or it is damaged.</exception>
    public static DeploymentPlan Read(string folder)
    {
        string path = Path.Combine(folder, PlanFile);
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(path), PlanJson.Default.DeploymentPlan) is
            {
                Graph.Tasks.IsDefault: false, Fleet.Devices.IsDefault: false, Estimates.Candidates.IsDefault: false,
                Placement: { Assignments.IsDefault: false, Latency: not null }, Objective: not null,
            } plan
                ? plan
                : throw new JsonException("parts of it are missing");
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new DiagnosticException(Diagnostic.Error("ORC4011", $"'{folder}' holds no readable plan: {e.Message}", SourceSpan.None,
                "make one with: orc plan FILE --fleet FLEET -o " + folder));
        }
    }
}
