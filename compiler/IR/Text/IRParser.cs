using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Reads MLIR's generic form. Regions nest on an explicit stack; types, attributes and locations nest to <see cref="DepthMax"/>.
/// After a mistake reading goes on at the next operation, so one run reports all of them.
/// </summary>
public sealed partial class IRParser
{
    /// <summary>How deep types, attributes and locations may nest.</summary>
    public const int DepthMax = 256;

    /// <summary>How deep regions may nest. Printing indents by two blanks a level, so the text grows with the square of the depth.</summary>
    public const int RegionDepthMax = 20_000;

    private readonly Context _context;
    private readonly SourceText _source;
    private readonly byte[] _text;
    private readonly int _length;
    private readonly DiagnosticBag _diagnostics;
    private readonly Lexer _lexer;
    private Token _token;
    private int _previousEnd;
    private int _stepStart;
    private int _depth;
    private int _deepest;
    private bool _readsAlias;
    private readonly Dictionary<Interned, int> _heights = new(ReferenceEqualityComparer.Instance);
    private bool _tooDeep; // Nothing after it makes sense.
    private OpDraft? _unfinished;
    private readonly ResourceSection _resources = new();

    private IRParser(SourceText source, Context context, DiagnosticBag diagnostics)
    {
        (_source, _context, _diagnostics) = (source.AsUtf8(), context, diagnostics);
        (_text, _length) = (_source.ZeroTerminated, _source.Length);
        (_nameIds, _opNames, _words, _dictionaries, _signatures) = (new(_text), new(_text), new(_text), new(_text), new(_text));
        _lexer = new Lexer(_text, _length);
        _token = _lexer.Next();
    }

    /// <summary>The context of what is read.</summary>
    public Context Context => _context;

    /// <summary>
    /// Reads a file: the module it holds, or its operations in a module of our own when it does not hold exactly one <c>builtin.module</c>.
    /// Null when there were errors. Nothing is verified; see <see cref="IRVerifier"/>.
    /// </summary>
    public static ParsedModule? Parse(SourceText source, Context context, DiagnosticBag diagnostics)
    {
        var bag = new DiagnosticBag();
        ParsedModule parsed = new IRParser(source, context, bag).ParseFile();
        diagnostics.AddRange(bag.Items);
        return bag.HasErrors ? null : parsed;
    }

    /// <summary>Reads one type, such as <c>!agent.list&lt;!agent.text&gt;</c>; null when there were errors.</summary>
    public static IRType? ParseType(SourceText source, Context context, DiagnosticBag diagnostics) =>
        ParseAlone(source, context, diagnostics, static p => p.ParseType());

    /// <summary>Reads one attribute; null when there were errors.</summary>
    public static Attr? ParseAttribute(SourceText source, Context context, DiagnosticBag diagnostics) =>
        ParseAlone(source, context, diagnostics, static p => p.ParseAttribute());

    private static T? ParseAlone<T>(SourceText source, Context context, DiagnosticBag diagnostics, Func<IRParser, T> parse) where T : class
    {
        var parser = new IRParser(source, context, diagnostics);
        try
        {
            T result = parse(parser);
            parser.Expect(TokenKind.End, "the end of the text");
            return result;
        }
        catch (ParseStop)
        {
            return null;
        }
    }

    private ParsedModule ParseFile()
    {
        var region = new Region();
        region.AddBlock();
        OpenRegion(null, region);
        bool more = true;
        while (more)
        {
            more = TryStep();
        }

        FinishFile();
        return new ParsedModule(Wrap(region), _resources.IsEmpty ? null : _resources);
    }

    private bool TryStep()
    {
        int results = _results.Count;
        _stepStart = _token.Start;
        _unfinished = null;
        try
        {
            bool more;
            do
            {
                results = _results.Count;
                _stepStart = _token.Start;
                _unfinished = null;
                more = Step();
            }
            while (more);

            return false;
        }
        catch (ParseStop)
        {
            // The operation that was being read goes, with all of its parts; its results are taken for known.
            (_depth, _readsAlias) = (0, false);
            int first = _unfinished?.Results ?? results;
            PoisonResults(_results.From(Math.Min(first, _results.Count)));
            CutParts();
            return !_tooDeep && _diagnostics.Items.Count < DiagnosticBag.Limit && Recover();
        }
    }

    private void CutParts()
    {
        ref Frame frame = ref _frames[_frameCount - 1];
        _operands.Cut(frame.Operands);
        _results.Cut(frame.Results);
        _successors.Cut(frame.Successors);
        _regions.Cut(frame.Regions);
        _types.Cut(0);
        _values.Cut(0);
    }

