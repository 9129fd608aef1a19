using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>What an <see cref="OpSyntax"/> reads an operation with: the parser, and the parts found so far.</summary>
public sealed class OpReader
{
    internal OpReader(IRParser parser, OpInfo info, SourceSpan span) => (Parser, Info, Span) = (parser, info, span);

    /// <summary>The parser, for punctuation, types and attributes.</summary>
    public IRParser Parser { get; }

    /// <summary>The context of what is read.</summary>
    public Context Context => Parser.Context;

    /// <summary>What is declared about the operation.</summary>
    public OpInfo Info { get; }

    /// <summary>Where the operation begins.</summary>
    public SourceSpan Span { get; }

    /// <summary>The types of the operands read so far, which the syntax adds; as many as operands in the end.</summary>
    public List<IRType> OperandTypes { get; } = [];

    /// <summary>The types of the results.</summary>
    public List<IRType> ResultTypes { get; } = [];

    /// <summary>How many operands were read.</summary>
    public int OperandCount { get; private set; }

    internal List<NamedAttr> Attributes { get; } = [];

    /// <summary>Adds an attribute.</summary>
    public void Add(string name, Attr value) => Attributes.Add(new NamedAttr(name, value));

    /// <summary>Takes <c>%name</c> or <c>%name#1</c>, and its type if that is known already.</summary>
    public void TakeOperand(IRType? type = null)
    {
        Parser.PushOperandName();
        OperandCount++;
        if (type is not null)
        {
            OperandTypes.Add(type);
        }
    }

    /// <summary>Takes operands separated by commas, if there are any.</summary>
    public void TakeOperands(IRType? type = null)
    {
        if (!Parser.OperandFollows)
        {
            return;
        }

        do
        {
            TakeOperand(type);
        }
        while (Parser.TryTake(","));
    }

    /// <summary>Takes <c>@name</c> and gives the name, or null when there is none.</summary>
    public string? TakeSymbol() => Parser.TryTakeSymbolName();

    /// <summary>Takes <c>[^a, ^b]</c>, if it is there.</summary>
    public void TakeSuccessors() => Parser.TakeSuccessorNames();

    /// <summary>Takes <c>{name = value}</c>, if it is there; with <paramref name="withKeyword"/> behind the word <c>attributes</c>.</summary>
    public void TakeAttributes(bool withKeyword = false)
    {
        if (Parser.TryTakeDictionary(withKeyword ? "attributes" : null) is { } dictionary)
        {
            Attributes.AddRange(dictionary.Entries);
        }
    }

    /// <summary>
    /// Takes <c>: (types) -> types</c>, or <c>: types</c> of the operands, or of the results when there are no operands, if it is there. An
    /// operation whose operands and result have one type is given it once, <c>: type</c>, as in MLIR.
    /// </summary>
    public void TakeTypes()
    {
        if (!Parser.TryTake(":"))
        {
            return;
        }

        if (Parser.ParenthesisFollows)
        {
            Parser.TakeSignature(OperandTypes, ResultTypes);
            return;
        }

        if (OperandCount > 0 && Info.Traits.HasFlag(OpTraits.SameOperandsAndResultType))
        {
            IRType type = Parser.ParseType();
            OperandTypes.AddRange(Enumerable.Repeat(type, OperandCount));
            ResultTypes.Add(type);
            return;
        }

        List<IRType> types = OperandCount > 0 ? OperandTypes : ResultTypes;
        do
        {
            types.Add(Parser.ParseType());
        }
        while (Parser.TryTake(","));
    }
}

/// <summary>What an <see cref="OpSyntax"/> writes an operation with.</summary>
public sealed class OpWriter
{
    private readonly AsmWriter _writer;
    private readonly ValueNames _names;

    internal OpWriter(AsmWriter writer, ValueNames names) => (_writer, _names) = (writer, names);

    /// <summary>Writes text as it is.</summary>
    public OpWriter Write(string text)
    {
        _writer.Write(text);
        return this;
    }

