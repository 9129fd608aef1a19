namespace Orchestrator.IR;

/// <summary>Replaces values that are always the same constant, over branches, regions and calls, by that constant.</summary>
[Pass("sccp")]
public sealed partial class SccpPass : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        var facts = new ConstantPropagation();
        facts.Run(root, context.Cancellation);
        var symbols = new SymbolTables();
        if (!FindsAnything(root, facts, symbols))
        {
            // What is written as a constant is one already; making it again would only move it.
            context.Count(this, "replaced", 0);
            context.PreserveAll();
            return;
        }

        var rewriter = new Rewriter(root.Context);
        var constants = new ConstantPool(rewriter);
        int replaced = 0;
        var pending = new Stack<Block>();
        Push(root, pending);
        while (pending.TryPop(out Block? block))
        {
            foreach (Operation op in block.Operations)
            {
                bool all = op.Results.Count > 0;
                for (int i = 0; i < op.Results.Count; i++)
                {
                    bool done = Replace(op.Results[i], block, op, facts, constants, rewriter, context);
                    replaced += done ? 1 : 0;
                    all &= done;
                }

                if (all && DeadCode.IsDead(op, symbols))
                {
                    rewriter.Erase(op);
                }
                else
                {
                    Push(op, pending);
                }
            }

            foreach (BlockArgument argument in block.Arguments)
            {
                replaced += block.First is { } first && Replace(argument, block, first, facts, constants, rewriter, context) ? 1 : 0;
            }
        }

        context.Count(this, "replaced", replaced);
        if (rewriter.Changes == 0)
        {
            context.PreserveAll();
        }
    }

    private static bool FindsAnything(Operation root, ConstantPropagation facts, SymbolTables symbols)
    {
        foreach (Operation op in root.Walk())
        {
            for (int i = 0; i < op.Results.Count && !op.Has(OpTraits.Constant); i++)
            {
                if (facts.FactOf(op.Results[i]) is { Constant: not null } && (op.Results[i].HasUses || DeadCode.IsDead(op, symbols)))
                {
                    return true;
                }
            }

            for (int r = 0; r < op.Regions.Count; r++)
            {
                foreach (Block block in op.Regions[r].Blocks)
                {
                    foreach (BlockArgument argument in block.Arguments)
                    {
                        if (argument.HasUses && facts.FactOf(argument) is { Constant: not null })
                        {
                            return true;
                        }
                    }
                }
            }
        }

        return false;
    }

    private bool Replace(
        Value value, Block block, Operation place, ConstantPropagation facts, ConstantPool constants, Rewriter rewriter, PassContext context)
    {
        if (facts.FactOf(value) is not { Constant: { } constant, Dialect: { } dialect } || !context.MayAct(Name)
            || constants.Get(block, dialect, constant, value.Type, place.Span) is not { } made)
        {
            return false;
        }

        rewriter.ReplaceUses(value, made);
        return true;
    }

    private static void Push(Operation op, Stack<Block> pending)
    {
        for (int r = 0; r < op.Regions.Count; r++)
        {
            for (Block? block = op.Regions[r].Last; block is not null; block = block.Previous)
            {
                pending.Push(block);
            }
        }
    }
}
