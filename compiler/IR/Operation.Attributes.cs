namespace Orchestrator.IR;

public abstract partial class Operation
{
    /// <summary>The attribute called <paramref name="name"/>, the operation's own before what is pinned on it, or null.</summary>
    public Attr? GetAttr(string name) =>
        (Properties is DictionaryAttr properties ? properties.Get(name) : null) ?? Attributes.Get(name);

    /// <summary>The attribute called <paramref name="name"/> if it is a <typeparamref name="T"/>, else null.</summary>
    public T? GetAttr<T>(string name) where T : Attr => GetAttr(name) as T;

    /// <summary>Whether there is an attribute called <paramref name="name"/>.</summary>
    public bool HasAttr(string name) => GetAttr(name) is not null;

    /// <summary>Sets an attribute, in <see cref="Properties"/> when it is the operation's own; null removes it.</summary>
    public void SetAttr(string name, Attr? value)
    {
        bool own = Info is { } info ? info.IsInherent(name) : Properties is DictionaryAttr kept && kept.Get(name) is not null;
        if (own)
        {
            DictionaryAttr properties = (Properties as DictionaryAttr ?? Context.EmptyDictionary).With(name, value);
            Properties = properties.Count == 0 ? null : properties;
        }
        else
        {
            Attributes = Attributes.With(name, value);
        }
    }

    /// <summary>Removes an attribute; nothing happens when there is none.</summary>
    public void RemoveAttr(string name) => SetAttr(name, null);

    /// <summary>The name under which others refer to this operation, or null when it has none.</summary>
    public string? SymbolName => GetAttr<StringAttr>("sym_name")?.Value;

    // A registered operation may be written with its own attributes in either place; they are kept in Properties.
    private void SplitInherentAttributes()
    {
        if (Attributes.Count == 0)
        {
            return;
        }

        OpInfo info = Info!; // The caller checked it.
        List<NamedAttr>? own = null;
        foreach (NamedAttr attribute in Attributes.Entries)
        {
            if (info.IsInherent(attribute.Name))
            {
                (own ??= []).Add(attribute);
            }
        }

        if (own is null || (Properties is not null and not DictionaryAttr))
        {
            return;
        }

        var properties = (DictionaryAttr?)Properties;
        if (properties is not null)
        {
            own.RemoveAll(a => properties.Get(a.Name) is not null);
            own.AddRange(properties.Entries);
        }

        Attributes = Context.Dictionary(Attributes.Entries.Where(a => !info.IsInherent(a.Name)));
        Properties = Context.Dictionary(own);
    }
}