    /// <summary>Writes a type or an attribute; a number without its type where that is what is read by default.</summary>
    public OpWriter Write(Interned part)
    {
        _ = part is Attr attr ? _writer.WriteElided(attr) : _writer.Write(part);
        return this;
    }

    /// <summary>Writes text in quotes.</summary>
    public OpWriter Quoted(string text)
    {
        _writer.WriteQuoted(text);
        return this;
    }

    /// <summary>Writes <c>@name</c>.</summary>
    public OpWriter Symbol(string name)
    {
        _writer.WriteSymbol(name);
        return this;
    }

    /// <summary>Writes the name of a value.</summary>
    public OpWriter Value(Value value)
    {
        _names.Write(_writer, value);
        return this;
    }

    /// <summary>Writes the operands with commas, behind <paramref name="before"/>, if there are any.</summary>
    public OpWriter Operands(Operation op, string before = "")
    {
        for (int i = 0; i < op.OperandCount; i++)
        {
            _writer.Write(i == 0 ? before : ", ");
            _names.Write(_writer, op.GetOperand(i));
        }

        return this;
    }

    /// <summary>Writes <c> [^a, ^b]</c>, if there are successors.</summary>
    public OpWriter Successors(Operation op)
    {
        for (int i = 0; i < op.Successors.Count; i++)
        {
            _writer.Write(i == 0 ? " [" : ", ").Write("^bb"u8).Write(op.Successors[i].Scratch);
        }

        return op.Successors.Count > 0 ? Write("]") : this;
    }

    /// <summary>Writes <c> {name = value}</c> with all attributes but those of <paramref name="except"/>, if there are any.</summary>
    public OpWriter Attributes(Operation op, IReadOnlyCollection<string> except, bool withKeyword = false)
    {
        IEnumerable<NamedAttr> all = ((op.Properties as DictionaryAttr)?.Entries ?? []).Concat(op.Attributes.Entries);
        bool first = true;
        foreach (NamedAttr attribute in all.Where(a => !except.Contains(a.Name) && !IsDefault(op, a)))
        {
            _writer.Write(!first ? ", " : withKeyword ? " attributes {" : " {").WriteKey(attribute.Name);
            if (attribute.Value is not UnitAttr)
            {
                _writer.Write(" = ").WriteElided(attribute.Value);
            }

            first = false;
        }

        return first ? this : Write("}");
    }

    // What is filled in when it is absent need not be written.
    private static bool IsDefault(Operation op, NamedAttr attribute)
    {
        foreach ((string name, string text) in op.Info?.Defaults ?? [])
        {
            if (name == attribute.Name)
            {
                return attribute.Value.ToString() == text;
            }
        }

        return false;
    }

    /// <summary>Writes the types as <see cref="OpReader.TakeTypes"/> reads them.</summary>
    public OpWriter Types(Operation op)
    {
        if (op.OperandCount == 0 && op.Results.Count == 0)
        {
            return this;
        }

        List<IRType> operands = [.. Enumerable.Range(0, op.OperandCount).Select(i => op.GetOperand(i).Type)];
        List<IRType> results = [.. op.Results.Select(r => r.Type)];
        List<IRType> only = operands.Count == 0 ? results : operands;
        if (op.Has(OpTraits.SameOperandsAndResultType) && operands.Count > 0)
        {
            bool same = results.Count == 1 && results[0] is not FunctionType && operands.All(t => ReferenceEquals(t, results[0]));
            _ = same ? _writer.Write(" : ").Write(results[0]) : _writer.Write(" : (").WriteList(operands).Write(") -> ").WriteResults(results);
        }
        else if ((operands.Count == 0 || results.Count == 0) && only[0] is not FunctionType)
        {
            _writer.Write(" : ").WriteList(only);
        }
        else
        {
            _writer.Write(" : (").WriteList(operands).Write(") -> ").WriteResults(results);
        }

        return this;
    }
}
