using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Operations, blocks and regions.
public sealed partial class IRParser
{
    // An operation of which the head has been read.
    private sealed class OpDraft(SourceSpan span)
    {
        public SourceSpan Span { get; } = span;

        public string Name = "";
        public bool IsModuleSugar;

        // What is declared about an operation in pretty form, whose types are known before its regions; null for the generic form.
        public OpInfo? Pretty;
        public readonly List<IRType> OperandTypes = [];
        public readonly List<IRType> ResultTypes = [];
        public readonly List<(string Name, int Count, SourceSpan Span)> Results = [];
        public readonly List<(string Name, int Index, SourceSpan Span)> Operands = [];
        public readonly List<Block> Successors = [];
        public readonly List<Region> Regions = [];
        public Attr? Properties;
        public DictionaryAttr? Attributes;
        public LocationAttr? Location;
        public (string Name, SourceSpan Span)? LocationAlias;
    }

    // A region being read. The outermost frame is the file, which has no draft.
    private sealed class Frame(OpDraft? draft, Region region)
    {
        public OpDraft? Draft { get; } = draft;

        public Region Region { get; set; } = region;

        public Block? Block { get; set; }

        // Blocks named so far; those without a definition have no region yet.
        public Dictionary<string, (Block Block, SourceSpan Span, bool Defined)> Blocks { get; } = new(StringComparer.Ordinal);

        public List<string> Defined { get; } = [];
    }

    private void ParseOperation(Frame frame)
    {
        var draft = _draft = new OpDraft(Here);
        if (_token.Kind == TokenKind.PercentId)
        {
            ParseResultNames(draft);
        }

        if (_token.Kind == TokenKind.BareId && TokenText is "module" or "builtin.module")
        {
            ParseModuleSugar(draft);
            return;
        }

        if (_token.Kind != TokenKind.String)
        {
            if (_token.Kind == TokenKind.BareId)
            {
                ParsePretty(draft, frame);
                return;
            }

            FailExpected("an operation, which starts with its name in quotes");
        }

        int start = _token.Start;
        draft.Name = TakeString();
        var named = new OpDraft(draft.Results.Count > 0 ? draft.Span : SpanFrom(start)) { Name = draft.Name };
        named.Results.AddRange(draft.Results);
        _draft = draft = named;
        if (draft.Name.Length == 0)
        {
            Fail(IRCodes.Syntax, "an operation's name is empty", draft.Span, "write \"dialect.name\"");
        }

        Expect(TokenKind.LeftParen, "'(' before the operands");
        ParseOperandNames(draft);
        if (TryTake(TokenKind.LeftSquare))
        {
            ParseSuccessors(draft, frame);
        }

        if (TryTake(TokenKind.Less))
        {
            draft.Properties = ParseAttribute();
            Expect(TokenKind.Greater, "'>' after the properties");
        }

        if (TryTake(TokenKind.LeftParen))
        {
            Expect(TokenKind.LeftBrace, "'{' at the start of a region");
            _frames.Push(new Frame(draft, new Region()));
            return;
        }

        FinishOperation(draft);
    }

    private void ParseResultNames(OpDraft draft)
    {
        do
        {
            SourceSpan span = Here;
            string name = TokenString;
            Expect(TokenKind.PercentId, "a result name such as %0");
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

            draft.Results.Add((name, count, span));
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.Equal, "'=' after the result names");
    }

    private void ParseOperandNames(OpDraft draft)
    {
        if (TryTake(TokenKind.RightParen))
        {
            return;
        }

        do
        {
            draft.Operands.Add(TakeOperandName());
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightParen, "')' after the operands");
    }

    private void ParseSuccessors(OpDraft draft, Frame frame)
    {
        do
        {
            SourceSpan span = Here;
            string name = TokenString;
            Expect(TokenKind.CaretId, "a block name such as ^bb1");
            if (!frame.Blocks.TryGetValue(name, out var known))
            {
                frame.Blocks.Add(name, known = (new Block(), span, false));
            }

            draft.Successors.Add(known.Block);
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightSquare, "']' after the successors");
    }

    private void ParseModuleSugar(OpDraft draft)
    {
        draft.Name = "builtin.module";
        draft.IsModuleSugar = true;
        Advance();
        if (_token.Kind == TokenKind.AtId)
        {
            draft.Properties = _context.Dictionary([("sym_name", _context.String(TakeSymbolName()))]);
        }

        if (TryKeyword("attributes"))
        {
            draft.Attributes = ParseDictionary();
        }

        Expect(TokenKind.LeftBrace, "'{' at the start of the module");
        var region = new Region();
        _frames.Push(new Frame(draft, region) { Block = region.AddBlock() });
    }

