using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.Plan;

/// <summary>Reads mappings, lists, names and numbers out of YAML nodes and reports what is wrong with them.</summary>
internal sealed class FleetFileValues(DiagnosticBag bag)
{
    /// <summary>The entries by key, null after reporting that it is no mapping. Without <paramref name="allowed"/> any key may stand.</summary>
    public Dictionary<string, FleetFileNode>? Mapping(FleetFileNode node, string what, IReadOnlyList<string>? allowed)
    {
        if (node.Entries is null)
        {
            bag.Error("ORC3003", $"{what} is a mapping of keys to values, not {node.Shape}", node.Span, "write { key: value, … }");
            return null;
        }

        var entries = new Dictionary<string, FleetFileNode>(StringComparer.Ordinal);
        foreach ((FleetFileNode key, FleetFileNode value) in node.Entries)
        {
            if (key.Text is not { } name)
            {
                bag.Error("ORC3003", "a key is a word", key.Span, "write key: value");
            }
            else if (allowed is not null && !allowed.Contains(name))
            {
                bag.Error("ORC3002", $"{what} has no key '{name}'", key.Span, NearestName.Suggest(name, allowed) ?? "known keys: " + string.Join(", ", allowed));
            }
            else if (!entries.TryAdd(name, value))
            {
                bag.Error("ORC3008", $"the key '{name}' is given twice", key.Span, "keep one of them");
            }
        }

        return entries;
    }

    /// <summary>A key's value, null after reporting that it is missing.</summary>
    public FleetFileNode? Required(Dictionary<string, FleetFileNode> keys, string key, FleetFileNode owner, string meaning)
    {
        if (keys.TryGetValue(key, out FleetFileNode? value))
        {
            return value;
        }

        bag.Error("ORC3004", $"the key '{key}' ({meaning}) is missing", owner.Span, $"add '{key}: …'");
        return null;
    }

    /// <summary>The items; none after reporting that it is no list.</summary>
    public List<FleetFileNode> List(FleetFileNode node, string what)
    {
        if (node.Items is null)
        {
            bag.Error("ORC3003", $"'{what}' is a list, not {node.Shape}", node.Span, "write [a, b] or one item a line after '- '");
        }

        return node.Items ?? [];
    }

    /// <summary>The text; empty after reporting that it is none.</summary>
    public string Text(FleetFileNode node, string what)
    {
        if (node.Text is null)
        {
            bag.Error("ORC3003", $"{what} is a single value, not {node.Shape}", node.Span, "write one word or a quoted text");
        }

        return node.Text?.Trim() ?? "";
    }

    /// <summary>One of a few words, null after reporting that it is none of them.</summary>
    public string? Choice(FleetFileNode node, string key, IReadOnlyList<string> choices, string code = "ORC3003")
    {
        string text = Text(node, $"'{key}'");
        if (choices.Contains(text))
        {
            return text;
        }

        if (node.Text is not null)
        {
            bag.Error(code, $"'{text}' is not a value of '{key}'", node.Span, NearestName.Suggest(text, choices) ?? "one of: " + string.Join(", ", choices));
        }

        return null;
    }

    /// <summary>A whole number from 1; 1 after reporting that it is none.</summary>
    public int Count(FleetFileNode node, string key, int most)
    {
        string text = Text(node, $"'{key}'");
        bool whole = long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long count);
        if (whole && count >= 1 && count <= most)
        {
            return (int)count;
        }

        if (node.Text is not null)
        {
            string range = string.Create(CultureInfo.InvariantCulture, $"1 to {most}");
            bag.Error(whole || double.TryParse(text, CultureInfo.InvariantCulture, out _) ? "ORC3007" : "ORC3006",
                $"'{key}' is a whole number from {range}, not '{Short(text)}'", node.Span, $"write a whole number from {range}");
        }

        return 1;
    }

    /// <summary>A number that is not negative, in base units; null after reporting what is wrong.</summary>
    public double? Number(FleetFileNode node, FleetDimension dimension)
    {
        string text = Text(node, "a number");
        if (!FleetFileUnits.TryParse(text, dimension, out double value))
        {
            if (node.Text is not null)
            {
                bag.Error("ORC3006", $"'{Short(text)}' is not {FleetFileUnits.Units(dimension)}", node.Span, "write " + FleetFileUnits.Units(dimension));
            }

            return null;
        }

        if (value < 0 || value > FleetFileUnits.Largest(dimension))
        {
            bag.Error("ORC3007", $"'{Short(text)}' is {(value < 0 ? "negative" : "beyond anything that exists")}", node.Span, "check the number and its unit");
            return null;
        }

        return value;
    }

    /// <summary>A number, or a number with its source; null when the key is missing or after reporting what is wrong.</summary>
    public Sourced? Override(Dictionary<string, FleetFileNode> keys, string key, FleetDimension dimension)
    {
        if (!keys.TryGetValue(key, out FleetFileNode? node))
        {
            return null;
        }

        if (node.Entries is null)
        {
            return Number(node, dimension) is { } bare ? new Sourced(bare, Place(node)) : null;
        }

        Dictionary<string, FleetFileNode>? parts = Mapping(node, $"'{key}'", FleetFileKeys.Value);
        if (parts is null || Required(parts, "value", node, "the number") is not { } valueNode || Number(valueNode, dimension) is not { } value)
        {
            return null;
        }

        return new Sourced(value, Source(parts, Place(node)));
    }

    /// <summary>The value of <c>source</c>, or where the number stands.</summary>
    public string Source(Dictionary<string, FleetFileNode> keys, string otherwise) =>
        keys.TryGetValue("source", out FleetFileNode? node) ? Text(node, "a source") : otherwise;

    private static string Place(FleetFileNode node) => node.Span.Source?.Path ?? "fleet file";

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
