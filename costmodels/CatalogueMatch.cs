using System.Collections.Concurrent;
using System.Collections.Frozen;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Finds what a label means: exactly, then by its words, the longest name first. Answers are kept, so that tables of many rows are quick.</summary>
internal sealed class CatalogueMatch
{
    private const int MostKept = 100_000;
    private readonly FrozenDictionary<string, ModelCard> _modelNames;
    private readonly FrozenDictionary<string, ModelCard> _modelWords;
    private readonly FrozenDictionary<string, Device> _deviceNames;
    private readonly FrozenDictionary<string, Device> _deviceWords;
    private readonly ModelCard[] _models;
    private readonly ConcurrentDictionary<string, ModelCard?> _matchedModels = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Device?> _matchedDevices = new(StringComparer.Ordinal);

    /// <summary>Over every name of every model and device, in the order of the tables: the first to claim some words has them.</summary>
    public CatalogueMatch(IEnumerable<(string Name, ModelCard Model)> models, IEnumerable<(string Name, Device Device)> devices)
    {
        (string Name, ModelCard Model)[] all = [.. models];
        _models = [.. all.Select(m => m.Model).Distinct()];
        _modelNames = First(all.Select(m => (m.Name, m.Model)), StringComparer.OrdinalIgnoreCase);
        _modelWords = First(
            all.Select(m => (Joined(CatalogueLabels.ModelWords(m.Name)), m.Model))
                .Concat(all.Select(m => (Joined(CatalogueLabels.Essential(CatalogueLabels.ModelWords(m.Name))), m.Model)))
                .Where(p => Names(p.Item1)),
            StringComparer.Ordinal);
        (string Name, Device Device)[] hardware = [.. devices];
        _deviceNames = First(hardware.Select(d => (d.Name, d.Device)), StringComparer.OrdinalIgnoreCase);
        _deviceWords = First(
            hardware.Select(d => (Joined(CatalogueLabels.DeviceWords(d.Name)), d.Device)).Where(p => p.Item1.Length > 0), StringComparer.Ordinal);
    }

    /// <summary>See <see cref="Catalogue.MatchModel"/>.</summary>
    public ModelCard? Model(string label) => Kept(_matchedModels, label, FindModel);

    /// <summary>See <see cref="Catalogue.MatchDevice"/>.</summary>
    public Device? Device(string label) => Kept(_matchedDevices, label, FindDevice);

    /// <summary>The device's name nearest to a label, or null.</summary>
    public string? NearestDevice(string label) => NearestName.Find(label, _deviceNames.Keys)
        ?? NearestName.Find(Joined(CatalogueLabels.DeviceWords(label)), _deviceWords.Keys) switch
        {
            { } words => _deviceWords[words].Kind,
            null => null,
        };

    private ModelCard? FindModel(string label)
    {
        string trimmed = label.Trim();
        if (trimmed.Length == 0)
        {
            return null;
        }

        if (_modelNames.TryGetValue(trimmed, out ModelCard? exact))
        {
            return exact;
        }

        string[] words = CatalogueLabels.ModelWords(trimmed);
        string[] essential = CatalogueLabels.Essential(words);
        return _modelWords.TryGetValue(Joined(words), out ModelCard? found) || _modelWords.TryGetValue(Joined(essential), out found)
            ? found
            : Within(essential) ?? ModelGuess.From(trimmed, _models);
    }

    // The longest known name inside the label, provided that it holds every size that the label states: Foo-13B is no Foo-7B.
    private ModelCard? Within(string[] words)
    {
        int sizes = words.Count(CatalogueLabels.IsSize);
        for (int length = Math.Min(words.Length - 1, 12); length >= 2; length--)
        {
            for (int start = 0; start + length <= words.Length; start++)
            {
                string[] run = words[start..(start + length)];
                if (run.Count(CatalogueLabels.IsSize) == sizes && _modelWords.TryGetValue(Joined(run), out ModelCard? found))
                {
                    return found;
                }
            }
        }

        return null;
    }

    private Device? FindDevice(string label)
    {
        string trimmed = label.Trim();
        if (_deviceNames.TryGetValue(trimmed, out Device? exact))
        {
            return exact;
        }

        string[] words = CatalogueLabels.DeviceWords(trimmed);
        for (int length = words.Length; length >= 1; length--)
        {
            if (_deviceWords.TryGetValue(Joined(words[..length]), out Device? found) && CatalogueLabels.AreDecoration(words[length..]))
            {
                return WithMemory(found, trimmed, CatalogueLabels.MemoryOf(words[length..]));
            }
        }

        return null;
    }

    // A label that states another memory than the catalogue's means a variant of the device with that memory.
    private static Device WithMemory(Device device, string label, double? stated) =>
        stated is { } bytes && device.Memory is { } memory && Math.Abs(bytes / memory.Value - 1) > 0.1
            ? device with { Memory = new Sourced(bytes, $"stated in the label '{label}'; the rest is of {device.Kind}: {memory.Source}") }
            : device;

    private static T? Kept<T>(ConcurrentDictionary<string, T?> kept, string label, Func<string, T?> find)
        where T : class
    {
        if (kept.TryGetValue(label, out T? known))
        {
            return known;
        }

        T? found = find(label);
        if (kept.Count < MostKept)
        {
            kept.TryAdd(label, found);
        }

        return found;
    }

    private static string Joined(IEnumerable<string> words) => string.Join(' ', words);

    // Words that can stand for a model alone: not a bare number or letter.
    private static bool Names(string words) => words.Split(' ').Any(w => w.Length >= 2 && char.IsAsciiLetter(w[0]));

    private static FrozenDictionary<string, T> First<T>(IEnumerable<(string Name, T Value)> pairs, StringComparer comparer)
    {
        var first = new Dictionary<string, T>(comparer);
        foreach ((string name, T value) in pairs)
        {
            first.TryAdd(name, value);
        }

        return first.ToFrozenDictionary(comparer);
    }
}
