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

    private readonly Context _context;
    private readonly SourceText _source;
    private readonly string _text;
    private readonly DiagnosticBag _diagnostics;
    private readonly Lexer _lexer;
    private readonly Stack<Frame> _frames = new();
    private Token _token;
    private int _previousEnd;
    private int _stepStart;
    private int _depth;
    private OpDraft? _draft;
    private string? _resources;

    private IRParser(SourceText source, Context context, DiagnosticBag diagnostics)
    {
        (_source, _text, _context, _diagnostics) = (source, source.Text, context, diagnostics);
        _lexer = new Lexer(_text);
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
        _frames.Push(new Frame(null, region) { Block = region.AddBlock() });
        bool more = true;
        while (more)
        {
            _stepStart = _token.Start;
            _draft = null;
            try
            {
                more = Step();
            }
            catch (ParseStop)
            {
                _depth = 0;
                PoisonResults();
                more = _diagnostics.Items.Count < DiagnosticBag.Limit && Recover();
            }
        }

        FinishFile();
        return new ParsedModule(Wrap(region), _resources);
    }

    private Operation Wrap(Region region)
    {
        Block block = region.EnsureBlock();
        if (block.Count == 1 && block.First is { Name.Text: "builtin.module" } module)
        {
            module.Remove();
            return module;
        }

        return Operation.Create(new OperationState(_context.Name("builtin.module")) { Regions = [region], Span = new SourceSpan(_source, 0, 0) });
    }

    // One operation head, block label, alias, or end of a region; false at the end of the file.
    private bool Step()
    {
        Frame frame = _frames.Peek();
        bool top = _frames.Count == 1;
        switch (_token.Kind)
        {
            case TokenKind.End when top:
                return false;
            case TokenKind.End:
                if (!_diagnostics.HasErrors)
                {
                    _diagnostics.Add(Diagnostic.Error(IRCodes.Syntax, "the file ends inside a region", Here, "close the region with '}'")
                        .WithNote("the operation begins here", frame.Draft!.Span)); // Only the top frame has no draft.
                }

                return false;
            case TokenKind.RightBrace when !top:
                CloseRegion(frame);
                return true;
            case TokenKind.CaretId when !top:
                ParseBlockLabel(frame);
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
                ParseOperation(frame);
                return true;
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
                return _frames.Count > 1 && Step();
            }

            bool firstOnLine = _text.AsSpan(previous.End, token.Start - previous.End).Contains('\n');
            if (firstOnLine)
            {
                open += previous.Kind == TokenKind.LeftBrace ? 1 : 0;
                bool passed = token.Start >= failedAt && token.Start > _stepStart;
                if (passed && open == 0 && (CanBegin(token.Kind) || (token.Kind == TokenKind.RightBrace && _frames.Count > 1)))
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
        if (!_diagnostics.HasErrors)
        {
            ReportUndefinedValues();
            ResolveLocations();
        }
        else if (_frames.Count == 1)
        {
            ReportUndefinedValues();
        }
    }

    private void ParseResources()
    {
        int start = _token.Start;
        while (_token.Kind is not (TokenKind.MetadataEnd or TokenKind.End))
        {
            Advance();
        }

        int end = _token.End;
        Expect(TokenKind.MetadataEnd, "'#-}' at the end of the resources");
        _resources = _text[start..end];
    }
}

/// <summary>What a file holds.</summary>
/// <param name="Module">The module.</param>
/// <param name="Resources">The text of the resource section, <c>{-# … #-}</c>, or null.</param>
public sealed record ParsedModule(Operation Module, string? Resources)
{
    /// <summary>The text form of the whole file.</summary>
    public string Print(PrintOptions? options = null)
    {
        string text = IRPrinter.Print(Module, options);
        return Resources is null ? text : $"{text}\n{Resources}\n";
    }
}
