using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Operations. What belongs to an operation whose regions are still open waits on stacks that all operations share.
public sealed partial class IRParser
{
    private const int ResultsMax = 1 << 20;

    private readonly PartStack<NameRef> _operands = new();
    private readonly PartStack<NameRef> _results = new();
    private readonly PartStack<Block> _successors = new();
    private readonly PartStack<Region> _regions = new();
    private readonly PartStack<Value> _values = new();
    private readonly SpanTable<OperationName> _opNames;
    private readonly Stack<OpDraft> _spareDrafts = new();

    // An operation of which the head has been read. Its parts are those on the stacks from the marks on.
    private sealed class OpDraft
    {
        public OperationName Name = null!; // Set as soon as the name has been read.
        public bool IsModuleSugar;

        // What is declared about an operation in pretty form, whose types are known before its regions; null for the generic form.
        public OpInfo? Pretty;
        public Signature Types = Signature.Empty;
        public int Start;
        public int Length;
        public int Operands;
        public int Results;
        public int Successors;
        public int Regions;
        public Attr? Properties;
        public DictionaryAttr? Attributes;
    }

    private void ParseOperation()
    {
        OpDraft draft = NewDraft();
        if (_token.Kind == TokenKind.PercentId)
        {
            ParseResultNames();
        }

        (draft.Start, draft.Length) = (_token.Start, _token.Length);
        if (_token.Kind != TokenKind.String)
        {
            ParsePrettyOperation(draft);
            return;
        }

        draft.Name = TakeOperationName();
        Expect(TokenKind.LeftParen, "'(' before the operands");
        ParseOperandNames();
        Expect(TokenKind.RightParen, "')' after the operands");
        if (_token.Kind == TokenKind.LeftSquare)
        {
            if (BuiltinRules.Applies(draft.Name))
            {
                Fail(IRCodes.ControlFlow, $"'{draft.Name}' passes no control", Here, "leave the successors out");
            }

            Advance();
            ParseSuccessors();
        }

        if (_token.Kind == TokenKind.Less)
        {
            draft.Properties = ParseProperties();
        }

        if (TryTake(TokenKind.LeftParen))
        {
            ExpectRegion(draft);
            return;
        }

        FinishOperation(draft);
    }

    private void ParsePrettyOperation(OpDraft draft)
    {
        if (_token.Kind != TokenKind.BareId)
        {
            FailExpected("an operation, which starts with its name in quotes");
        }

        switch (TokenString)
        {
            case "module" or "builtin.module":
                Advance();
                ParseModuleSugar(draft);
                break;
            case "unrealized_conversion_cast" or "builtin.unrealized_conversion_cast":
                Advance();
                ParseCastSugar(draft);
                break;
            default:
                ParsePretty(draft);
                break;
        }
    }

    private OpDraft NewDraft()
    {
        if (!_spareDrafts.TryPop(out OpDraft? draft))
        {
            draft = new OpDraft();
        }

        (draft.Operands, draft.Results, draft.Successors, draft.Regions) = (_operands.Count, _results.Count, _successors.Count, _regions.Count);
        (draft.Properties, draft.Attributes, draft.IsModuleSugar, draft.Pretty) = (null, null, false, null);
        return draft;
    }

    private OperationName TakeOperationName()
    {
        Token token = _token;
        if (_opNames.TryGet(token.Start, token.Length, out OperationName name))
        {
            Advance();
            return name;
        }

        string text = StringAttr.Decode(Unescape(token.Start + 1, token.End - 1));
        if (text.Length == 0 || text.Contains('\0', StringComparison.Ordinal))
        {
            Fail(IRCodes.Syntax, "an operation's name is empty or holds a zero", SpanOf(token), "write \"dialect.name\"");
        }

        Advance();

        name = _context.Name(text);
        _opNames.Add(token.Start, token.Length, name);
        return name;
    }

    private void ParseResultNames()
    {
        do
        {
            Token token = _token;
            int entry = TakeNameId();
            int count = 1;
            if (TryTake(TokenKind.Colon))
            {
                count = TakeResultCount();
            }

            _results.Push(new NameRef(entry, count, token.Start, token.Length));
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.Equal, "'=' after the result names");
    }

