using System.Diagnostics.CodeAnalysis;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// Regions and blocks.
public sealed partial class IRParser
{
    private Frame[] _frames = new Frame[16];
    private int _frameCount;

    // A region being read. The outermost is the file, which has no draft.
    private struct Frame
    {
        public OpDraft? Draft;
        public Region Region;
        public Block? Block;

        // Blocks named so far, or null for none; those without a definition have no region yet.
        public Dictionary<string, LabelEntry>? Labels;

        // How many names were defined, and how many parts of operations wait, outside this region.
        public int Defined;
        public int Operands;
        public int Results;
        public int Successors;
        public int Regions;
    }

    private readonly record struct LabelEntry(Block Block, SourceSpan Span, bool Defined);

    private void ExpectRegion(OpDraft draft)
    {
        Expect(TokenKind.LeftBrace, "'{' at the start of a region");
        OpenRegion(draft, new Region());
    }

    private void OpenRegion(OpDraft? draft, Region region)
    {
        if (_frameCount > RegionDepthMax)
        {
            _tooDeep = true;
            Fail(IRCodes.TooDeep, $"regions nest more than {RegionDepthMax} deep", new SourceSpan(_source, _previousEnd - 1, 1), "nest them less");
        }

        if (_frameCount == _frames.Length)
        {
            Array.Resize(ref _frames, 2 * _frameCount);
        }

        _frames[_frameCount++] = new Frame
        {
            Draft = draft,
            Region = region,
            Block = region.First,
            Defined = _definedCount,
            Operands = _operands.Count,
            Results = _results.Count,
            Successors = _successors.Count,
            Regions = _regions.Count,
        };
    }

    private void CloseRegion()
    {
        Frame frame = _frames[--_frameCount];
        OpDraft draft = frame.Draft!; // Only the outermost frame has none, and it is not closed.
        _unfinished = draft;
        if (frame.Labels is not null)
        {
            ReportUndefinedBlocks(frame.Labels);
        }

        Advance();
        ForgetNames(frame.Defined);
        if (draft.IsModuleSugar)
        {
            frame.Region.EnsureBlock();
        }

        _regions.Push(frame.Region);
        if (draft.Pretty is not null)
        {
            BeginPrettyRegion(draft);
            return;
        }

        if (!draft.IsModuleSugar)
        {
            if (TryTake(TokenKind.Comma))
            {
                ExpectRegion(draft);
                return;
            }

            Expect(TokenKind.RightParen, "')' after the regions");
        }

        FinishOperation(draft);
    }

    private void ReportUndefinedBlocks(Dictionary<string, LabelEntry> labels)
    {
        foreach ((string name, LabelEntry label) in labels.OrderBy(l => l.Value.Span.Start))
        {
            if (!label.Defined)
            {
                string remedy = NearestName.Suggest(name, labels.Where(b => b.Value.Defined).Select(b => b.Key)) ?? "define the block in this region";
                _diagnostics.Error(IRCodes.UndefinedBlock, $"block {name} is not defined in this region", label.Span, remedy);
            }
        }
    }

    private void ParseSuccessors()
    {
        ref Frame frame = ref _frames[_frameCount - 1];
        do
        {
            SourceSpan span = Here;
            string name = TokenString;
            Expect(TokenKind.CaretId, "a block name such as ^bb1");
            frame.Labels ??= new Dictionary<string, LabelEntry>(StringComparer.Ordinal);
            if (!frame.Labels.TryGetValue(name, out LabelEntry label))
            {
                frame.Labels.Add(name, label = new LabelEntry(new Block(), span, false));
            }

            _successors.Push(label.Block);
        }
        while (TryTake(TokenKind.Comma));
        Expect(TokenKind.RightSquare, "']' after the successors");
    }

    private void ParseBlockLabel()
    {
        SourceSpan span = Here;
        string name = TokenString;
        Advance();
        ref Frame frame = ref _frames[_frameCount - 1];
        frame.Labels ??= new Dictionary<string, LabelEntry>(StringComparer.Ordinal);
        if (frame.Labels.TryGetValue(name, out LabelEntry known) && known.Defined)
        {
            FailDefinedTwice(name, span, known.Span);
        }

        Block block = known.Block ?? new Block();
        block.Span = span;
        frame.Labels[name] = new LabelEntry(block, span, true);
        frame.Region.Append(block);
        frame.Block = block;
        if (TryTake(TokenKind.LeftParen) && !TryTake(TokenKind.RightParen))
        {
            do
            {
                ParseBlockArgument(block);
            }
            while (TryTake(TokenKind.Comma));
            Expect(TokenKind.RightParen, "')' after the block arguments");
        }

        Expect(TokenKind.Colon, "':' after the block label");
    }

    [DoesNotReturn]
    private void FailDefinedTwice(string name, SourceSpan span, SourceSpan first)
    {
        _diagnostics.Add(Diagnostic.Error(IRCodes.Redefinition, $"block {name} is defined twice", span, "give one of them another name")
            .WithNote("it is defined here first", first));
        throw new ParseStop();
    }

    private void ParseBlockArgument(Block block)
    {
        Token token = _token;
        int entry = TakeNameId();
        if (_token.Kind == TokenKind.HashId)
        {
            Fail(IRCodes.Syntax, "an argument is one value and has no result number", Here, "leave '#' and the number out");
        }

        Expect(TokenKind.Colon, "':' and the argument's type");
        BlockArgument added = block.AddArgument(ParseType(), SpanOf(token));
        if (IsKeyword("loc"u8))
        {
            added.Location = ParseTrailingLocation(out (string Name, SourceSpan Span)? alias);
            if (alias is { } late)
            {
                _lateLocations.Add((l => added.Location = l, late.Name, late.Span));
            }
        }

        Define(new NameRef(entry, 1, token.Start, token.Length), added, 1);
    }
}
