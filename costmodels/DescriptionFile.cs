using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Files that stand where a catalogue's name could: read once, and again after they were changed.</summary>
/// <param name="read">Makes the thing or reports mistakes.</param>
internal sealed class DescriptionFile<T>(Func<SourceText, DiagnosticBag, T?> read)
    where T : class
{
    private const int Largest = 1 << 20;
    private readonly ConcurrentDictionary<(string Path, DateTime Written), T> _known = new();

    /// <summary>What a file describes; null when there is no such file.</summary>
    /// <exception cref="DiagnosticException">The file cannot be used.</exception>
    public T? Find(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return null;
        }

        (string, DateTime) key = (file.FullName, file.LastWriteTimeUtc);
        if (_known.TryGetValue(key, out T? known))
        {
            return known;
        }

        var bag = new DiagnosticBag();
        if (file.Length > Largest)
        {
            bag.Error("ORC3040", $"'{path}' is larger than a description", new SourceSpan(new SourceText(path, ""), 0, 0), "name the file that describes it, at most 1 MiB");
            throw new DiagnosticException(bag.Items);
        }

        T? made = read(new SourceText(path, File.ReadAllText(path)), bag);
        return made is null ? throw new DiagnosticException(bag.Items) : _known.GetOrAdd(key, made);
    }
}

/// <summary>A file in the place of a model's name: the <c>config.json</c> of a checkpoint.</summary>
public static class ModelFile
{
    private static readonly DescriptionFile<ModelCard> Files = new((source, bag) => HuggingFaceConfig.Read(source, source.Path, bag));

    /// <summary>Whether a name means a file: it ends in <c>.json</c>.</summary>
    public static bool IsFile(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>The model that a file describes, or null when there is no such file.</summary>
    /// <param name="path">Relative to the current folder, or absolute.</param>
    /// <exception cref="DiagnosticException">The file cannot be used: see <see cref="HuggingFaceConfig"/>.</exception>
    public static ModelCard? Find(string path) => Files.Find(path);
}

/// <summary>A file in the place of a device's label: a few lines as <see cref="DeviceText"/> reads them.</summary>
public static class DeviceFile
{
    private static readonly DescriptionFile<Device> Files = new(DeviceText.Read);

    /// <summary>Whether a label means a file: it ends in <c>.yaml</c>, <c>.yml</c> or <c>.txt</c>.</summary>
    public static bool IsFile(string label) => label.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase)
        || label.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || label.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>The device that a file describes, or null when there is no such file.</summary>
    /// <param name="path">Relative to the current folder, or absolute.</param>
    /// <exception cref="DiagnosticException">The file cannot be used.</exception>
    public static Device? Find(string path) => Files.Find(path);
}
