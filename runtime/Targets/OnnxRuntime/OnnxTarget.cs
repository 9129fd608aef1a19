using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>
/// Runs model bundles through ONNX Runtime on this machine's processor. The bundle <c>ppocr-v4</c> reads a page: one image in, a record
/// <c>{ width, height, lines: [{ text, confidence, x, y, width, height, angle }] }</c> out, in pixels of the page and degrees.
/// </summary>
[Target("onnx")]
public sealed class OnnxTarget : ITarget
{
    /// <summary>The bundle that reads pages.</summary>
    public const string PageBundle = "ppocr-v4";

    // One page at a time: a page already uses every core, and its networks hold some hundred MB.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, PageReader> _readers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(service);
        if (service.Target != PageBundle)
        {
            return $"there is no ONNX bundle '{service.Target}'; the one that can be run is '{PageBundle}'";
        }

        return ModelFiles.Find(PageBundle, PageReader.Files, environment, out string why) is null ? why : null;
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Service is { } service && WhyUnavailable(service, request.Environment) is { } missing)
        {
            throw Failed("ORC5205", missing, "fetch the model files with tools/fetch-models/run");
        }

        if (request.Operands.Length != 1 || request.Operands[0] is not BytesDatum image)
        {
            throw Failed("ORC5206", $"the step '{request.Step.Name}' reads a page and takes one image", "call it with one argument of type image");
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            PageText page = await ReaderFor(request.Environment).ReadAsync(image.Value, request.Environment.Clock, cancellationToken).ConfigureAwait(false);
            return new StepResult(ToDatum(page))
            {
                Note = string.Create(CultureInfo.InvariantCulture,
                    $"{page.Lines.Count} lines; found in {page.Detection.TotalMilliseconds:F0} ms, read in {page.Recognition.TotalMilliseconds:F0} ms"),
            };
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach (PageReader reader in _readers.Values)
        {
            reader.Dispose();
        }

        _readers.Clear();
        _turn.Dispose();
        return ValueTask.CompletedTask;
    }

    // Only called by the holder of the turn.
    private PageReader ReaderFor(TargetEnvironment environment)
    {
        string folder = ModelFiles.Find(PageBundle, PageReader.Files, environment, out string why)
            ?? throw Failed("ORC5205", why, "fetch the model files with tools/fetch-models/run");
        if (!_readers.TryGetValue(folder, out PageReader? reader))
        {
            reader = new PageReader(folder, Environment.ProcessorCount);
            _readers.Add(folder, reader);
        }

        return reader;
    }

    private static RecordDatum ToDatum(PageText page) => Record(
        ("width", new IntDatum(page.Width)),
        ("height", new IntDatum(page.Height)),
        ("lines", new ListDatum([.. page.Lines.Select(ToDatum)])));

    private static Datum ToDatum(PageLine line)
    {
        (float x, float y, float width, float height) = line.Box.Bounds();
        return Record(("text", new TextDatum(line.Text)), ("confidence", Number(line.Confidence, 3)), ("x", Number(x, 1)), ("y", Number(y, 1)),
            ("width", Number(width, 1)), ("height", Number(height, 1)), ("angle", Number(line.Box.Angle * 180 / MathF.PI, 2)));
    }

    private static DecimalDatum Number(float value, int digits) => new(Math.Round((decimal)value, digits));

    private static RecordDatum Record(params ReadOnlySpan<(string Name, Datum Value)> fields)
    {
        var list = ImmutableArray.CreateBuilder<KeyValuePair<string, Datum>>(fields.Length);
        foreach ((string name, Datum value) in fields)
        {
            list.Add(KeyValuePair.Create(name, value));
        }

        return new RecordDatum(list.MoveToImmutable());
    }

    private static StepFailedException Failed(string code, string message, string remedy) =>
        new(Diagnostic.Error(code, message, SourceSpan.None, remedy));
}
