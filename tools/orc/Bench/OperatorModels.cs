using Orchestrator.Compiler.Operators;
using Orchestrator.Compiler.Placing;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Bench;

/// <summary>Operator graphs of models of the catalogue, cut to about 200 operators, on a workstation neither of whose cards holds the model.</summary>
internal static class OperatorModels
{
    private const int Layers = 20; // of ten operators each

    private const string Workstation = """
        fleet: workstation
        devices:
          - { name: cpu, kind: Ryzen 9 7950X, count: 1, at: box, price: { usd_hour: 0, source: "in hand" } }
          - { name: rtx3070, kind: RTX 3070 8GB, count: 1, at: box, price: { usd_hour: 0, source: "in hand" } }
          - { name: rtx4060, kind: RTX 4060 8GB, count: 1, at: box, price: { usd_hour: 0, source: "in hand" } }
          - { name: npu, kind: Ascend 310P, count: 1, at: box, price: { usd_hour: 0, source: "in hand" } }
        links:
          - { between: [box, box], bandwidth: 12 GB/s, latency: 15 us, source: "assumed: copies by way of the processor's memory" }
        """;

    /// <summary>A decode step after 1,024 tokens, and reading 512 tokens, of each model.</summary>
    public static IEnumerable<(string Name, PlacementProblem Problem)> All()
    {
        var mistakes = new DiagnosticBag();
        Fleet fleet = FleetFile.Read(new SourceText("workstation", Workstation), Catalogue.Default, mistakes) ?? throw new DiagnosticException(mistakes.Items);
        foreach (string name in new[] { "meta-llama/Llama-3.1-8B-Instruct", "Qwen/Qwen2.5-14B-Instruct" })
        {
            ModelCard card = Catalogue.Default.FindModel(name) ?? throw new InvalidOperationException($"the catalogue has no {name}");
            foreach (InferenceSize size in new[] { new InferenceSize(1, 1024, 1), new InferenceSize(512, 0, 1) })
            {
                var module = ConfigOperators.Build(DialectSet.NewContext(), card with { Layers = Layers }, size, new SourceText(name, ""));
                yield return ($"{name.Split('/')[1].Replace("-Instruct", "", StringComparison.Ordinal)} × {Layers} layers, {(size.Tokens == 1 ? "decode" : "prompt")}", PlaceOperators.ProblemOf(FreezeOperators.Run(module), fleet));
            }
        }
    }
}
