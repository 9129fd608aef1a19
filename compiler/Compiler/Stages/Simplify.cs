using Orchestrator.Compiler.Passes;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 3: folds what is constant, merges equal pure steps, drops what nobody uses. Always legal; reads no cost.</summary>
public static class Simplify
{
    /// <summary>
    /// Rewrites <paramref name="module"/> in place and returns it. With a fleet, <c>available(x)</c> is answered first: a model is available when
    /// some device of the fleet runs models, everything else always; without one the question stays open.
    /// </summary>
    public static Operation Run(Operation module, Fleet? fleet, DiagnosticBag mistakes)
    {
        var context = new PassContext(mistakes);
        if (fleet is not null)
        {
            new ResolveAvailability { Absent = string.Join('|', Absent(module, fleet)) }.Run(module, context);
        }

        foreach (Pass pass in new Pass[] { new CanonicalizePass(), new CsePass(), new DcePass() })
        {
            pass.Run(module, context);
        }

        return module;
    }

    private static IEnumerable<string> Absent(Operation module, Fleet fleet)
    {
        if (fleet.Devices.Any(d => d.Runs.Contains("llm")))
        {
            return [];
        }

        return module.Regions[0].Blocks.SelectMany(b => b.Operations)
            .Where(op => op.Name.Text == "agent.declare_model").Select(op => op.SymbolName ?? "");
    }
}
