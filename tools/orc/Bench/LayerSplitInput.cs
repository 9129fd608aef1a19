using Orchestrator.Compiler.Placing.Layers;

namespace Orchestrator.Cli.Bench;

/// <summary>Made-up instances of cutting a model of 80 layers over 24 machines of 5 kinds in 3 zones.</summary>
internal static class LayerSplitInput
{
    /// <summary>Layers.</summary>
    public const int Layers = 80;

    // Machines, most layers, tokens a second times layers, price: about a T4, L4, A10G, A100 40 GB and A100 80 GB with 70 billion parameters.
    private static readonly (int Count, int Most, double Work, double Price)[] Kinds =
        [(8, 8, 4500, 0.53), (6, 12, 6500, 0.8), (4, 12, 9000, 1.01), (4, 20, 18000, 3.4), (2, 40, 21000, 4.1)];

    /// <summary>An instance, and the tokens a second that it must carry.</summary>
    public static (LayerSplitProblem Problem, double Demand) Make(int seed)
    {
        var random = new Random(seed);
        double Near(double value) => value * (0.8 + 0.4 * random.NextDouble());
        LayerMachine[] machines = [.. Kinds.Select((kind, d) =>
        {
            int most = Math.Max(2, (int)Near(kind.Most));
            double work = Near(kind.Work);
            double fixedWork = 0.3 + random.NextDouble();
            return new LayerMachine(d, 1, random.Next(3), Math.Round(Near(kind.Price), 3),
                [.. Enumerable.Range(1, most).Select(l => work / (l + fixedWork) * (1.2 - 0.5 * l / most))], [.. Enumerable.Range(1, most).Select(l => 0.002 + 4.0 * l / work)]);
        })];
        var problem = new LayerSplitProblem
        {
            Layers = Layers,
            Counts = [.. Kinds.Select(k => k.Count)],
            Machines = machines,
            Links = [.. Enumerable.Range(0, 3).Select(p => Enumerable.Range(0, 3).Select(q => (LayerLink?)new LayerLink(p == q ? 1.25e9 : 1.25e8, p == q ? 5e-5 : 2e-3)).ToArray())],
            BytesPerToken = 16384,
        };
        return (problem, (0.1 + 0.3 * random.NextDouble()) * LayerBound.Flow(problem));
    }
}
