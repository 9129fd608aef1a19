namespace Orchestrator.IR.Editing;

/// <summary>An operation as it is written.</summary>
internal sealed class MlirOp(string name, int start, int nameStart, int scope)
{
    /// <summary>Its name without quotes.</summary>
    public string Name { get; } = name;

    /// <summary>Offset of its first result, or of its name when it has none.</summary>
    public int Start { get; } = start;

    /// <summary>Offset of the first character of the name.</summary>
    public int NameStart { get; } = nameStart;

    /// <summary>The scope in which it stands.</summary>
    public int Scope { get; } = scope;

    /// <summary>Offset after its last token.</summary>
    public int End { get; set; } = nameStart + name.Length;

    /// <summary>Offset after the last colon outside its brackets, where its type begins; -1 when there is none.</summary>
    public int TypeStart { get; set; } = -1;

    /// <summary>Names of its results in order, with how many values each stands for.</summary>
    public List<(string Name, int Count)> Results { get; } = [];

    /// <summary>The symbol that it defines, or null.</summary>
    public NameUse? Symbol { get; set; }

    /// <summary>The operation in whose braces it stands, or null.</summary>
    public MlirOp? Parent { get; init; }
}

/// <summary>
/// Reads names, scopes and operations from IR text that may be broken. A brace opens a scope; an operation begins where a line or a brace does
/// and goes on until the next one. The generic form is read exactly, custom forms by their habits.
/// </summary>
internal sealed class MlirScan
{
    private static readonly HashSet<string> Visibilities = new(StringComparer.Ordinal) { "private", "public", "nested" };
    private readonly string _text;
    private readonly List<MlirToken> _tokens;
    private readonly Stack<Frame> _frames = new();

    // Names in the head of an operation in custom form that its region sees: arguments, loop variables.
    private readonly List<MlirToken> _pending = [];
    private Frame _frame = new(0, null);
    private int _at;

