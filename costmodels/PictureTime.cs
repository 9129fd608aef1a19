namespace Orchestrator.CostModels;

/// <summary>
/// Speed of a vision model as somebody measured it: models are ranked by it where it is known, because a multiply-add does not cost the same in
/// every model (LowFormer, arXiv 2409.03460).
/// </summary>
/// <param name="Model">Name in the model catalogue.</param>
/// <param name="Device">The device.</param>
/// <param name="Batch">Pictures at a time behind <paramref name="PicturesPerSecond"/>.</param>
/// <param name="PicturesPerSecond">Throughput.</param>
/// <param name="LatencySeconds">Seconds as published beside it.</param>
/// <param name="Source">Where this is from.</param>
public sealed record PictureTime(string Model, string Device, double Batch, double PicturesPerSecond, double LatencySeconds, string Source)
{
    /// <summary>All that is known, in the order of the table <c>picture_times.csv</c>.</summary>
    public static IReadOnlyList<PictureTime> All { get; } =
    [
        .. Csv.Rows("picture_times.csv").Select(row => new PictureTime(
            row["model"], row["device"], row.Number("batch") ?? 1, row.Number("pictures_per_second") ?? double.NaN, (row.Number("latency_ms") ?? double.NaN) / 1e3, row["source"])),
    ];

    /// <summary>What is known of a model, or null.</summary>
    public static PictureTime? Find(string model) => All.FirstOrDefault(t => t.Model.Equals(model, StringComparison.OrdinalIgnoreCase));

    /// <summary>Multiply-adds a second that the model reached, half of the catalogued operations a picture.</summary>
    /// <param name="card">The model's card with its arithmetic a picture.</param>
    public double MacsPerSecond(ModelCard card)
    {
        ArgumentNullException.ThrowIfNull(card);
        return PicturesPerSecond * (card.FlopsPerUnit ?? double.NaN) / 2;
    }
}
