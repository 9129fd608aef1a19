using Orchestrator.Compiler.Passes;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 4: every call becomes its placeable pieces; see <see cref="DecomposeCalls"/>.</summary>
public static class Decompose
{
    /// <summary>Rewrites <paramref name="module"/> in place and returns it.</summary>
    public static Operation Run(Operation module, DiagnosticBag mistakes)
    {
        new DecomposeCalls().Run(module, new PassContext(mistakes));
        return module;
    }
}
