using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Vector;

/// <summary>
/// Searches indexes over folders and tables. A look-up takes a text and gives a list of <c>{ id, text, score }</c>, best first; rows of a table carry
/// their cells as <c>row</c> too. An index is built at its first look-up and again when its files have changed.
/// </summary>
[Target("kernel")]
public sealed class IndexTarget : ITarget
{
    private const int DefaultTop = 5;
    private const int MostTop = 1000;
    private const int MostIndexes = 16;
    private const int LongestQuery = 100_000;

    private readonly ConcurrentDictionary<string, Lazy<VectorIndex>> _indexes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (IVectorSearch Search, string Note)> _searches = new(StringComparer.Ordinal);
    private readonly Lazy<LlvmCpu.LlvmCpu?> _llvm = new(() => LlvmCpu.LlvmCpu.TryCreate(out _));

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(environment);
        if (service.Kind != "index")
        {
            return $"there is no kernel '{service.Target}'; kernels here serve indexes";
        }

        if (IndexOptions.ForeignEmbedding(service) is { } foreign)
        {
            return $"no weights of the embedding '{foreign}' are here; write embed: \"{HashEmbedder.Name}\" for the built-in one";
        }

        try
        {
            IndexSource.Files(IndexOptions.Of(service, environment.BaseDirectory));
            return null;
        }
        catch (DiagnosticException fault)
        {
            return fault.Message;
        }
    }

    /// <inheritdoc/>
    public ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        Declaration index = request.Service ?? throw new ArgumentException("a look-up names its index", nameof(request));
        if (index.Kind != "index" || IndexOptions.ForeignEmbedding(index) is not null)
        {
            string why = WhyUnavailable(index, request.Environment) ?? "it cannot be searched here";
            throw new StepFailedException(Diagnostic.Error("ORC5407", why, SourceSpan.None, $"use an index with embed: \"{HashEmbedder.Name}\""));
        }

        if (request.Operands.Length != 1)
        {
            throw new StepFailedException(Diagnostic.Error("ORC5406", $"the look-up '{request.Step.Name}' takes one query", SourceSpan.None, "look up one text"));
        }

        try
        {
            return ValueTask.FromResult(Search(request, index, cancellationToken));
        }
        catch (DiagnosticException fault)
        {
            throw new StepFailedException(fault.Diagnostics[0]);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _indexes.Clear();
        _searches.Clear();
        if (_llvm.IsValueCreated)
        {
            _llvm.Value?.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private StepResult Search(StepRequest request, Declaration declaration, CancellationToken cancellationToken)
    {
        TimeProvider clock = request.Environment.Clock;
        long start = clock.GetTimestamp();
        VectorIndex index = IndexOf(declaration, request.Environment, cancellationToken, out bool isNew);
        TimeSpan built = clock.GetElapsedTime(start);
        (IVectorSearch search, string note) = _searches.GetOrAdd(request.Environment.KernelDirectory ?? "", directory =>
        {
            IVectorSearch chosen = VectorSearch.Choose(_llvm.Value, directory.Length == 0 ? null : directory, out string how);
            return (chosen, how);
        });
        string query = request.Operands[0].ToText();
        query = query.Length <= LongestQuery ? query : query[..LongestQuery];
        ImmutableArray<Hit> hits = index.Search(search, query, Top(request.Step));
        string made = isNew ? string.Create(CultureInfo.InvariantCulture, $"index of {index.Count} passages built in {built.TotalMilliseconds:F0} ms; ") : "";
        return new StepResult(new ListDatum([.. hits.Select(ToDatum)])) { Note = made + note };
    }

    private VectorIndex IndexOf(Declaration declaration, TargetEnvironment environment, CancellationToken cancellationToken, out bool isNew)
    {
        var options = IndexOptions.Of(declaration, environment.BaseDirectory);
        List<FileInfo> files = IndexSource.Files(options);
        string key = IndexSource.Fingerprint(options, files);
        while (true)
        {
            isNew = !_indexes.TryGetValue(key, out Lazy<VectorIndex>? built);
            if (isNew && _indexes.Count >= MostIndexes)
            {
                // Indexes over files that have changed since are never asked for again; the rest is rebuilt in milliseconds.
                _indexes.Clear();
            }

            built ??= _indexes.GetOrAdd(key, _ => new Lazy<VectorIndex>(() => VectorIndex.Build(
                IndexSource.Read(options, files, cancellationToken), options.IsTable ? FeatureRule.Names : FeatureRule.Documents, cancellationToken)));
            try
            {
                return built.Value;
            }
            catch (Exception e) when (e is DiagnosticException or OperationCanceledException)
            {
                // A lazy value remembers its failure. The look-up that was cancelled may not be ours; then we build it.
                _indexes.TryRemove(KeyValuePair.Create(key, built));
                cancellationToken.ThrowIfCancellationRequested();
                if (e is DiagnosticException)
                {
                    throw;
                }
            }
        }
    }

    private static int Top(Step step) =>
        step.Attributes.TryGetValue("top", out JsonElement value) && value.TryGetInt32(out int top) ? Math.Clamp(top, 1, MostTop) : DefaultTop;

    private static Datum ToDatum(Hit hit)
    {
        var fields = ImmutableArray.CreateBuilder<KeyValuePair<string, Datum>>(4);
        fields.Add(KeyValuePair.Create<string, Datum>("id", new TextDatum(hit.Passage.Id)));
        fields.Add(KeyValuePair.Create<string, Datum>("text", new TextDatum(hit.Passage.Text)));
        fields.Add(KeyValuePair.Create<string, Datum>("score", new DecimalDatum(Math.Round((decimal)hit.Score, 4))));
        if (!hit.Passage.Row.IsEmpty)
        {
            fields.Add(KeyValuePair.Create<string, Datum>("row",
                new RecordDatum([.. hit.Passage.Row.Select(c => KeyValuePair.Create<string, Datum>(c.Key, new TextDatum(c.Value)))])));
        }

        return new RecordDatum(fields.ToImmutable());
    }
}
