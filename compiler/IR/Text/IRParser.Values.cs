using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Names of values. A name may be used before it is defined; a placeholder then stands for it. Machine-made names are mostly numbers, which index
// an array; the others are found by their text. An entry is known by its index in the array, or by the complement of its index among the others.
public sealed partial class IRParser
{
    private readonly SpanTable<int> _nameIds;
    private readonly EntryTable<NameEntry> _numberedNames = new();
    private NameEntry[] _otherNames = new NameEntry[64];
    private int _otherNameCount;

    // Entries defined in the regions that are open, inner after outer.
    private readonly EntryTable<int> _defined = new();
    private int _definedCount;

    // Results beyond those that an operation has, used before it.
    private readonly List<ForwardValue> _neverDefined = [];

    private const int Poison = -1;

    private enum NameState
    {
        Unknown,
        Defined,

        // Its operation could not be read: uses of it are not mistakes of their own.
        Poisoned,
    }

    private struct NameEntry
    {
        // The first value once defined; before that a placeholder, or an array of them when results behind the first are used.
        public object? Value;
        public int Count;
        public int Start;

        public readonly NameState State => Count > 0 ? NameState.Defined : Count < 0 ? NameState.Poisoned : NameState.Unknown;
    }

    // A name as it stands in the text, with which of its results is meant or how many it names.
    private readonly record struct NameRef(int Entry, int Number, int Start, int Length);

    private ref NameEntry EntryOf(int id) => ref id >= 0 ? ref _numberedNames.At(id) : ref _otherNames[~id];

    // The entry of the name that is the current token.
    private int TakeNameId()
    {
        Token name = _token;
        if (name.Kind != TokenKind.PercentId)
        {
            FailExpected("a value name such as %0");
        }

        Advance();
        int digits = name.Length - 1;
        if (digits <= 7 && Lexer.IsDigit(_text[name.Start + 1]) && (digits == 1 || _text[name.Start + 1] != '0'))
        {
            int number = 0;
            for (int i = name.Start + 1; i < name.End; i++)
            {
                number = 10 * number + (_text[i] - '0');
            }

            // No text has more names than bytes, so the array stays in proportion to the text.
            if (number < _length)
            {
                _numberedNames.Reserve(number);
                return number;
            }
        }

        return OtherNameId(name);
    }

    private int OtherNameId(Token name)
    {
        if (_nameIds.TryGet(name.Start, name.Length, out int known))
        {
            return ~known;
        }

        if (_otherNameCount == _otherNames.Length)
        {
            Array.Resize(ref _otherNames, 2 * _otherNames.Length);
        }

        _nameIds.Add(name.Start, name.Length, _otherNameCount);
        return ~_otherNameCount++;
    }

    private Value Resolve(NameRef name, IRType type)
    {
        ref NameEntry entry = ref EntryOf(name.Entry);
        if (entry.State == NameState.Defined)
        {
            Value value = (Value)entry.Value!; // A defined entry has one.
            if (name.Number > 0)
            {
                value = name.Number < entry.Count ? ((OpResult)value).Owner.Results[((OpResult)value).Index + name.Number] : FailNoSuchResult(name, entry);
            }

            return ReferenceEquals(value.Type, type) ? value : FailOtherType(name, type, value, entry);
        }

        return entry.State == NameState.Poisoned ? new ForwardValue(type, SpanOf(name)) : ResolveForward(ref entry, name, type);
    }

    private ForwardValue ResolveForward(ref NameEntry entry, NameRef name, IRType type)
    {
        if (name.Number == 0 && entry.Value is null)
        {
            var first = new ForwardValue(type, SpanOf(name));
            entry.Value = first;
            entry.Start = name.Start;
            return first;
        }

        if (entry.Value is not ForwardValue?[] all)
        {
            entry.Value = all = [entry.Value as ForwardValue];
        }

        if (name.Number >= all.Length)
        {
            Array.Resize(ref all, name.Number + 1);
            entry.Value = all;
        }

        ForwardValue value = all[name.Number] ??= new ForwardValue(type, SpanOf(name));
        entry.Start = name.Start;
        return ReferenceEquals(value.Type, type) ? value : (ForwardValue)FailOtherType(name, type, value, entry);
    }

    private Value FailNoSuchResult(NameRef name, NameEntry entry)
    {
        string text = NameText(name);
        _diagnostics.Add(Diagnostic.Error(IRCodes.UndefinedValue, $"{text} has {entry.Count} results, so there is no {text}#{name.Number}", SpanOf(name),
            $"use {text}#0 to {text}#{entry.Count - 1}").WithNote("it is defined here", SpanOfName(entry.Start)));
        throw new ParseStop();
    }