    private Operation Wrap(Region region)
    {
        Block block = region.EnsureBlock();
        if (block.Count == 1 && block.First is { Name.Text: "builtin.module" } module)
        {
            module.Remove();
            return module;
        }

        return Operation.Create(new OperationState(_context.Name("builtin.module"))
        {
            Regions = [region],
            Span = new SourceSpan(_source, 0, 0),
            Location = _context.FileLocation(StringAttr.Encode(_source.Path), 0, 0),
        });
    }

    // One operation head, block label, alias, or end of a region; false at the end of the file.
    private bool Step()
    {
        bool top = _frameCount == 1;
        switch (_token.Kind)
        {
            case TokenKind.PercentId or TokenKind.String:
                ParseOperation();
                return true;
            case TokenKind.End when top:
                return false;
            case TokenKind.End:
                ReportOpenRegion();
                return false;
            case TokenKind.RightBrace when !top:
                CloseRegion();
                return true;
            case TokenKind.CaretId when !top:
                ParseBlockLabel();
                return true;
            case TokenKind.HashId when top:
                ParseAttributeAlias();
                return true;
            case TokenKind.BangId when top:
                ParseTypeAlias();
                return true;
            case TokenKind.MetadataBegin when top:
                ParseResources();
                return true;
            default:
                ParseOperation();
                return true;
        }
    }

    private void ReportOpenRegion()
    {
        if (!_diagnostics.HasErrors)
        {
            OpDraft draft = _frames[_frameCount - 1].Draft!; // Only the outermost frame has none.
            _diagnostics.Add(Diagnostic.Error(IRCodes.Syntax, "the file ends inside a region", new SourceSpan(_source, PlaceOfMissing(), 0), "close the region with '}'")
                .WithNote("the operation begins here", new SourceSpan(_source, draft.Start, draft.Length)));
        }
    }

    // Skips to where an operation can begin. Regions that begin in what failed are skipped with it: a '{' at the end of a line opens one and
    // a '}' at the start of a line closes one; other braces belong to dictionaries, which may be what is broken. False at the end of the file.
    private bool Recover()
    {
        int failedAt = _token.Start;
        _lexer.Position = _stepStart;
        int open = 0;
        Token previous = new(TokenKind.Invalid, _stepStart, _stepStart);
        while (true)
        {
            Token token = _lexer.Next();
            if (token.Kind == TokenKind.End)
            {
                _token = token;
                return _frameCount > 1 && Step();
            }

            bool firstOnLine = _text.AsSpan(previous.End, token.Start - previous.End).Contains((byte)'\n');
            if (firstOnLine)
            {
                open += previous.Kind == TokenKind.LeftBrace ? 1 : 0;
                bool passed = token.Start >= failedAt && token.Start > _stepStart;
                if (passed && open == 0 && (CanBegin(token.Kind) || (token.Kind == TokenKind.RightBrace && _frameCount > 1)))
                {
                    _token = token;
                    _previousEnd = previous.End;
                    return true;
                }

                open -= token.Kind == TokenKind.RightBrace && open > 0 ? 1 : 0;
            }

            previous = token;
        }
    }

    private static bool CanBegin(TokenKind kind) => kind is TokenKind.PercentId or TokenKind.String or TokenKind.CaretId or TokenKind.BareId
        or TokenKind.HashId or TokenKind.BangId or TokenKind.MetadataBegin;

    private void FinishFile()
    {
        bool complete = !_diagnostics.HasErrors;
        if (complete || _frameCount == 1)
        {
            ReportUndefinedValues();
        }

        if (complete && !_diagnostics.HasErrors)
        {
            ResolveLocations();
        }

        if (complete && !_diagnostics.HasErrors && _frames[0].Labels is { } labels)
        {
            ReportUndefinedBlocks(labels);
        }
    }
}

/// <summary>What a file holds.</summary>
/// <param name="Module">The module.</param>
/// <param name="Resources">What stood in the resource sections, <c>{-# … #-}</c>, or null.</param>
public sealed record ParsedModule(Operation Module, ResourceSection? Resources)
{
    /// <summary>Writes the text form of the whole file, in UTF-8.</summary>
    public void Print(Stream output, PrintOptions? options = null) => IRPrinter.Print(Module, output, (options ?? PrintOptions.Default) with { Resources = Resources });

    /// <summary>The text form of the whole file.</summary>
    public string Print(PrintOptions? options = null) => IRPrinter.Print(Module, (options ?? PrintOptions.Default) with { Resources = Resources });
}
