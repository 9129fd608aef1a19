using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Names of values. A name may be used before it is defined; a placeholder then stands for it.
public sealed partial class IRParser
{
    private readonly Dictionary<string, ValueEntry> _values = new(StringComparer.Ordinal);

    private sealed class ValueEntry
    {
        public Value?[] Values = [];
        public SourceSpan Span;
        public bool Defined;

        // Its operation could not be read: uses of it are not mistakes of their own.
        public bool Poisoned;
    }

    private Value Resolve(string name, int index, IRType type, SourceSpan span)
    {
        if (!_values.TryGetValue(name, out ValueEntry? entry))
        {
            _values.Add(name, entry = new ValueEntry { Span = span });
        }

        if (entry.Poisoned)
        {
            return new ForwardValue(type, span);
        }

        if (index >= entry.Values.Length)
        {
            if (entry.Defined)
            {
                _diagnostics.Add(Diagnostic.Error(IRCodes.UndefinedValue, $"{name} has {entry.Values.Length} results, so there is no {name}#{index}", span,
                    $"use {name}#0 to {name}#{entry.Values.Length - 1}").WithNote("it is defined here", entry.Span));
                throw new ParseStop();
            }

            Array.Resize(ref entry.Values, index + 1);
        }

        Value value = entry.Values[index] ??= new ForwardValue(type, span);
        if (!ReferenceEquals(value.Type, type))
        {
            _diagnostics.Add(Diagnostic.Error(IRCodes.TypeMismatch, $"{name} is used as {type} but has type {value.Type}", span,
                $"write {value.Type} here, or use another value")
                .WithNote(value is ForwardValue ? "it is used with the other type here" : "it is defined here", value is ForwardValue ? value.Span : entry.Span));
            throw new ParseStop();
        }

        return value;
    }

    private void Define(Frame frame, string name, Value[] values, SourceSpan span)
    {
        if (!_values.TryGetValue(name, out ValueEntry? entry))
        {
            _values.Add(name, entry = new ValueEntry());
        }
        else if (entry.Defined)
        {
            _diagnostics.Add(Diagnostic.Error(IRCodes.Redefinition, $"{name} is defined twice", span, "give one of them another name")
                .WithNote("it is defined here first", entry.Span));
            return;
        }

        for (int i = 0; i < entry.Values.Length; i++)
        {
            if (entry.Values[i] is not ForwardValue forward)
            {
                continue;
            }

            if (i >= values.Length)
            {
                _diagnostics.Add(Diagnostic.Error(IRCodes.UndefinedValue, $"{name} has {values.Length} results, so there is no {name}#{i}", forward.Span,
                    "use a result that exists").WithNote("it is defined here", span));
            }
            else if (!ReferenceEquals(values[i].Type, forward.Type))
            {
                _diagnostics.Add(Diagnostic.Error(IRCodes.TypeMismatch, $"{name} has type {values[i].Type} but was used as {forward.Type}", span,
                    "make both types the same").WithNote("it is used here", forward.Span));
            }
            else
            {
                forward.ReplaceAllUsesWith(values[i]);
            }
        }

        (entry.Values, entry.Span, entry.Defined) = (values, span, true);
        frame.Defined.Add(name);
    }

    private void PoisonResults()
    {
        foreach ((string name, _, SourceSpan span) in _draft?.Results ?? [])
        {
            if (!_values.TryGetValue(name, out ValueEntry? entry) || !entry.Defined)
            {
                _values[name] = new ValueEntry { Span = span, Defined = true, Poisoned = true };
                _frames.Peek().Defined.Add(name);
            }
        }
    }

    private void ReportUndefinedValues()
    {
        List<string> known = [.. _values.Where(v => v.Value.Defined && !char.IsAsciiDigit(v.Key[1])).Select(v => v.Key)];
        var missing = new List<(string Name, Value Use)>();
        foreach ((string name, ValueEntry entry) in _values)
        {
            if (!entry.Defined)
            {
                missing.AddRange(entry.Values.OfType<ForwardValue>().Select(v => (name, (Value)v)));
            }
        }

        foreach ((string name, Value use) in missing.OrderBy(m => m.Use.Span.Start))
        {
            string remedy = NearestName.Suggest(name, known) ?? "define it in this region or in one around it";
            _diagnostics.Error(IRCodes.UndefinedValue, $"{name} is not defined", use.Span, remedy);
        }
    }
}