    private Value FailOtherType(NameRef name, IRType type, Value value, NameEntry entry)
    {
        _diagnostics.Add(Diagnostic.Error(IRCodes.TypeMismatch, $"{NameText(name)} is used as {type} but has type {value.Type}", SpanOf(name),
            $"write {value.Type} here, or use another value")
            .WithNote(value is ForwardValue ? "it is used with the other type here" : "it is defined here",
                value is ForwardValue ? value.Span : SpanOfName(entry.Start)));
        throw new ParseStop();
    }

    // From here on the name stands for value and the results behind it, count in all.
    private void Define(NameRef name, Value value, int count)
    {
        ref NameEntry entry = ref EntryOf(name.Entry);
        if (entry.State != NameState.Unknown)
        {
            _diagnostics.Add(Diagnostic.Error(IRCodes.Redefinition, $"{NameText(name)} is defined twice", SpanOf(name), "give one of them another name")
                .WithNote("it is defined here first", SpanOfName(entry.Start)));
            return;
        }

        if (entry.Value is not null)
        {
            ReplaceForward(entry.Value, name, value, count);
        }

        entry = new NameEntry { Value = value, Count = count, Start = name.Start };
        NoteDefined(name.Entry);
    }

    private void NoteDefined(int entry)
    {
        _defined.Reserve(_definedCount);
        _defined.At(_definedCount++) = entry;
    }

    // The names defined since there were mark of them end here.
    private void ForgetNames(int mark)
    {
        while (_definedCount > mark)
        {
            EntryOf(_defined.At(--_definedCount)) = default;
        }
    }

    private void ReplaceForward(object waiting, NameRef name, Value value, int count)
    {
        ForwardValue?[] all = waiting as ForwardValue?[] ?? [(ForwardValue)waiting];
        for (int i = 0; i < all.Length; i++)
        {
            if (all[i] is not { } forward)
            {
                continue;
            }

            Value? actual = i == 0 ? value : i < count && value is OpResult first ? first.Owner.Results[first.Index + i] : null;
            if (actual is null)
            {
                // Reported at the end with all that is not defined.
                _neverDefined.Add(forward);
            }
            else if (!ReferenceEquals(actual.Type, forward.Type))
            {
                _diagnostics.Add(Diagnostic.Error(IRCodes.TypeMismatch, $"{NameText(name)} has type {actual.Type} but was used as {forward.Type}", SpanOf(name),
                    "make both types the same").WithNote("it is used here", forward.Span));
            }
            else
            {
                forward.ReplaceAllUsesWith(actual);
            }
        }
    }

    // Results of an operation that could not be read.
    private void PoisonResults(ReadOnlySpan<NameRef> results)
    {
        foreach (NameRef name in results)
        {
            ref NameEntry entry = ref EntryOf(name.Entry);
            if (entry.State == NameState.Unknown)
            {
                entry = new NameEntry { Start = name.Start, Count = Poison };
                NoteDefined(name.Entry);
            }
        }
    }

    private void ReportUndefinedValues()
    {
        var known = new List<string>();
        var missing = new List<ForwardValue>(_neverDefined);
        for (int i = -_otherNameCount; i < _numberedNames.Count; i++)
        {
            NameEntry entry = EntryOf(i);
            if (entry.State == NameState.Defined && i < 0)
            {
                known.Add(TextAt(entry.Start, SpanOfName(entry.Start).Length));
            }
            else if (entry.State == NameState.Unknown && entry.Value is not null)
            {
                missing.AddRange((entry.Value as ForwardValue?[] ?? [entry.Value as ForwardValue]).OfType<ForwardValue>());
            }
        }

        foreach (ForwardValue use in missing.OrderBy(m => m.Span.Start))
        {
            string name = TextAt(use.Span.Start, use.Span.Length);
            string remedy = NearestName.Suggest(name, known) ?? "define it in this region or in one around it";
            _diagnostics.Error(IRCodes.UndefinedValue, $"{name} is not defined", use.Span, remedy);
        }
    }

    // The name that begins there, without the number of a result.
    private SourceSpan SpanOfName(int start) => new(_source, start, new Lexer(_text, _length) { Position = start }.Next().Length);

    private SourceSpan SpanOf(NameRef name) => new(_source, name.Start, name.Length);

    // The name without the number of a result.
    private string NameText(NameRef name)
    {
        string text = TextAt(name.Start, name.Length);
        int mark = text.IndexOf('#', StringComparison.Ordinal);
        return mark < 0 ? text : text[..mark];
    }
}
