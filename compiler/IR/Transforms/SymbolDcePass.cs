namespace Orchestrator.IR;

/// <summary>Removes symbols that nobody outside can name and nobody inside does.</summary>
[Pass("symbol-dce")]
public sealed partial class SymbolDcePass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        if (!root.Has(OpTraits.SymbolTable))
        {
            context.Diagnostics.Error(IRCodes.WrongAnchor, $"'{Name}' runs on an operation that holds symbols, not on '{root.Name}'", root.Span, "run it on builtin.module");
            return;
        }

        var work = new LiveSymbols();
        work.Mark(root);
        var dead = new List<Operation>();
        foreach (Operation table in root.Walk())
        {
            if (!table.Has(OpTraits.SymbolTable))
            {
                continue;
            }

            foreach (Region region in table.Regions)
            {
                foreach (Block block in region.Blocks)
                {
                    foreach (Operation op in block.Operations)
                    {
                        if (SymbolUses.IsSymbol(op) && !work.IsLive(op))
                        {
                            dead.Add(op);
                        }
                    }
                }
            }
        }

        // A table is listed before what is in it: erase inner ones first.
        for (int i = dead.Count - 1; i >= 0; i--)
        {
            dead[i].Erase();
        }

        context.Count(this, "num-dce'd", dead.Count);
        if (dead.Count == 0)
        {
            context.PreserveAll();
        }
    }
}