    private void ParseBlockLabel(Frame frame)
    {
        SourceSpan span = Here;
        string name = TokenString;
        Advance();
        if (frame.Blocks.TryGetValue(name, out var known) && known.Defined)
        {
            _diagnostics.Add(Diagnostic.Error(IRCodes.Redefinition, $"block {name} is defined twice", span, "give one of them another name")
                .WithNote("it is defined here first", known.Span));
            throw new ParseStop();
        }

        Block block = known.Block ?? new Block();
        block.Span = span;
        frame.Blocks[name] = (block, span, true);
        frame.Region.Append(block);
        frame.Block = block;
        if (TryTake(TokenKind.LeftParen) && !TryTake(TokenKind.RightParen))
        {
            do
            {
                SourceSpan at = Here;
                string argument = TokenString;
                Expect(TokenKind.PercentId, "a block argument such as %arg0");
                Expect(TokenKind.Colon, "':' and the argument's type");
                BlockArgument added = block.AddArgument(ParseType(), at);
                if (IsKeyword("loc"))
                {
                    added.Location = ParseTrailingLocation(out (string Name, SourceSpan Span)? alias);
                    if (alias is { } late)
                    {
                        _lateLocations.Add((l => added.Location = l, late.Name, late.Span));
                    }
                }

                Define(frame, argument, [added], at);
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightParen, "')' after the block arguments");
        }

        Expect(TokenKind.Colon, "':' after the block label");
    }

    private void CloseRegion(Frame frame)
    {
        OpDraft draft = _draft = frame.Draft!; // Only the outermost frame has none, and it is not closed.
        Advance();
        _frames.Pop();
        foreach (var (name, (_, span, defined)) in frame.Blocks)
        {
            if (!defined)
            {
                string remedy = NearestName.Suggest(name, frame.Blocks.Where(b => b.Value.Defined).Select(b => b.Key)) ?? "define the block in this region";
                _diagnostics.Error(IRCodes.UndefinedBlock, $"block {name} is not defined in this region", span, remedy);
            }
        }

        foreach (string name in frame.Defined)
        {
            _values.Remove(name);
        }

        draft.Regions.Add(frame.Region);
        if (draft.Pretty is not null)
        {
            BeginPrettyRegion(draft);
            return;
        }

        if (!draft.IsModuleSugar)
        {
            if (TryTake(TokenKind.Comma))
            {
                Expect(TokenKind.LeftBrace, "'{' at the start of the next region");
                _frames.Push(new Frame(draft, new Region()));
                return;
            }

            Expect(TokenKind.RightParen, "')' after the regions");
        }

        FinishOperation(draft);
    }

    // From the attributes on; then the operation is made and added to the block of the enclosing frame.
    private void FinishOperation(OpDraft draft)
    {
        List<IRType> operandTypes = draft.OperandTypes;
        List<IRType> resultTypes = draft.ResultTypes;
        if (!draft.IsModuleSugar && draft.Pretty is null)
        {
            if (_token.Kind == TokenKind.LeftBrace)
            {
                draft.Attributes = ParseDictionary();
            }

            Expect(TokenKind.Colon, "':' and the operation's type");
            ParseSignature(draft, operandTypes, resultTypes);
        }

        if (IsKeyword("loc"))
        {
            draft.Location = ParseTrailingLocation(out draft.LocationAlias);
        }

        var state = new OperationState(_context.Name(draft.Name))
        {
            ResultTypes = resultTypes,
            Attributes = draft.Attributes,
            Properties = draft.Properties,
            Regions = draft.Regions,
            Successors = draft.Successors,
            Span = draft.Span,
            Location = draft.Location,
        };
        for (int i = 0; i < operandTypes.Count; i++)
        {
            state.Operands.Add(Resolve(draft.Operands[i].Name, draft.Operands[i].Index, operandTypes[i], draft.Operands[i].Span));
        }

        Operation op = Operation.Create(state);
        if (draft.LocationAlias is { } late)
        {
            _lateLocations.Add((l => op.Location = l, late.Name, late.Span));
        }

        Frame frame = _frames.Peek();
        frame.Block ??= frame.Region.AddBlock();
        frame.Block.Append(op);
        int first = 0;
        foreach ((string name, int count, SourceSpan span) in draft.Results)
        {
            Define(frame, name, op.Results.Skip(first).Take(count).ToArray<Value>(), span);
            first += count;
        }
    }

    private void ParseSignature(OpDraft draft, List<IRType> operandTypes, List<IRType> resultTypes)
    {
        SourceSpan span = Here;
        TakeSignature(operandTypes, resultTypes);
        if (operandTypes.Count != draft.Operands.Count)
        {
            Fail(IRCodes.CountMismatch, $"'{draft.Name}' has {draft.Operands.Count} operands and {operandTypes.Count} operand types", span,
                "write one type for each operand");
        }

        CheckResultNames(draft, resultTypes);
    }

    private void CheckResultNames(OpDraft draft, List<IRType> resultTypes)
    {
        int named = draft.Results.Sum(r => r.Count);
        if (named != resultTypes.Count && draft.Results.Count > 0)
        {
            Fail(IRCodes.CountMismatch, $"'{draft.Name}' has {resultTypes.Count} results and {named} result names", draft.Span,
                "name as many results as there are result types");
        }
    }
}
