using Orchestrator.Compiler.Stages;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler;

/// <summary>The compiler: a workflow, a fleet and a promise become a plan, one stage after the other.</summary>
public static class Compile
{
    /// <summary>The stages by name, in order; a compile can stop after any of them.</summary>
    public static IReadOnlyList<string> Stages { get; } =
        ["parse", "verify", "simplify", "decompose", "freeze", "together", "promise", "estimate", "place", "specialize"];

    /// <summary>
    /// Runs the stages until the end, the first one with mistakes, or <see cref="CompileRequest.StopAfter"/>. The same request gives the
    /// same result, byte for byte.
    /// </summary>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static CompileResult Run(CompileRequest request, CancellationToken cancellation = default)
    {
        var line = new StageLine(request, cancellation);

        // A stage runs only when all before it gave a result, so what it reads is there.
        TaskGraph? graph = ReadGraph.Is(request.Source)
            ? line.Stage("freeze", () => ReadGraph.Run(request.Source, line.Mistakes), StageText.Of)
            : Frozen(request, line);
        graph = line.Stage("together", () => Together.Run([graph!, .. request.Beside.Select(other => Alone(other, line, cancellation)).OfType<TaskGraph>()], line.Mistakes), StageText.Of);
        Objective? objective = line.Stage("promise", () => Promised(graph!, request, line), StageText.Of);
        EstimateTable? estimates = line.Stage("estimate", () => EstimateStage.Run(graph!, request.Fleet!, objective!, request.Calibration), StageText.Of);
        Placement? placement = line.Stage("place", () => line.Accept(PlaceStage.Run(graph!, request.Fleet!, estimates!, objective!, request.Calibration, cancellation, request.Running)), StageText.Of);
        DeploymentPlan? plan = line.Stage("specialize", () => new DeploymentPlan(graph!, request.Fleet!, objective!, estimates!, placement!) { Folder = request.Folder }, StageText.Of);
        return line.Finish(plan, plan is null ? CompileResult.NoKernels : Specialize.Run(plan));
    }

    private static Objective Promised(TaskGraph graph, CompileRequest request, StageLine line)
    {
        Objective objective = Promise.From(graph, request.Sla, request.Rate, line.Mistakes);
        return request.OneRun ? objective with { RatePerSecond = null } : objective;
    }

    // Another workflow to plan together with, as far as the freeze.
    private static TaskGraph? Alone(CompileRequest other, StageLine line, CancellationToken cancellation)
    {
        var alone = new StageLine(other with { StopAfter = null }, cancellation);
        TaskGraph? graph = ReadGraph.Is(other.Source) ? ReadGraph.Run(other.Source, alone.Mistakes) : Frozen(other, alone);
        line.Mistakes.AddRange(alone.Mistakes.Items);
        return graph;
    }

    private static TaskGraph? Frozen(CompileRequest request, StageLine line)
    {
        Context context = request.NewContext();
        Operation? module = line.Stage("parse", () => Parse.Run(request, context, line.Mistakes), StageText.Of);
        module = line.Stage("verify", () => Verify.Run(module!, line.Mistakes), StageText.Of);
        module = line.Stage("simplify", () => Simplify.Run(module!, request.Fleet, line.Mistakes), StageText.Of);
        module = line.Stage("decompose", () => Decompose.Run(module!, line.Mistakes), StageText.Of);
        return line.Stage("freeze", () => Freeze.Run(module!, request.Workflow, ModelShapes.KvBytesPerToken, line.Mistakes), StageText.Of);
    }
}
