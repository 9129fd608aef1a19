using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 2: the module is what its operations demand, or the mistakes are said.</summary>
public static class Verify
{
    /// <summary>Returns <paramref name="module"/> unchanged; mistakes go to <paramref name="mistakes"/>.</summary>
    public static Operation Run(Operation module, DiagnosticBag mistakes)
    {
        IRVerifier.Verify(module, mistakes);
        return module;
    }
}
