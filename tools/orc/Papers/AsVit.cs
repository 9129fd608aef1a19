using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>As-ViT: shapes of the network that its search ends with.</summary>
[Paper("as-vit")]
internal sealed class AsVit : IPaper
{
    /// <summary>The large network: kernel, split, expansion and layers of four stages, heads and width.</summary>
    internal const string Large = "8,2,3,5|4,1,2,2|4,1,4,5|4,1,6,2|32,180";

    private const int Pixels = 224;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        StagedTransformer network = StagedTransformer.Parse(Large);
        ModelCard card = Known.Model("As-ViT-Large");
        return
        [
            NumberClaim.Exactly("The large network's heads divide its widths, and its windows its maps", Origin.Derived, 0, "stages do not fit", Misfits(network), 0,
                "widths " + string.Join(", ", Enumerable.Range(0, network.Stages.Count).Select(network.WidthOf)) + " with "
                + string.Join(", ", Enumerable.Range(0, network.Stages.Count).Select(network.HeadsOf)) + " heads at 224 pixels"),
            NumberClaim.Within(0.02, "Weights of the large network", Origin.Recalled, card.Parameters / 1e6, "million", network.Parameters / 1e6,
                "layers and convolutions of the shapes " + Large),
            NumberClaim.Within(0.02, "Multiply-adds of the large network at 224 pixels", Origin.Recalled, (card.FlopsPerUnit ?? double.NaN) / 2e9, "GMAC", network.Macs(Pixels) / 1e9,
                "the same shapes, attention within windows"),
            new UnreachedClaim("Top-1 accuracy", Origin.Abstract, "83.5 %", "training on ImageNet is not possible here"),
            new UnreachedClaim("Time of the search and the scaling", Origin.Abstract, "12 h on one V100", "the search needs gradients of the networks on an accelerator"),
        ];
    }

    private static int Misfits(StagedTransformer network) => Enumerable.Range(0, network.Stages.Count).Count(
        i => network.WidthOf(i) % network.HeadsOf(i) != 0 || StagedTransformer.SideOf(i, Pixels) % network.Stages[i].Split != 0);
}
