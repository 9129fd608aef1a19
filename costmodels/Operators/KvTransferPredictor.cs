using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Milliseconds to move a prompt's keys and values over a link. The size is the printed one, or follows from the model and the prompt; the law
/// is latency, ramp and bytes over the link's rate.
/// </summary>
[Predictor("kv")]
public sealed class KvTransferPredictor : IPredictor
{
    private const string Contexts = "kv_transfer_contexts.csv";
    private const string Cases = "kv_transfer.csv";
    private const string Spreads = "kv_transfer_spread.csv";

    private readonly ImmutableArray<LawRow<KvTransferContext, KvTransferSize>> _rows;
    private readonly LawModel<KvTransferContext, KvTransferSize> _model;
    private readonly LawSpread<KvTransferContext, KvTransferSize> _spread;

    /// <summary>The tables that come with the program.</summary>
    public KvTransferPredictor()
    {
        _rows = StoredRows();
        _model = new LawModel<KvTransferContext, KvTransferSize>(KvTransferDomain.Default, _rows);
        _spread = new LawSpread<KvTransferContext, KvTransferSize>(
            ContextRows().ToDictionary(c => c.Context, c => c.Spread), LawSpreadTable.Read(Spreads));
    }

    private KvTransferPredictor(ImmutableArray<LawRow<KvTransferContext, KvTransferSize>> rows, CancellationToken token)
    {
        _rows = rows;
        _model = new LawModel<KvTransferContext, KvTransferSize>(KvTransferDomain.Default, rows);
        _spread = LawSpread<KvTransferContext, KvTransferSize>.Measure(KvTransferDomain.Default, _model, rows, token);
    }

    /// <inheritdoc/>
    public ImmutableArray<string> Columns { get; } = ["model", "link", "prompt_tokens"];

    /// <inheritdoc/>
    public string Measured => "transfer_ms";

    /// <inheritdoc/>
    public ImmutableArray<string> HoldOuts { get; } = ["link", "shape"];

    /// <inheritdoc/>
    public string GroupOf(TableRow row, string holdOut) => holdOut == "link"
        ? row["link"]
        : string.Create(CultureInfo.InvariantCulture, $"{row["model"]} {row.Positive("prompt_tokens")}");

    /// <inheritdoc/>
    public string ClassOf(TableRow row) => "transfer";

    /// <inheritdoc/>
    public Prediction Predict(TableRow row)
    {
        (KvTransferContext context, double bytes, string note) = Read(row);
        return Predict(context, bytes, note);
    }

    /// <summary>Milliseconds for bytes over a link in the words of <see cref="KvTransferLink"/>, such as <c>2x 400GbE</c> or <c>NVLink 4</c>.</summary>
    public Prediction Predict(string link, double bytes) => Predict(new KvTransferContext("", "", link), bytes, "");

    /// <inheritdoc/>
    public IPredictor Fit(IReadOnlyList<TableRow> measured, CancellationToken token)
    {
        var rows = ImmutableArray.CreateBuilder<LawRow<KvTransferContext, KvTransferSize>>(measured.Count);
        foreach (TableRow row in measured)
        {
            (KvTransferContext context, double bytes, _) = Read(row);
            rows.Add(new LawRow<KvTransferContext, KvTransferSize>(context, new KvTransferSize(bytes), row.Positive(Measured) * 1e3));
        }

        return new KvTransferPredictor(rows.ToImmutable(), token);
    }

    /// <inheritdoc/>
    public void Save(string folder)
    {
        var ids = new Dictionary<KvTransferContext, int>();
        using var contexts = new StreamWriter(Path.Combine(folder, Contexts)) { NewLine = "\n" };
        contexts.WriteLine("context,source,hardware,link,spread");
        foreach (KvTransferContext c in _model.Contexts)
        {
            ids.Add(c, ids.Count);
            contexts.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ids[c]},{Table.Quoted(c.Source)},{Table.Quoted(c.Hardware)},{Table.Quoted(c.Link)},{_spread.Of(c):G4}"));
        }

        using var cases = new StreamWriter(Path.Combine(folder, Cases)) { NewLine = "\n" };
        cases.WriteLine("context,bytes,us");
        foreach (LawRow<KvTransferContext, KvTransferSize> row in _rows)
        {
            cases.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ids[row.Context]},{row.Shape.Bytes:R},{row.Microseconds:G6}"));
        }

        LawSpreadTable.Write(Path.Combine(folder, Spreads), _spread.Supports);
    }

    private Prediction Predict(KvTransferContext context, double bytes, string note)
    {
        LawAnswer answer = _model.Answer(context, new KvTransferSize(bytes));
        double half = _spread.HalfWidth(answer, _model);
        double likely = Math.Exp(answer.Log) / 1e3;
        string rests = answer.Context < 0
            ? "nothing measured; the link's rate"
            : string.Create(CultureInfo.InvariantCulture, $"{_model.CountOf(answer.Context)} transfers over {_model.Contexts[answer.Context].Link} ({_model.Contexts[answer.Context].Source})");
        string source = answer.Support == LawSupport.Context ? rests
            : context.Known ? $"no transfers over '{context.Link}'; scaled by its rate from {rests}"
            : $"'{context.Link}' names no rate: 50 GB/s assumed; nearest: {rests}";
        return new Prediction(likely, likely / half, likely * half, answer.Support == LawSupport.Context ? "transfer law + measured" : "transfer law by analogy", source + note);
    }

    // The printed size counts; without one, keys and values of the model in 16 bits; without the model, those of a middling one.
    private static (KvTransferContext Context, double Bytes, string Note) Read(TableRow row)
    {
        double tokens = row.Positive("prompt_tokens");
        string printed = row["kv_size_as_printed"];
        var context = new KvTransferContext(row["source"], row["hardware"], row["link"]);
        if (printed.Length > 0)
        {
            return KvTransferLink.Bytes(printed) is { } bytes and > 0
                ? (context, bytes, "")
                : throw new TableException(row.Line, "kv_size_as_printed", $"'{printed}' is not a size", "write a number with B, KB, MB or GB, or leave it empty");
        }

        return Catalogue.Default.MatchModel(row["model"]) is { } model
            ? (context, model.KvBytesPerToken("bf16") * tokens, "; size from the model in 16 bits")
            : (context, MiddlingBytesPerToken * tokens, $"; '{row["model"]}' is in no catalogue: 128 KiB a token assumed");
    }

    // Llama-3.1-8B in 16 bits: 2 * 32 layers * 8 heads * 128 elements * 2 bytes.
    private const double MiddlingBytesPerToken = 131072;

    private static ImmutableArray<LawRow<KvTransferContext, KvTransferSize>> StoredRows()
    {
        var contexts = ContextRows().ToDictionary(c => c.Id, c => c.Context, StringComparer.Ordinal);
        return
        [
            .. Csv.Rows(Cases).Select(row => new LawRow<KvTransferContext, KvTransferSize>(
                contexts[row["context"]],
                new KvTransferSize(row.Number("bytes") ?? throw new InvalidDataException(Cases + ": no bytes")),
                row.Number("us") ?? throw new InvalidDataException(Cases + ": no time"))),
        ];
    }

    private static IEnumerable<(string Id, KvTransferContext Context, double Spread)> ContextRows() => Csv.Rows(Contexts).Select(row => (
        row["context"],
        new KvTransferContext(row["source"], row["hardware"], row["link"]),
        row.Number("spread") ?? throw new InvalidDataException(Contexts + ": no spread")));
}
