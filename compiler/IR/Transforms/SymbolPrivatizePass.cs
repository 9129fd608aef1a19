namespace Orchestrator.IR;

/// <summary>Makes the symbols directly inside an operation private, so that <c>symbol-dce</c> may remove those that nobody names.</summary>
[Pass("symbol-privatize")]
public sealed partial class SymbolPrivatizePass : Pass
{
    /// <summary>Names of symbols that stay as they are, with commas between them.</summary>
    [PassOption("exclude")]
    public string Excluded { get; set; } = "";

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        if (!root.Has(OpTraits.SymbolTable))
        {
            context.Diagnostics.Error(IRCodes.WrongAnchor, $"'{Name}' runs on an operation that holds symbols, not on '{root.Name}'", root.Span, "run it on builtin.module");
            return;
        }

        var excluded = new HashSet<string>(Excluded.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries), StringComparer.Ordinal);
        StringAttr hidden = root.Context.String("private");
        int privatized = 0;
        foreach (Region region in root.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                foreach (Operation op in block.Operations)
                {
                    if (SymbolUses.IsSymbol(op) && op.SymbolName is { } name && !excluded.Contains(name) && SymbolUses.VisibilityOf(op) != "private" && context.MayAct(Name))
                    {
                        op.SetAttr("sym_visibility", hidden);
                        privatized++;
                    }
                }
            }
        }

        context.Count(this, "privatized", privatized);
        if (privatized == 0)
        {
            context.PreserveAll();
        }
    }
}
