using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// What holds for blocks and regions whatever the operations in them are.
internal sealed class RegionRules(VerifyContext context)
{
    /// <summary>No block passes control to the first one of its region.</summary>
    public void CheckEntryBlocks(Operation op)
    {
        foreach (Region region in op.Regions)
        {
            if (region.First is { } entry && FindBranchTo(entry, region) is { } branch)
            {
                context.Diagnostics.Add(Diagnostic.Error(IRCodes.ControlFlow, $"control passes to the entry block of a region of '{op.Name}'", op.Span,
                    "add a block before it and name another one").WithNote("it passes from here", branch.Span));
            }
        }

        if (op.Has(OpTraits.SingleBlock) && op.Regions.FirstOrDefault(r => r.Count > 1) is { } many)
        {
            context.Error(op, IRCodes.WrongCount, $"has a region with {many.Count} blocks, but takes one", "put the operations into one block");
        }
    }

    /// <summary>Only the last operation of a block passes control on, and where there are several blocks none is empty.</summary>
    public void CheckBlock(Block block)
    {
        Operation? around = block.ParentOp;
        bool needsTerminator = around?.Info is not null && !around.Has(OpTraits.NoTerminator);
        if (block.First is null && (block.Region is { Count: > 1 } || needsTerminator) && around is not null)
        {
            context.Diagnostics.Add(Diagnostic.Error(IRCodes.Terminator, $"a block of '{around.Name}' is empty", around.Span, "end it with a terminator")
                .WithNote("it is this block", block.Span));
        }

        for (Operation? op = block.First; op is not null; op = op.NextInBlock)
        {
            if (op.NextInBlock is not null && (op.Has(OpTraits.Terminator) || op.Successors.Count > 0))
            {
                context.Error(op, IRCodes.Terminator, "must be the last operation of its block", "move it to the end, or remove what follows");
            }
        }
    }

    /// <summary>The last operation is a terminator and names blocks of its own region.</summary>
    public void CheckEnd(Block block)
    {
        if (block.Last is not { } last)
        {
            return;
        }

        foreach (Block successor in last.Successors)
        {
            if (!ReferenceEquals(successor.Region, block.Region))
            {
                context.Error(last, IRCodes.ControlFlow, "passes control to a block of another region", "name a block of the same region");
            }
        }

        Operation? around = block.ParentOp;
        bool needsTerminator = block.Region is { Count: > 1 } || (around?.Info is not null && !around.Has(OpTraits.NoTerminator));
        bool isKnown = last.Info is not null || BuiltinRules.Applies(last);
        if (needsTerminator && isKnown && !last.Has(OpTraits.Terminator))
        {
            context.Error(last, IRCodes.Terminator, $"ends a block of '{around?.Name}' but is no terminator", "end the block with a terminator such as agent.yield");
        }
    }

    /// <summary>Symbols are unique in their table.</summary>
    public void CheckRegions(Operation table)
    {
        if (!table.Has(OpTraits.SymbolTable) && !BuiltinRules.IsModule(table))
        {
            return;
        }

        var seen = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (Region region in table.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                for (Operation? op = block.First; op is not null; op = op.NextInBlock)
                {
                    if (op.SymbolName is { } name && !seen.TryAdd(name, op))
                    {
                        context.Diagnostics.Add(Diagnostic.Error(IRCodes.DuplicateSymbol, $"symbol '{name}' is declared twice", op.Span, "give one of them another name")
                            .WithNote("it is declared here first", seen[name].Span));
                    }
                }
            }
        }
    }

    private static Operation? FindBranchTo(Block entry, Region region)
    {
        foreach (Block block in region.Blocks)
        {
            for (Operation? op = block.First; op is not null; op = op.NextInBlock)
            {
                foreach (Block successor in op.Successors)
                {
                    if (ReferenceEquals(successor, entry))
                    {
                        return op;
                    }
                }
            }
        }

        return null;
    }
}
