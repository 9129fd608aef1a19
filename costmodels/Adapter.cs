namespace Orchestrator.CostModels;

/// <summary>
/// Low-rank weights beside those of a model: r · (inputs + outputs) for each matrix that has them (arXiv 2403.14608), fewer where layers share
/// shards (arXiv 2410.00938).
/// </summary>
/// <param name="Name"><c>lora</c>, <c>qlora</c>, <c>mos</c> …</param>
/// <param name="Rank">The rank r.</param>
/// <param name="Targets">Matrices that have one: <c>q k v o gate up down</c>.</param>
/// <param name="Fewer">How many times fewer weights than without sharing; 1 without.</param>
/// <param name="Format">Number format of the adapter's weights.</param>
/// <param name="Source">Where the setting is from.</param>
public sealed record Adapter(string Name, double Rank, IReadOnlyList<string> Targets, double Fewer, string Format, string Source)
{
    /// <summary>The settings of the catalogue.</summary>
    public static IReadOnlyList<Adapter> All { get; } =
    [
        .. Csv.Rows("adapters.csv").Select(row => new Adapter(
            row["adapter"], row.Number("rank") ?? 8, row["targets"].Split(' '), row.Number("fewer") ?? 1, row["weight_format"], row["source"])),
    ];

    /// <summary>A setting by its name, or null.</summary>
    public static Adapter? Find(string name) => All.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Weights of the adapter for one matrix: r · (inputs + outputs).</summary>
    public static double Of(double rank, double inputs, double outputs) => rank * (inputs + outputs);

    /// <summary>Weights of the adapter for a whole model with the usual names of matrices; experts have none.</summary>
    public double Parameters(ModelCard model)
    {
        double d = model.Width ?? 0;
        double queries = (model.Heads ?? 0) * model.HeadSize;
        double keys = (model.KvHeads ?? 0) * model.HeadSize;
        double forward = model.FeedForward ?? 0;
        double layers = model.Layers ?? 0;
        double dense = model.Experts > 1 ? model.DenseLayers : model.FeedForwardLayers ?? layers;
        double sum = 0;
        foreach (string target in Targets)
        {
            sum += target switch
            {
                "q" or "o" => model.KvLayers * Of(Rank, d, queries),
                "k" or "v" => model.KvLayers * Of(Rank, d, keys),
                "gate" => model.Gated ? dense * Of(Rank, d, forward) : 0,
                "up" or "down" => dense * Of(Rank, d, forward),
                _ => 0,
            };
        }

        return sum / Fewer;
    }

    /// <summary>Bytes that so many adapters of this setting hold beside the model.</summary>
    public double Bytes(ModelCard model, int adapters) => adapters * Parameters(model) * (NumberFormat.Parse(Format)?.BytesPerWeight ?? 2);
}
