using System.Collections.Concurrent;
using Orchestrator.Plan;

namespace Orchestrator.CostModels.Serving;

/// <summary>Shapes from the tables of devices and models; what a table does not tell follows from what it does.</summary>
/// <param name="catalogue">The tables.</param>
public sealed class CatalogueShapes(Catalogue catalogue) : IShapes
{
    // What shares its software and proportions, by words of the device's name; the first match counts.
    private static readonly (string Words, string Family)[] Families =
    [
        ("GH200", "hopper"), ("H100", "hopper"), ("H200", "hopper"), ("H800", "hopper"), ("H20", "hopper"),
        ("GB10", "gb10"), ("Thor", "jetson"), ("Jetson", "jetson"),
        ("Ada", "ada pro"), ("RTX PRO", "blackwell pro"), ("RTX 50", "geforce"), ("GB200", "blackwell"), ("GB300", "blackwell"), ("B200", "blackwell"), ("B300", "blackwell"), ("B100", "blackwell"),
        ("RTX 30", "geforce"), ("RTX 40", "geforce"), ("RTX 20", "geforce"), ("GTX", "geforce"), ("Titan", "geforce"),
        ("A30", "ampere"), ("A100", "ampere"), ("A800", "ampere"), ("RTX A", "ampere pro"), ("A40", "ampere pro"), ("A10", "ampere pro"), ("A16", "ampere pro"), ("A2 ", "ampere pro"),
        ("L40", "ada pro"), ("L4", "ada pro"), ("L20", "ada pro"),
        ("V100", "volta"), ("T4", "volta"), ("P100", "volta"), ("P40", "volta"), ("Quadro", "volta"),
        ("MI", "cdna"), ("Radeon", "radeon"), ("Strix", "radeon"), ("Ryzen AI Max", "radeon"),
        ("Gaudi", "gaudi"), ("Max 1550", "pvc"), ("Max 1100", "pvc"), ("Flex", "arc"), ("Arc", "arc"),
        ("TPU", "tpu"), ("Inferentia", "neuron"), ("Trainium", "neuron"), ("Ascend", "ascend"), ("SN40L", "sambanova"), ("Groq", "groq"), ("Cerebras", "cerebras"),
        ("SKX", "xeon avx"), ("CLX", "xeon avx"), ("CPX", "xeon avx"), ("ICX", "xeon avx"), ("Xeon", "xeon"), ("EPYC", "epyc"), ("Graviton", "arm cpu"), ("Grace (", "arm cpu"), ("Ampere", "arm cpu"),
        ("Apple", "apple"), ("Snapdragon", "hexagon"), ("SA8", "hexagon"), ("RK", "rockchip"), ("RV11", "rockchip"), ("Core Ultra", "intel igpu"),
    ];

    private readonly ConcurrentDictionary<string, ModelShape> _models = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DeviceShape> _devices = new(StringComparer.Ordinal);

    /// <summary>The tables that come with the program.</summary>
    public static CatalogueShapes Default { get; } = new(Catalogue.Default);

    /// <inheritdoc/>
    public ModelShape Model(string label) => _models.GetOrAdd(label, Found);

    /// <inheritdoc/>
    public DeviceShape Device(string label) => _devices.GetOrAdd(label, l => catalogue.MatchDevice(l) is { } device ? Of(device) : Middling(l));

    private ModelShape Found(string label) => catalogue.MatchModel(label) is { HasArchitecture: true } card ? Of(card) : ModelShape.OfSize(label, catalogue.MatchModel(label)?.Parameters ?? 7e9);

    /// <summary>The shape of a model that a catalogue or a file tells.</summary>
    internal static ModelShape Of(ModelCard card)
    {
        double layers = card.Layers ?? 1;
        double window = card.Window is null ? 0 : card.WindowLayers;
        double full = card.KvLayers - window;
        double each = card.KvLayers > 0 ? card.KvElementsPerToken / card.KvLayers : 0;
        bool latent = card.Attention == AttentionKind.Latent;
        return new ModelShape(
            NameOf(card), FamilyOf(card.Name), !card.IsGuess, card.Parameters, card.ActiveParameters, card.RoutedParameters, Math.Max(1, card.Experts), Math.Max(1, card.TopK),
            layers, card.Width ?? 1, card.Heads ?? 1, latent ? (card.NopeDimension + card.RopeDimension + card.ValueDimension) / 2 : card.HeadSize, each * full,
            latent ? 1 : card.KvHeads ?? 1, each * window, card.Window ?? 0, full, card.Vocabulary ?? 1, card.Tied, card.Name.Contains("GLM-5", StringComparison.Ordinal) ? 2048 : 0);
    }

    // Repacks and later trainings of one architecture are one model: what differs is nothing that is measured here.
    private static string NameOf(ModelCard card) =>
        card.Name.Contains("DeepSeek-R1", StringComparison.OrdinalIgnoreCase) && card.Experts > 100 || card.Name.Contains("DeepSeek-V3", StringComparison.OrdinalIgnoreCase)
            ? "deepseek-v3"
            : card.Name[(card.Name.LastIndexOf('/') + 1)..].ToLowerInvariant();

    private static string FamilyOf(string name)
    {
        string last = name[(name.LastIndexOf('/') + 1)..].ToLowerInvariant().Replace("meta-", "", StringComparison.Ordinal);
        int end = last.AsSpan().IndexOfAnyExceptInRange('a', 'z');
        return end > 0 ? last[..end] : last;
    }

    /// <summary>The shape of a device by its own figures.</summary>
    internal static DeviceShape Of(Device device)
    {
        double? Peak(string format) => device.Peak.TryGetValue(format, out Sourced? peak) ? peak.Value : null;
        double? int8 = Peak("int8");
        double? fp4 = Peak("fp4");
        double bf16 = Peak("bf16") ?? Peak("fp16") ?? int8 / 2 ?? fp4 / 4 ?? 1e13;
        string family = FamilyOfDevice(device.Kind);
        // Consumer cards count 16-bit products with 32-bit sums at half rate; serving programs sum in 16 bits where that is faster.
        bf16 = Math.Max(bf16, family == "geforce" && Peak("int8") is { } half ? Math.Min(half / 2, 2.05 * bf16) : 0);
        double fp8 = Peak("fp8") ?? (fp4 is { } four ? four / 2 : bf16);
        double bandwidth = device.Bandwidth?.Value ?? 1e11;
        int parts = device.Figures.TryGetValue("parts", out Sourced? count) ? (int)count.Value : 1;
        return new DeviceShape(
            device.Kind, family, device.Tier, true, bf16, fp8, int8 ?? bf16, fp4 ?? fp8, bandwidth, device.Memory?.Value ?? 16e9, device.ScaleUpBandwidth?.Value ?? 16e9,
            Math.Max(1, device.ScaleUpCount), parts);
    }

    private static string FamilyOfDevice(string kind)
    {
        foreach ((string words, string family) in Families)
        {
            if (kind.Contains(words, StringComparison.Ordinal))
            {
                return family;
            }
        }

        return "other";
    }

    private static DeviceShape Middling(string label) =>
        new(label.Length == 0 ? "unknown device" : label, "other", "gpu", false, 2e14, 4e14, 4e14, 4e14, 1.5e12, 48e9, 6.4e10, 8, 1);
}
