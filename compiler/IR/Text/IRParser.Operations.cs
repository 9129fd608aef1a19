using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Operations. What belongs to an operation whose regions are still open waits on stacks that all operations share.
public sealed partial class IRParser
{
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
        if (_token.Kind == TokenKind.BareId && (Is("module"u8) || Is("builtin.module"u8)))
        {
            ParseModuleSugar(draft);
            return;
        }

        if (_token.Kind != TokenKind.String)
        {
            if (_token.Kind == TokenKind.BareId)
            {
                Fail(IRCodes.Syntax, $"'{TokenString}' is not in generic form", Here, $"write \"{TokenString}\"(operands) … : (types) -> types");
            }

            FailExpected("an operation, which starts with its name in quotes");
        }

        draft.Name = TakeOperationName();
        Expect(TokenKind.LeftParen, "'(' before the operands");
        ParseOperandNames();
        if (TryTake(TokenKind.LeftSquare))
        {
            ParseSuccessors();
        }

        if (_token.Kind == TokenKind.Less)
        {
            draft.Properties = ParseProperties();
        }

        if (TryTake(TokenKind.LeftParen))
        {
            Expect(TokenKind.LeftBrace, "'{' at the start of a region");
            OpenRegion(draft, new Region());
            return;
        }

        FinishOperation(draft);
    }

    private OpDraft NewDraft()
    {
        if (!_spareDrafts.TryPop(out OpDraft? draft))
        {
            draft = new OpDraft();
        }

        (draft.Operands, draft.Results, draft.Successors, draft.Regions) = (_operands.Count, _results.Count, _successors.Count, _regions.Count);
        (draft.Properties, draft.Attributes, draft.IsModuleSugar) = (null, null, false);
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

        string text = TakeString();
        if (text.Length == 0)
        {
            Fail(IRCodes.Syntax, "an operation's name is empty", SpanOf(token), "write \"dialect.name\"");
        }

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
                SourceSpan at = Here;
                count = (int)TakeInteger(1 << 20);
                if (count < 1)
                {
                    Fail(IRCodes.CountMismatch, "an operation that is named has at least one result", at, "write a count of 1 or more");
                }
            }

            _results.Push(new NameRef(entry, count, token.Start, token.Length));
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.Equal, "'=' after the result names");
    }

    private void ParseOperandNames()
    {
        if (TryTake(TokenKind.RightParen))
        {
            return;
        }

        do
        {
            int start = _token.Start;
            int entry = TakeNameId();
            int index = 0;
            if (_token.Kind == TokenKind.HashId && int.TryParse(TokenText[1..], out int parsed) && parsed < 1 << 20)
            {
                index = parsed;
                Advance();
            }

            _operands.Push(new NameRef(entry, index, start, _previousEnd - start));
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightParen, "')' after the operands");
    }

    private void ParseModuleSugar(OpDraft draft)
    {
        draft.Name = _context.Name("builtin.module");
        draft.IsModuleSugar = true;
        Advance();
        if (_token.Kind == TokenKind.AtId)
        {
            draft.Properties = _context.Dictionary([("sym_name", _context.String(TakeSymbolName()))]);
        }

        if (TryKeyword("attributes"u8))
        {
            draft.Attributes = ParseDictionary();
        }

        Expect(TokenKind.LeftBrace, "'{' at the start of the module");
        var region = new Region();
        region.AddBlock();
        OpenRegion(draft, region);
    }

    // From the attributes on; then the operation is made and added to the block of the region around it.
    private void FinishOperation(OpDraft draft)
    {
        Signature signature = Signature.Empty;
        if (!draft.IsModuleSugar)
        {
            if (_token.Kind == TokenKind.LeftBrace)
            {
                draft.Attributes = ParseDictionary();
            }

            SourceSpan span = Here;
            signature = ParseSignature();
            CheckCounts(draft, signature, span);
        }

        LocationAttr? location = null;
        (string Name, SourceSpan Span)? alias = null;
        if (_token.Kind == TokenKind.BareId && Is("loc"u8))
        {
            location = ParseTrailingLocation(out alias);
        }

        Operation op = MakeOperation(draft, signature, location);
        if (alias is { } late)
        {
            _lateLocations.Add((l => op.Location = l, late.Name, late.Span));
        }

        DefineResults(draft, op);
        _spareDrafts.Push(draft);
    }

    private Operation MakeOperation(OpDraft draft, Signature signature, LocationAttr? location)
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
            Location = location,
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

    private void CheckCounts(OpDraft draft, Signature signature, SourceSpan span)
    {
        int operands = _operands.Count - draft.Operands;
        if (signature.Operands.Length != operands)
        {
            Fail(IRCodes.CountMismatch, $"'{draft.Name}' has {operands} operands and {signature.Operands.Length} operand types", span,
                "write one type for each operand");
        }

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
