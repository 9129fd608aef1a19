using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>ElasticMoE: devices are added and given back while few experts move.</summary>
[Paper("elastic-moe")]
internal sealed class ElasticMoe : IPaper
{
    private const int MostDevices = 8;
    private static readonly string[] Models = ["deepseek-ai/DeepSeek-V2-Lite", "Qwen/Qwen3-30B-A3B", "deepseek-ai/DeepSeek-V3"];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        (int experts, double whole, double rest) = Bytes(Models[0]);
        int[] before = ExpertMoves.Even(experts, 4);
        IReadOnlyList<ExpertMove> least = ExpertMoves.Least(before, 6);
        double oneExpert = (whole - rest) / experts;
        double anew = whole - rest + 6 * rest;
        double moved = least.Count * oneExpert + 2 * rest;
        return
        [
            NumberClaim.Exactly("The plan moves the fewest experts that there can be", Origin.Derived, 0, "of 64 changes move more", Differences(), 0,
                "64 experts from 1 to 8 devices to 1 to 8, against the largest matching of experts with places of their own device"),
            NumberClaim.Exactly("Afterwards devices hold as many experts, or one more", Origin.Derived, 0, "of 192 changes do not", Uneven(), 0, "64, 128 and 256 experts from 1 to 8 devices to 1 to 8"),
            NumberClaim.Exactly("Devices that stay exchange experts when others are added", Origin.Derived, 0, "moves", Between(), 0, "the same changes, those that add devices: every move ends on a new one"),
            new OrderClaim("From 4 to 6 devices few bytes move", Origin.Summary, "all loaded anew > experts numbered anew > fewest moves", "GB",
                [("all loaded anew", anew / 1e9), ("numbered anew", (ExpertMoves.Renumbered(before, 6).Count * oneExpert + 2 * rest) / 1e9), ("fewest moves", moved / 1e9)])
            {
                How = $"DeepSeek-V2-Lite in 16 bits, {experts} experts a layer, everything but experts on each device; {least.Count} experts a layer move",
            },
            new UnreachedClaim("Latency of adding devices, of the best other way", Origin.Summary, "0.11x", "it was measured on accelerators that are not here, and the others' way of loading is not known")
            {
                Beside = $"{Claim.WithUnit(moved / anew, "x")} of the bytes in the change above, were all links alike",
            },
            new UnreachedClaim("Throughput while devices are added", Origin.Summary, "up to 2x", "it was measured on accelerators that are not here"),
            new UnreachedClaim("No request is dropped while devices are added", Origin.Summary, "none", "handing sequences over needs an engine on several devices, which is not here"),
        ];
    }

    // Experts of a layer, bytes of the model in 16 bits, and those of everything but routed experts.
    private static (int Experts, double All, double Common) Bytes(string name)
    {
        ModelCard card = Known.Model(name);
        return ((int)card.Experts, 2 * card.Parameters, 2 * (card.Parameters - card.RoutedParameters));
    }

    private static IEnumerable<(int[] Before, int From, int To)> Changes(params string[] models) =>
        from name in models
        from before in Enumerable.Range(1, MostDevices)
        from after in Enumerable.Range(1, MostDevices)
        select (ExpertMoves.Even((int)Known.Model(name).Experts, before), before, after);

    private static int Differences() => Changes(Models[0]).Count(c => ExpertMoves.Least(c.Before, c.To).Count != ExpertMoves.LeastByMatching(c.Before, c.To));

    private static int Uneven() => Changes(Models).Count(c =>
    {
        int[] after = ExpertMoves.After(c.Before, ExpertMoves.Least(c.Before, c.To));
        int[] counts = [.. Enumerable.Range(0, c.To).Select(d => after.Count(a => a == d))];
        return counts.Sum() != after.Length || counts.Max() - counts.Min() > 1;
    });

    private static int Between() => Changes(Models).Where(c => c.To > c.From).Sum(c => ExpertMoves.Least(c.Before, c.To).Count(m => m.To < c.From));
}
