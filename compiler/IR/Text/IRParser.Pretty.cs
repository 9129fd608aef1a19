using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Operations in pretty form: a bare name, what its OpSyntax reads, regions, a location.
public sealed partial class IRParser
{
    private Frame? _prettyFrame;

    internal bool OperandFollows => _token.Kind == TokenKind.PercentId;

    /// <summary>Whether a symbol such as <c>@name</c> is next.</summary>
    public bool SymbolFollows => _token.Kind == TokenKind.AtId;

    internal bool ParenthesisFollows => _token.Kind == TokenKind.LeftParen;

    /// <summary>Whether a bare word is next; it is given without being taken.</summary>
    public string? WordFollows => _token.Kind == TokenKind.BareId ? TokenString : null;

    /// <summary>Whether <paramref name="symbol"/> is next.</summary>
    public bool Follows(string symbol) => _token.Kind is not TokenKind.String && TokenText.SequenceEqual(symbol);

    /// <summary>The place of the last <paramref name="length"/> characters that were taken.</summary>
    public SourceSpan Taken(int length) => new(_source, Math.Max(0, _previousEnd - length), length);

    /// <summary>Takes the bare word <paramref name="word"/> if it is next.</summary>
    public bool TryTakeWord(string word) => TryKeyword(word);

    /// <summary>Takes a bare word.</summary>
    public string TakeWord()
    {
        string word = TokenString;
        Expect(TokenKind.BareId, "a word");
        return word;
    }

    internal (string Name, int Index, SourceSpan Span) TakeOperandName()
    {
        int start = _token.Start;
        string name = TokenString;
        Expect(TokenKind.PercentId, "an operand such as %0");
        int index = 0;
        if (_token.Kind == TokenKind.HashId && int.TryParse(TokenText[1..], out int parsed) && parsed < 1 << 20)
        {
            index = parsed;
            Advance();
        }

        return (name, index, SpanFrom(start));
    }

    internal string? TryTakeSymbolName() => _token.Kind == TokenKind.AtId ? TakeSymbolName() : null;

    internal DictionaryAttr? TryTakeDictionary(string? keyword)
    {
        bool there = keyword is null ? _token.Kind == TokenKind.LeftBrace : TryKeyword(keyword);
        return there ? ParseDictionary() : null;
    }

    internal void TakeSuccessorNames()
    {
        if (_prettyFrame is { } frame && _draft is { } draft && TryTake(TokenKind.LeftSquare))
        {
            ParseSuccessors(draft, frame);
        }
    }

    internal void TakeSignature(List<IRType> operands, List<IRType> results)
    {
        Expect(TokenKind.LeftParen, "'(' before the operand types");
        ParseTypesUntilParen(operands);
        Expect(TokenKind.Arrow, "'->' before the result types");
        if (TryTake(TokenKind.LeftParen))
        {
            ParseTypesUntilParen(results);
        }
        else
        {
            results.Add(ParseType());
        }
    }

    private void ParsePretty(OpDraft draft, Frame frame)
    {
        string name = TokenString;
        OpInfo? info = _context.Name(name).Info;
        if (info is null)
        {
            Dialect? dialect = _context.Name(name).Dialect;
            string remedy = NearestName.Suggest(name, dialect?.Ops.Select(o => o.Name) ?? _context.RegisteredOperations)
                ?? $"write \"{name}\"(operands) … : (types) -> types";
            Fail(dialect is null ? IRCodes.Syntax : IRCodes.UnknownOperation,
                dialect is null ? $"'{name}' is not in generic form, and no dialect declares it" : $"dialect '{dialect.Name}' has no operation '{name}'", Here, remedy);
        }

        draft.Name = name;
        draft.Pretty = info;
        Advance();
        var reader = new OpReader(this, info, draft.Span);
        _prettyFrame = frame;
        info.Syntax.Parse(reader);
        draft.Operands.AddRange(reader.Operands);
        draft.OperandTypes.AddRange(reader.OperandTypes);
        draft.ResultTypes.AddRange(reader.ResultTypes);
        draft.Attributes = _context.Dictionary(Unique(reader.Attributes, draft.Span));
        if (draft.Operands.Count != draft.OperandTypes.Count)
        {
            Fail(IRCodes.CountMismatch, $"'{name}' has {draft.Operands.Count} operands and {draft.OperandTypes.Count} operand types", SpanFrom(draft.Span.Start),
                "write one type for each operand");
        }

        CheckResultNames(draft, draft.ResultTypes);
        BeginPrettyRegion(draft);
    }

    private List<NamedAttr> Unique(List<NamedAttr> attributes, SourceSpan span)
    {
        foreach (IGrouping<string, NamedAttr> same in attributes.GroupBy(a => a.Name).Where(g => g.Count() > 1))
        {
            Fail(IRCodes.Redefinition, $"attribute '{same.Key}' is given twice", span, "keep one of them");
        }

        return attributes;
    }

    // Opens the next region if one follows; otherwise the operation is complete.
    private void BeginPrettyRegion(OpDraft draft)
    {
        OpInfo info = draft.Pretty!; // Only called for operations in pretty form.
        string label = info.Syntax.RegionLabel(info.Shape, draft.Regions.Count);
        bool labelled = label.Length > 0 && TryTake(label);
        if (labelled || (_token.Kind == TokenKind.LeftBrace && label != ","))
        {
            Expect(TokenKind.LeftBrace, "'{' at the start of a region");
            _frames.Push(new Frame(draft, new Region()));
            return;
        }

        if (info.Syntax.FillsRegions)
        {
            for (int i = draft.Regions.Count; i < info.Shape.Regions.Length; i++)
            {
                draft.Regions.Add(new Region());
            }

            draft.Regions.ForEach(r => r.EnsureBlock());
        }

        FinishOperation(draft);
    }
}