    private int TakeResultCount()
    {
        if (_token.Kind != TokenKind.Integer)
        {
            FailExpected("the number of results");
        }

        if (ParseDigits(TokenString) is var count && (count < 1 || count > ResultsMax))
        {
            Fail(IRCodes.CountMismatch, $"an operation that is named has 1 to {ResultsMax} results", Here, "write such a number");
        }

        Advance();
        return (int)count;
    }

    private void ParseOperandNames()
    {
        if (_token.Kind == TokenKind.PercentId)
        {
            do
            {
                ParseOperandName();
            }
            while (TryTake(TokenKind.Comma));
        }
    }

    private void ParseOperandName()
    {
        int start = _token.Start;
        int entry = TakeNameId();
        int index = 0;
        if (_token.Kind == TokenKind.HashId)
        {
            if (!int.TryParse(TokenText[1..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out index) || index >= ResultsMax)
            {
                Fail(IRCodes.UndefinedValue, $"a result's number is 0 to {ResultsMax - 1}", Here, "write such a number after '#'");
            }

            Advance();
        }

        _operands.Push(new NameRef(entry, index, start, _previousEnd - start));
    }

    // module @name attributes {…} {…}
    private void ParseModuleSugar(OpDraft draft)
    {
        draft.Name = _context.Name("builtin.module");
        draft.IsModuleSugar = true;
        if (_token.Kind == TokenKind.AtId)
        {
            draft.Properties = _context.Dictionary([("sym_name", _context.String(TakeSymbolName()))]);
        }

        if (TryKeyword("attributes"u8))
        {
            draft.Attributes = ParseDictionary();
        }

        ExpectRegion(draft);
    }

    // unrealized_conversion_cast %a, %b : types to types {…}
    private void ParseCastSugar(OpDraft draft)
    {
        draft.Name = _context.Name("builtin.unrealized_conversion_cast");
        ParseOperandNames();
        int colon = _token.Start;
        int mark = _types.Count;
        if (_operands.Count > draft.Operands)
        {
            Expect(TokenKind.Colon, "':' and the types of the operands");
            ParseTypes(_types);
        }

        IRType[] operands = _types.From(mark).ToArray();
        _types.Cut(mark);
        if (!TryKeyword("to"u8))
        {
            FailExpected("'to' and the types of the results");
        }

        ParseTypes(_types);
        var signature = new Signature(operands, _types.From(mark).ToArray());
        _types.Cut(mark);
        if (_token.Kind == TokenKind.LeftBrace)
        {
            draft.Attributes = ParseDictionary();
        }

        CheckOperandCount(draft, signature, colon);
        CompleteOperation(draft, signature);
    }

    // From the attributes on; then the operation is made and added to the block of the region around it.
    private void FinishOperation(OpDraft draft)
    {
        Signature signature = draft.Pretty is null ? Signature.Empty : draft.Types;
        if (!draft.IsModuleSugar && draft.Pretty is null)
        {
            if (_token.Kind == TokenKind.LeftBrace)
            {
                draft.Attributes = ParseDictionary();
            }

            int colon = _token.Start;
            signature = ParseSignature();
            CheckOperandCount(draft, signature, colon);
        }

        CompleteOperation(draft, signature);
    }

    private void CompleteOperation(OpDraft draft, Signature signature)
    {
        if (BuiltinRules.IsModule(draft.Name))
        {
            NormalizeModule(draft);
        }

        Operation op = MakeOperation(draft, signature);
        if (_token.Kind == TokenKind.BareId && Is("loc"u8))
        {
            LocationAttr? location = ParseTrailingLocation(out (string Name, SourceSpan Span)? alias);
            if (location is not null)
            {
                op.Location = location;
            }
            else if (alias is { } late)
            {
                LocateLater(op, late);
            }
        }

        CheckResultCount(draft, signature);
        DefineResults(draft, op);
        _spareDrafts.Push(draft);
    }

    private void LocateLater(Operation op, (string Name, SourceSpan Span) alias) =>
        _lateLocations.Add((l => op.Location = l, alias.Name, alias.Span));

    // A module's own attributes may stand in either place; what else is among them is dropped, as MLIR does.
    private void NormalizeModule(OpDraft draft)
    {
        var span = new SourceSpan(_source, draft.Start, draft.Length);
        if (draft.Properties is not (null or DictionaryAttr))
        {
            Fail(IRCodes.WrongAttribute, $"'{draft.Name}' has {draft.Properties} as its own attributes", span, "write them as <{name = value}>");
        }

        var given = draft.Properties as DictionaryAttr;
        List<NamedAttr> own = [];
        foreach (string name in BuiltinRules.ModuleAttributes)
        {
            if ((given?.Get(name) ?? draft.Attributes?.Get(name)) is not { } value)
            {
                continue;
            }

            if (value is not StringAttr)
            {
                Fail(IRCodes.WrongAttribute, $"'{draft.Name}' has {name} = {value}, which is no string", span, "write a string in quotes");
            }

            own.Add(new NamedAttr(name, value));
            draft.Attributes = draft.Attributes?.With(name, null);
        }

        draft.Properties = own.Count == 0 ? null : _context.Dictionary(own);
    }

    private Operation MakeOperation(OpDraft draft, Signature signature)
    {
        int values = _values.Count;
        ReadOnlySpan<NameRef> names = _operands.From(draft.Operands);
        for (int i = 0; i < names.Length; i++)
        {
            _values.Push(Resolve(names[i], signature.Operands[i]));
        }

        var parts = new OperationParts
        {
            Operands = _values.From(values),
            ResultTypes = signature.Results,
            Regions = _regions.From(draft.Regions),
            Successors = _successors.From(draft.Successors),
            Attributes = draft.Attributes,
            Properties = draft.Properties,
            Span = new SourceSpan(_source, draft.Start, draft.Length),
        };
        Operation op = Operation.Create(draft.Name, in parts);
        _values.Cut(values);
        _operands.Cut(draft.Operands);
        _regions.Cut(draft.Regions);
        _successors.Cut(draft.Successors);
        ref Frame frame = ref _frames[_frameCount - 1];
        frame.Block ??= frame.Region.AddBlock();
        frame.Block.Append(op);
        return op;
    }

    private void DefineResults(OpDraft draft, Operation op)
    {
        int first = 0;
        foreach (NameRef name in _results.From(draft.Results))
        {
            Define(name, op.Results[first], name.Number);
            first += name.Number;
        }

        _results.Cut(draft.Results);
    }

    // Reported where the types begin, after the colon.
    private void CheckOperandCount(OpDraft draft, Signature signature, int colon)
    {
        int operands = _operands.Count - draft.Operands;
        if (signature.Operands.Length != operands)
        {
            _lexer.Position = colon + 1;
            SourceSpan span = SpanOf(_lexer.Next());
            Fail(IRCodes.CountMismatch, $"'{draft.Name}' has {operands} operands and {signature.Operands.Length} operand types", span,
                "write one type for each operand");
        }
    }

    private void CheckResultCount(OpDraft draft, Signature signature)
    {
        ReadOnlySpan<NameRef> names = _results.From(draft.Results);
        long named = 0;
        foreach (NameRef name in names)
        {
            named += name.Number;
        }

        if (named != signature.Results.Length && names.Length > 0)
        {
            Fail(IRCodes.CountMismatch, $"'{draft.Name}' has {signature.Results.Length} results and {named} result names",
                SpanOf(names[0]), "name as many results as there are result types");
        }
    }
}

// A stack whose upper part can be had as a span.
internal sealed class PartStack<T>
{
    private T[] _items = new T[16];

    public int Count { get; private set; }

    public void Push(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, 2 * Count);
        }

        _items[Count++] = item;
    }

    /// <summary>The items from <paramref name="mark"/> on; good until the next push.</summary>
    public ReadOnlySpan<T> From(int mark) => _items.AsSpan(mark, Count - mark);

    /// <summary>Drops the items from <paramref name="mark"/> on. What they refer to is let go when they are overwritten.</summary>
    public void Cut(int mark) => Count = mark;
}
