namespace Orchestrator.IR;

/// <summary>
/// How operations of a name are written in pretty form: what follows the bare name up to the regions, which come last, each in braces.
/// What it prints it must read back to an equal operation.
/// </summary>
public abstract class OpSyntax
{
    /// <summary>Whether this operation can be written so; if not, it is printed in generic form.</summary>
    public virtual bool CanPrint(Operation op) => op.Info is { } info && op.Properties is null or DictionaryAttr
        && (op.Properties as DictionaryAttr)?.Entries.All(e => op.Info.IsInherent(e.Name)) != false
        && op.Regions.Count <= MostRegions(info.Shape);

    /// <summary>The word with which it is printed: the name of the operation, unless the parser knows a shorter one.</summary>
    public virtual string NameOf(Operation op) => op.Name.Text;

    /// <summary>Reads what follows the name.</summary>
    public abstract void Parse(OpReader reader);

    /// <summary>Writes what follows the name, starting with a blank if there is anything.</summary>
    public abstract void Print(Operation op, OpWriter writer);

    /// <summary>What is written before region <paramref name="index"/>: a word, a comma, or nothing.</summary>
    public virtual string RegionLabel(OpShape shape, int index) =>
        shape.Regions.Length > 1 && index < shape.Regions.Length && shape.Regions[index].Count == PartCount.One ? shape.Regions[index].Name
        : index == 0 ? "" : ",";

    /// <summary>Whether a region that is written without a block has an empty one.</summary>
    public virtual bool FillsRegions => false;

    private static int MostRegions(OpShape shape) =>
        shape.Regions.Any(r => r.Count == PartCount.Many) ? int.MaxValue : shape.Regions.Length;
}

/// <summary>
/// The form of every registered operation that asks for no other:
/// <c>name @symbol %operands [^successors] {attributes} : (types) -> types {regions}</c>, each part only if there is something to say. With
/// regions the attributes follow the word <c>attributes</c>. Several regions of fixed number are labelled with their names.
/// </summary>
public sealed class DefaultSyntax : OpSyntax
{
    private const string SymbolName = "sym_name";

    private DefaultSyntax()
    {
    }

    /// <summary>The one.</summary>
    public static DefaultSyntax Instance { get; } = new();

    /// <inheritdoc/>
    public override void Parse(OpReader reader)
    {
        if (reader.Info.IsInherent(SymbolName) && reader.TakeSymbol() is { } symbol)
        {
            reader.Add(SymbolName, reader.Context.String(symbol));
        }

        reader.TakeOperands();
        reader.TakeSuccessors();
        reader.TakeAttributes(withKeyword: reader.Info.Shape.Regions.Length > 0);
        reader.TakeTypes();
    }

    /// <inheritdoc/>
    public override void Print(Operation op, OpWriter writer)
    {
        bool symbol = op.Info is { } info && info.IsInherent(SymbolName) && op.Properties is DictionaryAttr own && own.Get(SymbolName) is StringAttr { Type: null };
        if (symbol)
        {
            writer.Write(" ").Symbol(op.SymbolName ?? "");
        }

        writer.Operands(op, " ").Successors(op)
            .Attributes(op, symbol ? [SymbolName] : [], withKeyword: op.Info is { Shape.Regions.Length: > 0 }).Types(op);
    }
}
