using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.OnnxRuntime;
using Xunit;

namespace Orchestrator.Tests.Targets.OnnxRuntime;

/// <summary>Reads pages in tests through the target, as a workflow would. Skips, visibly, where the model files were not fetched.</summary>
internal static class PageModels
{
    // One for all tests: loading takes longer than reading, and the target serves many runs at once.
    private static readonly OnnxTarget Target = new();

    public static Declaration Service { get; } =
        new("ocr", "tool", "onnx", OnnxTarget.PageBundle, ImmutableSortedDictionary<string, JsonElement>.Empty);

    public static TargetEnvironment Surroundings { get; } = new(Repository.Root, TimeProvider.System, Environment.GetEnvironmentVariable);

    public static StepRequest Request(Datum page) => new(
        new Step(0, StepKind.Tool, "lines", 0, [0], 1, [], "ocr", [], ImmutableSortedDictionary<string, JsonElement>.Empty, "json", ""), Service, [page], Surroundings);

    public static async Task<StepResult> ReadAsync(byte[] file, CancellationToken cancellationToken = default)
    {
        string? why = Target.WhyUnavailable(Service, Surroundings);
        Assert.SkipUnless(why is null, why ?? "");
        return await Target.ExecuteAsync(Request(new BytesDatum(file, "image/png")), cancellationToken);
    }
}
