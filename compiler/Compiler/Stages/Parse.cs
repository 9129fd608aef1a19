using Orchestrator.Diagnostics;
using Orchestrator.Frontend;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 1: a source text becomes a module. Flow enters at the agent level, the IR's own text at whatever level it is on.</summary>
public static class Parse
{
    /// <summary>The module, or null when the text has mistakes.</summary>
    public static Operation? Run(CompileRequest request, Context context, DiagnosticBag mistakes)
    {
        Operation? module = request.Source.Path.EndsWith(".mlir", StringComparison.OrdinalIgnoreCase)
            ? IRParser.Parse(request.Source, context, mistakes)?.Module
            : FlowFrontend.Parse(request.Source, context, mistakes, request.Import);
        return mistakes.HasErrors ? null : module;
    }
}
