using System.Collections.Immutable;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// The dialects of a compile, and the one copy of every type, attribute and operation name. Dialects are registered first;
/// the first name asked for freezes them. Safe for several threads.
/// </summary>
public sealed partial class Context
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Interned, Interned> _interned = new(new InternedComparer());
    private readonly Dictionary<string, OperationName> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Dialect> _dialects = new(StringComparer.Ordinal);
    private readonly Dictionary<string, OpInfo> _infos = new(StringComparer.Ordinal);
    private bool _frozen;

    /// <summary>A context with <paramref name="dialects"/>; each dialect object belongs to one context.</summary>
    public Context(IEnumerable<Dialect>? dialects = null)
    {
        I1 = Integer(1);
        I64 = Integer(64);
        F64 = Float("f64");
        Index = Intern(new IndexType(this));
        None = Intern(new NoneType(this));
        Unit = Intern(new UnitAttr(this));
        EmptyDictionary = Intern(new DictionaryAttr(this, []));
        UnknownLocation = Intern(new UnknownLoc(this));
        HasVariableParts = false;
        foreach (Dialect dialect in dialects ?? [])
        {
            Register(dialect);
        }
    }

    /// <summary>Whether there is anything, beside the unknown location, whose text depends on the printing: if not, no printing has aliases.</summary>
    internal bool HasVariableParts { get; private set; }

    /// <summary>The registered dialects, by name.</summary>
    public IReadOnlyCollection<Dialect> Dialects => _dialects.Values;

    /// <summary>The names of all registered operations.</summary>
    public IReadOnlyCollection<string> RegisteredOperations => _infos.Keys;

    /// <summary>Adds a dialect.</summary>
    /// <exception cref="InvalidOperationException">The context is in use already, or has a dialect of that name.</exception>
    public void Register(Dialect dialect)
    {
        if (_frozen)
        {
            throw new InvalidOperationException($"dialect '{dialect.Name}' is registered after the context was used");
        }

        if (!_dialects.TryAdd(dialect.Name, dialect))
        {
            throw new InvalidOperationException($"dialect '{dialect.Name}' is registered twice");
        }

        foreach (OpInfo info in dialect.Ops)
        {
            _infos.Add(info.Name, info);
        }
    }

    /// <summary>The dialect called <paramref name="name"/>, or null.</summary>
    public Dialect? FindDialect(string name) => _dialects.GetValueOrDefault(name);

    /// <summary>The one object for the operation name <paramref name="text"/>.</summary>
    public OperationName Name(string text)
    {
        lock (_lock)
        {
            _frozen = true;
            if (!_names.TryGetValue(text, out OperationName? name))
            {
                int dot = text.IndexOf('.', StringComparison.Ordinal);
                Dialect? dialect = dot > 0 ? FindDialect(text[..dot]) : null;
                _names.Add(text, name = new OperationName(this, text, dialect, _infos.GetValueOrDefault(text)));
            }

            return name;
        }
    }

    /// <summary>The one object equal to <paramref name="candidate"/>, which is kept if it is the first.</summary>
    public T Intern<T>(T candidate) where T : Interned
    {
        lock (_lock)
        {
            if (_interned.TryGetValue(candidate, out Interned? known))
            {
                return (T)known;
            }

            _interned.Add(candidate, candidate);
            HasVariableParts |= candidate.AliasName is not null || candidate.HasVariableText;
            return candidate;
        }
    }

    /// <summary>The location of a place in a source text.</summary>
    public LocationAttr LocationOf(SourceSpan span)
    {
        if (span.Source is null)
        {
            return UnknownLocation;
        }

        (int line, int column) = span.Source.Locate(span.Start);
        return FileLocation(span.Source.Path, line, column);
    }

    /// <summary>
    /// The type <c>!dialect.mnemonic&lt;parameters&gt;</c>: the dialect's own when it is registered, else one that keeps the text.
    /// </summary>
    /// <exception cref="ArgumentException">The dialect is registered and has no such type.</exception>
    public IRType DialectType(string dialect, string mnemonic, params ImmutableArray<IRType> parameters)
    {
        string inside = parameters.IsDefaultOrEmpty ? "" : $"<{string.Join(", ", parameters)}>";
        var text = new SourceText("<type>", $"!{dialect}.{mnemonic}{inside}");
        var bag = new DiagnosticBag();
        return IRParser.ParseType(text, this, bag) ?? throw new ArgumentException(bag.Items[0].Message, nameof(mnemonic));
    }

    /// <summary>An empty module to build into: one region with one block.</summary>
    public Operation CreateModule(SourceSpan span = default)
    {
        var region = new Region();
        region.AddBlock();
        return Operation.Create(new OperationState(Name("builtin.module")) { Regions = [region], Span = span });
    }
}
