using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Operations in pretty form: a bare name, what its OpSyntax reads, regions, a location.
public sealed partial class IRParser
{
    internal bool OperandFollows => _token.Kind == TokenKind.PercentId;

    /// <summary>Whether a symbol such as <c>@name</c> is next.</summary>
    public bool SymbolFollows => _token.Kind == TokenKind.AtId;

    /// <summary>Takes <c>&lt;…&gt;</c> as it is written, brackets paired, and gives it; the empty string when none is next.</summary>
    public string TakeBody()
    {
        if (_token.Kind != TokenKind.Less)
        {
            return "";
        }

        int start = _token.Start;
        int end = SkipBalanced(start);
        Resume(end);
        return TextAt(start, end - start);
    }

    internal bool ParenthesisFollows => _token.Kind == TokenKind.LeftParen;

    /// <summary>Whether a bare word is next; it is given without being taken.</summary>
    public string? WordFollows => _token.Kind == TokenKind.BareId ? TokenString : null;

    /// <summary>Whether <paramref name="symbol"/> is next.</summary>
    public bool Follows(string symbol) => _token.Kind is not TokenKind.String && TokenString == symbol;

    /// <summary>The place of the last <paramref name="length"/> characters that were taken.</summary>
    public SourceSpan Taken(int length) => new(_source, Math.Max(0, _previousEnd - length), length);

    /// <summary>Takes the bare word <paramref name="word"/> if it is next.</summary>
    public bool TryTakeWord(string word)
    {
        bool there = WordFollows == word;
        if (there)
        {
            Advance();
        }

        return there;
    }

    /// <summary>Takes a bare word.</summary>
    public string TakeWord()
    {
        string word = TokenString;
        Expect(TokenKind.BareId, "a word");
        return word;
    }

    internal void PushOperandName() => ParseOperandName();

    internal string? TryTakeSymbolName() => _token.Kind == TokenKind.AtId ? TakeSymbolName() : null;

    internal DictionaryAttr? TryTakeDictionary(string? keyword)
    {
        bool there = keyword is null ? _token.Kind == TokenKind.LeftBrace : TryTakeWord(keyword);
        return there ? ParseDictionary() : null;
    }

    internal void TakeSuccessorNames()
    {
        if (TryTake(TokenKind.LeftSquare))
        {
            ParseSuccessors();
        }
    }

    internal void TakeSignature(List<IRType> operands, List<IRType> results)
    {
        Expect(TokenKind.LeftParen, "'(' before the operand types");
        TakeTypes(operands);
        Expect(TokenKind.Arrow, "'->' before the result types");
        if (TryTake(TokenKind.LeftParen))
        {
            TakeTypes(results);
        }
        else
        {
            results.Add(ParseTypeNoFunction());
        }
    }

    private void TakeTypes(List<IRType> types)
    {
        int mark = _types.Count;
        ParseTypesUntilParen(_types);
        types.AddRange(_types.From(mark));
        _types.Cut(mark);
    }

    private void ParsePretty(OpDraft draft)
    {
        OpInfo info = KnownName(TokenString);
        draft.Name = _context.Name(info.Name);
        SourceSpan span = Here;
        Advance();
        var reader = new OpReader(this, info, span);
        info.Syntax.Parse(reader);
        draft.Pretty = info;
        draft.Types = new Signature([.. reader.OperandTypes], [.. reader.ResultTypes]);
        draft.Attributes = _context.Dictionary(Unique(reader.Attributes, span));
        CheckOperandCount(draft, draft.Types, span.Start - 1);
        BeginPrettyRegion(draft);
    }

    private OpInfo KnownName(string name)
    {
        OperationName found = _context.Name(name);
        if (found.Info is null)
        {
            string remedy = NearestName.Suggest(name, found.Dialect?.Ops.Select(o => o.Name) ?? _context.RegisteredOperations)
                ?? $"write \"{name}\"(operands) … : (types) -> types";
            Fail(found.Dialect is null ? IRCodes.Syntax : IRCodes.UnknownOperation,
                found.Dialect is null ? $"'{name}' is not in generic form, and no dialect declares it" : $"dialect '{found.Dialect.Name}' has no operation '{name}'", Here, remedy);
        }

        return found.Info;
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
        int count = _regions.Count - draft.Regions;
        string label = info.Syntax.RegionLabel(info.Shape, count);
        if ((label.Length > 0 && TryTake(label)) || (label != "," && _token.Kind == TokenKind.LeftBrace))
        {
            Expect(TokenKind.LeftBrace, "'{' at the start of a region");
            OpenRegion(draft, new Region());
            return;
        }

        if (_token.Kind is TokenKind.LeftParen or TokenKind.LeftSquare or TokenKind.Less or TokenKind.Equal or TokenKind.Comma or TokenKind.Arrow)
        {
            Fail(IRCodes.Syntax, $"the pretty form of '{info.Name}' does not go on with '{TokenString}'", Here,
                $"write it as orc opt prints it, or in generic form: \"{info.Name}\"(operands) … : (types) -> types");
        }

        if (info.Syntax.FillsRegions)
        {
            for (; count < info.Shape.Regions.Length; count++)
            {
                _regions.Push(new Region());
            }

            foreach (Region region in _regions.From(draft.Regions))
            {
                region.EnsureBlock();
            }
        }

        FinishOperation(draft);
    }
}
