using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Attributes that an operation has even when nobody writes them, as MLIR's properties with a default value do.
public sealed partial class OpInfo
{
    private NamedAttr[]? _defaultValues;
    private Attr? _onlyDefaults;

    /// <summary>The names of the operation's own attributes that are filled in when missing, with the text of what is filled in.</summary>
    public IReadOnlyList<(string Name, string Text)> Defaults { get; init; } = [];

    /// <summary><paramref name="properties"/> with what is missing filled in; the same object when nothing is.</summary>
    /// <param name="context">The one context in which operations of this dialect object are made.</param>
    /// <param name="properties">A dictionary, null for none; anything else is left as it is.</param>
    internal Attr? Complete(Context context, Attr? properties)
    {
        if (Defaults.Count == 0)
        {
            return properties;
        }

        NamedAttr[] values = _defaultValues ??= ReadDefaults(context);
        if (properties is null)
        {
            return _onlyDefaults ??= context.Dictionary(values);
        }

        if (properties is not DictionaryAttr complete)
        {
            return properties;
        }

        foreach (NamedAttr value in values)
        {
            if (complete.Get(value.Name) is null)
            {
                complete = complete.With(value.Name, value.Value);
            }
        }

        return complete;
    }

    private NamedAttr[] ReadDefaults(Context context)
    {
        var values = new NamedAttr[Defaults.Count];
        for (int i = 0; i < values.Length; i++)
        {
            (string name, string text) = Defaults[i];
            var bag = new DiagnosticBag();
            values[i] = new NamedAttr(name, IRParser.ParseAttribute(new SourceText("<default>", text), context, bag)
                ?? throw new InvalidOperationException($"the default of '{name}' in '{Name}' cannot be read: {bag.Items[0].Message}"));
        }

        return values;
    }
}
