using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Parsing;
using Orchestrator.IR.Editing;

namespace Orchestrator.Frontend.Editing;

/// <summary>Something that a Flow file declares.</summary>
/// <param name="Word">The word it begins with, such as <c>model</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Start">Offset of the word.</param>
/// <param name="End">Offset of the next declaration, or of the end.</param>
internal sealed record FlowDeclared(string Word, NameUse Name, int Start, int End);

/// <summary>
/// Reads names and scopes from a Flow file that may be broken, from its words alone: braces are scopes, and what gives a name is known by the
/// words beside it.
/// </summary>
internal sealed class FlowScan
{
    private static readonly HashSet<int> NameTokens =
    [
        FlowLexer.NAME, FlowLexer.MODEL, FlowLexer.TOOL, FlowLexer.INDEX, FlowLexer.MEMORY, FlowLexer.TYPE, FlowLexer.FIRST, FlowLexer.ANY, FlowLexer.BEST, FlowLexer.OF,
        FlowLexer.BY, FlowLexer.AT, FlowLexer.MOST, FlowLexer.TIMES, FlowLexer.ORDER, FlowLexer.APART, FlowLexer.FROM, FlowLexer.OUT,
    ];

    private static readonly HashSet<int> DeclarationTokens =
        [FlowLexer.MODEL, FlowLexer.TOOL, FlowLexer.INDEX, FlowLexer.MEMORY, FlowLexer.TYPE, FlowLexer.WORKFLOW];

    private readonly List<IToken> _tokens;
    private readonly Stack<int> _scopes = new();

    // Names that the next brace's scope sees: parameters, what a loop is over.
    private readonly List<IToken> _pending = [];
    private string _word = "";
    private int _scope;
    private int _parentheses;
    private int _at;

    public FlowScan(SourceText source, CancellationToken cancellation)
    {
        _tokens = [.. FlowSyntax.Tokens(source).Where(t => t.Channel == Lexer.DefaultTokenChannel)];
        for (_at = 0; _at < _tokens.Count; _at++)
        {
            Step(_tokens[_at]);
            if ((_at & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        for (int i = 0; i < Declared.Count; i++)
        {
            Declared[i] = Declared[i] with { End = i + 1 < Declared.Count ? Declared[i + 1].Start : source.Text.Length };
        }

        Names.Resolve();
    }

    public NameIndex Names { get; } = new();

    public List<FlowDeclared> Declared { get; } = [];

    /// <summary>For each name that is given by <c>=</c>, the offset of what follows.</summary>
    public Dictionary<int, int> Values { get; } = [];

    private void Step(IToken token)
    {
        switch (token.Type)
        {
            case FlowLexer.LBRACE or FlowLexer.INTERP_OPEN:
                Open(token);
                break;
            case FlowLexer.RBRACE when _scopes.Count > 0:
                Names.Close(_scope, token.StartIndex);
                _scope = _scopes.Pop();
                break;
            case FlowLexer.LPAREN:
                _parentheses++;
                break;
            case FlowLexer.RPAREN:
                _parentheses = Math.Max(0, _parentheses - 1);
                break;
            default:
                if (DeclarationTokens.Contains(token.Type) && _scopes.Count == 0 && Is(1, NameTokens) && Type(-1) is not (FlowLexer.DOT or FlowLexer.COLON or FlowLexer.ASSIGN))
                {
                    Declare(token);
                }
                else if (NameTokens.Contains(token.Type))
                {
                    Name(token);
                }

                break;
        }
    }

    private void Declare(IToken word)
    {
        _word = word.Text;
        IToken name = _tokens[++_at];
        NameKind kind = word.Type == FlowLexer.TYPE ? NameKind.Type : NameKind.Symbol;
        NameUse use = Add(name, NameKind.Symbol, 0, true);
        Declared.Add(new FlowDeclared(_word, use with { Kind = kind }, word.StartIndex, name.StopIndex + 1));
        _parentheses = 0;
        _pending.Clear();
    }

    private void Name(IToken token)
    {
        if (Type(-1) == FlowLexer.DOT)
        {
            return;
        }

        bool label = Type(1) == FlowLexer.COLON;
        if (label)
        {
            // A parameter of a workflow; every other word before a colon is a label.
            if (_word == "workflow" && _scopes.Count == 0 && _parentheses > 0)
            {
                _pending.Add(token);
            }

            return;
        }

        if (Type(1) == FlowLexer.ASSIGN && _scopes.Count > 0)
        {
            Add(token, NameKind.Value, _scope, true);
            if (_at + 2 < _tokens.Count)
            {
                Values[token.StartIndex] = _tokens[_at + 2].StartIndex;
            }

            return;
        }

        if ((Type(-1) == FlowLexer.FOR && Type(1) == FlowLexer.IN) || (Type(-1) == FlowLexer.AS && Type(1) == FlowLexer.AT))
        {
            _pending.Add(token);
        }
        else if (Type(-1) == FlowLexer.BY && Type(1) == FlowLexer.FAT_ARROW)
        {
            Add(token, NameKind.Value, _scope, true);
        }
        else if (token.Type == FlowLexer.NAME || Names.Find(token.Text, NameKind.Symbol, 0) is not null)
        {
            NameKind kind = Names.Find(token.Text, NameKind.Value, _scope) is null ? NameKind.Symbol : NameKind.Value;
            Add(token, kind, _scope, false);
        }
    }

    private void Open(IToken token)
    {
        _scopes.Push(_scope);
        _scope = Names.Open(_scope, token.StartIndex);
        if (token.Type == FlowLexer.INTERP_OPEN)
        {
            return;
        }

        foreach (IToken name in _pending)
        {
            Add(name, NameKind.Value, _scope, true);
        }

        _pending.Clear();
    }

    private NameUse Add(IToken token, NameKind kind, int scope, bool isDefinition) =>
        Names.Add(token.Text, kind, token.StartIndex, token.StopIndex - token.StartIndex + 1, scope, isDefinition);

    private int Type(int ahead) => _at + ahead >= 0 && _at + ahead < _tokens.Count ? _tokens[_at + ahead].Type : TokenConstants.EOF;

    private bool Is(int ahead, HashSet<int> types) => types.Contains(Type(ahead));
}
