using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Checks an operation and all inside it: that names are declared, counts and types are as declared, values are visible where they are
/// used, blocks end as they must, symbols are unique, and what each operation demands itself. All mistakes are reported, up to the bag's limit.
/// </summary>
public sealed class IRVerifier
{
    private readonly VerifyContext _context;
    private readonly HashSet<Block> _entered = [];

    private IRVerifier(DiagnosticBag diagnostics) => _context = new VerifyContext(diagnostics);

    /// <summary>Reports into <paramref name="diagnostics"/>; true when nothing was wrong.</summary>
    public static bool Verify(Operation root, DiagnosticBag diagnostics)
    {
        var bag = new DiagnosticBag();
        var verifier = new IRVerifier(bag);
        foreach (Operation op in root.Walk())
        {
            verifier.VerifyOperation(op, root);
        }

        new VisibilityCheck(bag).Run(root);

        diagnostics.AddRange(bag.Items);
        return !bag.HasErrors;
    }

    private void VerifyOperation(Operation op, Operation root)
    {
        if (op.Info is null && op.Name.Dialect is { } dialect)
        {
            string remedy = NearestName.Suggest(op.Name.Text, dialect.Ops.Select(o => o.Name)) ?? $"use an operation of dialect '{dialect.Name}'";
            _context.Diagnostics.Error(IRCodes.UnknownOperation, $"dialect '{dialect.Name}' has no operation '{op.Name}'", op.Span, remedy);
        }

        VerifyPlace(op, root);
        foreach (Region region in op.Regions)
        {
            VerifyRegion(op, region);
        }

        if (op.Has(OpTraits.SymbolTable) || op.Name.Text == "builtin.module")
        {
            VerifySymbols(op);
        }

        if (op.VerifyStructure(_context))
        {
            op.Verify(_context);
        }
    }

    private void VerifyPlace(Operation op, Operation root)
    {
        if (op.Next is not null && (op.Has(OpTraits.Terminator) || op.Successors.Count > 0))
        {
            _context.Error(op, IRCodes.Terminator, "must be the last operation of its block", "move it to the end, or remove what follows");
        }

        foreach (Block successor in op.Successors)
        {
            if (!ReferenceEquals(op, root) && !ReferenceEquals(successor.Region, op.ParentRegion))
            {
                _context.Error(op, IRCodes.ControlFlow, "passes control to a block of another region", "name a block of the same region");
            }
            else if (successor.Previous is null && _entered.Add(successor))
            {
                _context.Error(op, IRCodes.ControlFlow, "passes control to the entry block of its region", "add a block before it and name another one");
            }
        }
    }

    private void VerifyRegion(Operation op, Region region)
    {
        if (op.Has(OpTraits.SingleBlock) && region.Count > 1)
        {
            _context.Error(op, IRCodes.WrongCount, $"has a region with {region.Count} blocks, but takes one", "put the operations into one block");
        }

        bool needsTerminator = op.Info is not null && !op.Has(OpTraits.NoTerminator);
        foreach (Block block in region.Blocks)
        {
            if (block.Last is not { } last)
            {
                if (region.Count > 1 || needsTerminator)
                {
                    SourceSpan span = block.Span.Source is null ? op.Span : block.Span;
                    _context.Diagnostics.Error(IRCodes.Terminator, $"a block of '{op.Name}' is empty", span, "end it with a terminator");
                }
            }
            else if (needsTerminator && !last.Has(OpTraits.Terminator) && last.Info is not null)
            {
                _context.Error(last, IRCodes.Terminator, $"ends a block of '{op.Name}' but is no terminator", "end the block with a terminator such as agent.yield");
            }
        }
    }

    private void VerifySymbols(Operation table)
    {
        var seen = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (Region region in table.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                foreach (Operation op in block.Operations)
                {
                    if (op.SymbolName is { } name && !seen.TryAdd(name, op))
                    {
                        _context.Diagnostics.Add(Diagnostic.Error(IRCodes.DuplicateSymbol, $"symbol '{name}' is declared twice", op.Span, "give one of them another name")
                            .WithNote("it is declared here first", seen[name].Span));
                    }
                }
            }
        }
    }
}
