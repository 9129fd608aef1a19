using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.CostModels;

/// <summary>
/// The card of a model that is known by the size in its name alone: the shape of the known model nearest in size, stretched to it. Depth, width
/// and feed-forward grow with the cube root of the weights each, which is near what families of models do.
/// </summary>
internal static partial class ModelGuess
{
    [GeneratedRegex(@"(?<![\d.a-z])(\d+(?:\.\d+)?)(b|m)(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Size();

    [GeneratedRegex(@"(?<![a-z])a(\d+(?:\.\d+)?)b(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Active();

    [GeneratedRegex(@"(?<!\d)(\d{1,3})x(\d+(?:\.\d+)?)b(?![a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex Mixture();

    /// <summary>A guessed card, or null when the name holds no size or one outside 10 million to 10 trillion.</summary>
    public static ModelCard? From(string label, IReadOnlyCollection<ModelCard> known)
    {
        double? total = null;
        double? active = Active().Match(label) is { Success: true } a ? Number(a.Groups[1].Value) * 1e9 : null;
        if (Mixture().Match(label) is { Success: true } mixture)
        {
            // 8x7B: attention is shared, so that the whole is about 0.83 of the product and two experts work (Mixtral 8x7B and 8x22B).
            (double experts, double each) = (Number(mixture.Groups[1].Value), Number(mixture.Groups[2].Value) * 1e9);
            total = 0.83 * experts * each;
            active ??= 1.84 * each;
        }
        else if (Size().Matches(label) is { Count: > 0 } sizes)
        {
            total = sizes.Max(m => Number(m.Groups[1].Value) * (m.Groups[2].Value is "b" or "B" ? 1e9 : 1e6));
        }

        if (total is not { } parameters || parameters is < 1e7 or > 1e13)
        {
            return null;
        }

        return active is { } met && met < parameters
            ? Stretched(label, parameters, met, known.Where(m => m.Kind == "llm" && m.Experts > 1 && m.Underived.Length == 0 && m.FullLayers is null))
            : Stretched(label, parameters, null, known.Where(IsTypical));
    }

    // Models of a family that is made as most are today: grouped heads and a gated feed-forward part in every layer.
    private static bool IsTypical(ModelCard m) => m.Kind == "llm" && m.Experts <= 1 && m.Attention == AttentionKind.Grouped && m.Gated && !m.IsGuess
        && m.Underived.Length == 0 && m.FullLayers is null && m.Window is null;

    private static ModelCard? Stretched(string label, double parameters, double? active, IEnumerable<ModelCard> known)
    {
        ModelCard? near = known.MinBy(m => Math.Abs(Math.Log(m.Parameters / parameters)) + (active is { } a ? Math.Abs(Math.Log(m.ActiveParameters / a)) : 0));
        if (near is null)
        {
            return null;
        }

        double scale = Math.Cbrt((parameters - Embedding(near)) / (near.Parameters - Embedding(near)));
        scale = double.IsFinite(scale) && scale > 0.2 ? scale : 1;
        double head = near.HeadSize;
        double heads = Math.Max(near.KvHeads ?? 1, Math.Round((near.Heads ?? 1) * scale));
        return near with
        {
            Name = label,
            Layers = Math.Max(1, Math.Round((near.Layers ?? 1) * scale)),
            Width = Rounded(near.Width, scale),
            Heads = heads,
            HeadDimension = head,
            KvHeads = near.Attention == AttentionKind.MultiHead || near.Attention == AttentionKind.Latent ? heads : near.KvHeads,
            FeedForward = Rounded(near.FeedForward, scale),
            ExpertFeedForward = Rounded(near.ExpertFeedForward, scale),
            ExtraParameters = 0,
            Format = "bf16",
            PublishedParameters = parameters,
            PublishedActiveParameters = active,
            Underived = active is null ? "" : "a guess",
            IsGuess = true,
            Source = string.Create(CultureInfo.InvariantCulture, $"a guess from the size in '{label}': the shape of {near.Name} times {scale:0.###} in each direction"),
        };
    }

    private static double Embedding(ModelCard m) => Math.Min(m.EmbeddingParameters, m.Parameters / 2);

    private static double? Rounded(double? size, double scale) => size is { } s ? Math.Max(64, 64 * Math.Round(s * scale / 64)) : null;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