    public MlirScan(string text, CancellationToken cancellation)
    {
        _text = text;
        _tokens = MlirTokens.Read(text, cancellation);
        while (_at < _tokens.Count)
        {
            Step();
            if ((_at & 0xFFF) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        NoRegionFollowed();
        Names.Resolve();
    }

    public NameIndex Names { get; } = new();

    public List<MlirOp> Ops { get; } = [];

    private MlirToken Now => _tokens[_at];

    private void Step()
    {
        MlirToken token = Now;
        if ((token.IsFirst || _frame.IsFresh) && Begins())
        {
            return;
        }

        _frame.IsFresh = false;
        switch (token.Kind)
        {
            case MlirTokenKind.Value:
                if (_frame.Op is { } op && IsCustom(op) && (IsMark(1, '=') || (IsMark(1, ':') && _frame.Depth > 0)))
                {
                    _pending.Add(token);
                }
                else
                {
                    Add(token, NameKind.Value, _frame.Scope, false);
                }

                break;
            case MlirTokenKind.Block:
                Add(token, NameKind.Block, _frame.Scope, false);
                break;
            case MlirTokenKind.Symbol:
                Symbol(token);
                break;
            case MlirTokenKind.Attribute or MlirTokenKind.Type when _text.IndexOf('.', token.Start, token.Length) < 0:
                Add(token, token.Kind == MlirTokenKind.Type ? NameKind.Type : NameKind.AttributeAlias, 0, false);
                break;
            case MlirTokenKind.Word when Is(token, "sym_name") && IsMark(1, '=') && At(2) is { Kind: MlirTokenKind.Text } name:
                // Where the operation stands, not inside its braces.
                int scope = _frame.IsAttributes ? _frame.Outer : _frame.Scope;
                DefineSymbol(name.Start + 1, Math.Max(0, name.Length - 2), scope, _frame.Op);
                break;
            case MlirTokenKind.Mark:
                Mark(token);
                break;
        }

        if (_frame.Op is { } current)
        {
            current.End = token.End;
        }

        _at++;
    }

    // An operation, a block or an alias at the start of a line or brace.
    private bool Begins()
    {
        MlirToken token = Now;
        if (token.Kind is MlirTokenKind.Attribute or MlirTokenKind.Type && IsMark(1, '='))
        {
            Add(token, token.Kind == MlirTokenKind.Type ? NameKind.Type : NameKind.AttributeAlias, 0, true);
            (_frame.Op, _frame.IsFresh) = (null, false);
            _at += 2;
            return true;
        }

        if (token.Kind == MlirTokenKind.Block)
        {
            return Label();
        }

        int name = AfterResults(out List<(MlirToken Token, int Count)> results);
        if (name < 0 || At(name) is not { } op)
        {
            return false;
        }

        bool generic = op.Kind == MlirTokenKind.Text && IsMark(name + 1, '(');
        bool custom = op.Kind == MlirTokenKind.Word && !char.IsAsciiDigit(_text[op.Start]) && !IsMark(name + 1, '=')
            && (results.Count > 0 || _text.IndexOf('.', op.Start, op.Length) > 0 || Is(op, "module") || Is(op, "func") || Is(op, "return"));
        if (!generic && !custom)
        {
            return false;
        }

        NoRegionFollowed();
        int quote = generic ? 1 : 0;
        int length = Math.Max(0, op.Length - 2 * quote);
        var found = new MlirOp(_text.Substring(op.Start + quote, length), token.Start, op.Start + quote, _frame.Scope) { Parent = _frames.TryPeek(out Frame? outer) ? outer.Op : null, End = op.End };
        foreach ((MlirToken result, int count) in results)
        {
            Add(result, NameKind.Value, _frame.Scope, true);
            found.Results.Add((_text.Substring(result.Start, result.Length), count));
        }

        Ops.Add(found);
        (_frame.Op, _frame.Depth, _frame.IsFresh, _frame.HasSymbol) = (found, 0, false, false);
        _at += name + 1;
        return true;
    }

    // ^bb0(%a: i32, %b: i32):
    private bool Label()
    {
        int end = 1;
        if (IsMark(1, '('))
        {
            while (At(end) is { } inside && !(inside.Kind == MlirTokenKind.Mark && _text[inside.Start] is ')' or '{' or '}'))
            {
                end++;
            }

            end++;
        }

        if (!IsMark(end, ':'))
        {
            return false;
        }

        NoRegionFollowed();
        Add(Now, NameKind.Block, _frame.Scope, true);
        for (int i = 1; i < end; i++)
        {
            if (At(i) is { Kind: MlirTokenKind.Value } argument)
            {
                Add(argument, NameKind.Value, _frame.Scope, true);
            }
        }

        (_frame.Op, _frame.IsFresh) = (null, true);
        _at += end + 1;
        return true;
    }

    // The number of tokens before the operation's name: %a, %b:2 = ; -1 when what stands here is no operation.
    private int AfterResults(out List<(MlirToken Token, int Count)> results)
    {
        results = [];
        int i = 0;
        while (At(i) is { Kind: MlirTokenKind.Value } value)
        {
            int count = 1;
            i++;
            if (IsMark(i, ':') && At(i + 1) is { Kind: MlirTokenKind.Word } digits && int.TryParse(_text.AsSpan(digits.Start, digits.Length), out int pack))
            {
                (count, i) = (pack, i + 2);
            }

            results.Add((value, count));
            if (IsMark(i, '='))
            {
                return i + 1;
            }

            if (!IsMark(i, ','))
            {
                return -1;
            }

            i++;
        }

        return results.Count == 0 ? 0 : -1;
    }

    private void Symbol(MlirToken token)
    {
        bool nested = _at > 0 && Is(_tokens[_at - 1], "::");
        bool defines = !nested && _frame.Op is { } op && IsCustom(op) && !_frame.HasSymbol && !op.Name.EndsWith("call", StringComparison.Ordinal) && Follows(op);
        int quote = _text.AsSpan(token.Start).StartsWith("@\"") ? 1 : 0;
        _frame.HasSymbol = true;
        if (defines)
        {
            DefineSymbol(token.Start + 1 + quote, token.Length - 1 - 2 * quote, _frame.Scope, _frame.Op);
        }
        else
        {
            string name = _text.Substring(token.Start + 1 + quote, Math.Max(0, token.Length - 1 - 2 * quote));
            Names.Add(name, NameKind.Symbol, token.Start, token.Length, _frame.Scope, false);
        }
    }

    // Whether the token comes right after the operation's name, or after a word about visibility.
    private bool Follows(MlirOp op)
    {
        int before = _at - 1;
        while (before >= 0 && Visibilities.Contains(_text.Substring(_tokens[before].Start, _tokens[before].Length)))
        {
            before--;
        }

        return before >= 0 && _tokens[before].Start == op.NameStart;
    }

    private void DefineSymbol(int start, int length, int scope, MlirOp? op)
    {
        NameUse use = Names.Add(_text.Substring(start, length), NameKind.Symbol, start, length, scope, true);
        if (op is not null)
        {
            op.Symbol ??= use;
        }
    }

    private void Mark(MlirToken token)
    {
        switch (_text[token.Start])
        {
            case '{':
                Open(token);
                break;
            case '}' when _frames.Count > 0:
                Names.Close(_frame.Scope, token.Start);
                _frame = _frames.Pop();
                break;
            case '(' or '[' or '<':
                _frame.Depth++;
                break;
            case ')' or ']' or '>':
                _frame.Depth = Math.Max(0, _frame.Depth - 1);
                break;
            case ':' when _frame.Depth == 0 && token.Length == 1 && _frame.Op is { } op:
                op.TypeStart = token.End;
                break;
        }
    }

    private void Open(MlirToken token)
    {
        // <{…}> and {key…} are attributes: a scope without names of its own, and part of the operation.
        bool attributes = _at > 0 && _text[_tokens[_at - 1].Start] == '<' || _frame.Op is { } op && !IsCustom(op) && _frame.Depth == 0;
        int scope = Names.Open(_frame.Scope, token.Start);
        _frames.Push(_frame);
        _frame = new Frame(scope, attributes ? _frame.Op : null) { IsAttributes = attributes, Outer = _frame.Scope, IsFresh = !attributes };
        foreach (MlirToken argument in attributes ? [] : _pending)
        {
            Add(argument, NameKind.Value, scope, true);
        }

        if (!attributes)
        {
            _pending.Clear();
        }
    }

    // What looked like arguments of a region was what a branch hands over.
    private void NoRegionFollowed()
    {
        foreach (MlirToken value in _pending)
        {
            Add(value, NameKind.Value, _frame.Scope, false);
        }

        _pending.Clear();
    }

    private void Add(MlirToken token, NameKind kind, int scope, bool isDefinition)
    {
        int length = token.Length;
        Names.Add(_text.Substring(token.Start, length), kind, token.Start, length, scope, isDefinition);
    }

    private bool IsCustom(MlirOp op) => op.NameStart == 0 || _text[op.NameStart - 1] != '"';

    private MlirToken? At(int ahead) => _at + ahead < _tokens.Count ? _tokens[_at + ahead] : null;

    private bool IsMark(int ahead, char mark) => At(ahead) is { Kind: MlirTokenKind.Mark, Length: 1 } token && _text[token.Start] == mark;

    private bool Is(MlirToken token, string word) => _text.AsSpan(token.Start, token.Length).SequenceEqual(word);

    // What is open: a brace, and the operation that is being read in it.
    private sealed class Frame(int scope, MlirOp? op)
    {
        public int Scope { get; } = scope;

        public int Outer { get; init; } = scope;

        public MlirOp? Op { get; set; } = op;

        public int Depth { get; set; }

        public bool IsFresh { get; set; } = true;

        public bool IsAttributes { get; init; }

        public bool HasSymbol { get; set; }
    }
}
