using System.Runtime.ExceptionServices;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// Checks an operation and all inside it: that names are declared, counts and types are as declared, values are visible where they are
/// used, blocks end as they must, symbols are unique, and what each operation demands itself. All mistakes are reported, up to the bag's limit.
/// </summary>
/// <remarks>
/// The order is MLIR's, so that the first mistake is the one that MLIR reports: an operation, then its regions, then what holds for the regions
/// as a whole; operations that see nothing from outside come after everything beside them; visibility of values comes last.
/// </remarks>
public sealed class IRVerifier
{
    private readonly VerifyContext _context;
    private readonly Visibility _visibility;
    private readonly RegionRules _rules;
    private readonly Stack<Step> _steps = new();
    private ExceptionDispatchInfo? _stumbled;

    // Operations that see nothing from outside, by the operation around them; they wait until that one has been checked.
    private readonly Dictionary<Operation, List<Operation>> _isolated = [];

    private IRVerifier(DiagnosticBag diagnostics)
    {
        _context = new VerifyContext(diagnostics);
        _visibility = new Visibility(diagnostics);
        _rules = new RegionRules(_context);
    }

    private enum StepKind
    {
        Operation,
        RestOfBlock,
        EndOfBlock,
        Finish,
        Values,
    }

    // What is still to be done with an operation, or with a block from an operation on.
    private readonly record struct Step(StepKind Kind, Operation? Op, Block? Block);

    /// <summary>Reports into <paramref name="diagnostics"/>; true when nothing was wrong.</summary>
    public static bool Verify(Operation root, DiagnosticBag diagnostics)
    {
        var bag = new DiagnosticBag();
        var verifier = new IRVerifier(bag);
        verifier.Run(root);
        if (!bag.HasErrors)
        {
            verifier._stumbled?.Throw();
        }

        diagnostics.AddRange(bag.Items);
        return !bag.HasErrors;
    }

    private void Run(Operation root)
    {
        Push(root);
        while (_steps.TryPop(out Step step))
        {
            switch (step)
            {
                case { Kind: StepKind.Operation, Op: { } op }:
                    Enter(op);
                    break;
                case { Kind: StepKind.RestOfBlock, Block: { } block }:
                    CheckFrom(block, step.Op);
                    break;
                case { Kind: StepKind.EndOfBlock, Block: { } block }:
                    _rules.CheckEnd(block);
                    break;
                case { Kind: StepKind.Finish, Op: { } op }:
                    Finish(op);
                    break;
                case { Kind: StepKind.Values, Op: { } op }:
                    _visibility.CheckInside(op);
                    break;
            }
        }
    }

    private void Push(Operation op)
    {
        _steps.Push(new Step(StepKind.Values, op, null));
        _steps.Push(new Step(StepKind.Operation, op, null));
    }

    private void Enter(Operation op)
    {
        CheckOperation(op);
        _rules.CheckEntryBlocks(op);
        _steps.Push(new Step(StepKind.Finish, op, null));
        for (int i = op.Regions.Count - 1; i >= 0; i--)
        {
            for (Block? block = op.Regions[i].Last; block is not null; block = block.Previous)
            {
                _steps.Push(new Step(StepKind.RestOfBlock, null, block));
            }
        }
    }

    private void CheckOperation(Operation op)
    {
        if (op.Info is null && BuiltinRules.Applies(op))
        {
            BuiltinRules.Check(_context, op);
        }

        if (op.VerifyStructure(_context))
        {
            VerifyRules(op);
        }
    }

    // An operation's own rules may ask others, and one that is not as declared has no answer. That is the other's mistake, reported where it
    // stands; only when nothing is reported at all was it this rule that went wrong.
    private void VerifyRules(Operation op)
    {
        try
        {
            op.Verify(_context);
        }
        catch (Exception e) when (e is NullReferenceException or InvalidCastException or InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            _stumbled ??= ExceptionDispatchInfo.Capture(e);
        }
    }

    // From an operation on, or a whole block with null. Operations without regions are done at once.
    private void CheckFrom(Block block, Operation? from)
    {
        if (from is null)
        {
            _rules.CheckBlock(block);
        }

        for (Operation? op = from ?? block.First; op is not null; op = op.NextInBlock)
        {
            if (op.Regions.Count == 0)
            {
                CheckOperation(op);
                Finish(op);
            }
            else if (Visibility.IsIsolated(op) && op.ParentOp is { } parent)
            {
                (_isolated.TryGetValue(parent, out List<Operation>? waiting) ? waiting : _isolated[parent] = []).Add(op);
            }
            else
            {
                _steps.Push(new Step(op.NextInBlock is null ? StepKind.EndOfBlock : StepKind.RestOfBlock, op.NextInBlock, block));
                _steps.Push(new Step(StepKind.Operation, op, null));
                return;
            }
        }

        _rules.CheckEnd(block);
    }

    private void Finish(Operation op)
    {
        if (_isolated.Remove(op, out List<Operation>? waiting))
        {
            _steps.Push(new Step(StepKind.Finish, op, null));
            for (int i = waiting.Count - 1; i >= 0; i--)
            {
                Push(waiting[i]);
            }

            return;
        }

        if (op.Regions.Count > 0)
        {
            _visibility.CheckIsolation(op);
            _rules.CheckRegions(op);
        }

        if (op.Info is null && op.Name.Dialect is { } dialect)
        {
            string remedy = NearestName.Suggest(op.Name.Text, dialect.Ops.Select(o => o.Name)) ?? $"use an operation of dialect '{dialect.Name}'";
            _context.Diagnostics.Error(IRCodes.UnknownOperation, $"dialect '{dialect.Name}' has no operation '{op.Name}'", op.Span, remedy);
        }
        else if (op.Info is null && op.Name.Text.StartsWith("builtin.", StringComparison.Ordinal) && !BuiltinRules.Applies(op))
        {
            _context.Diagnostics.Error(IRCodes.UnknownOperation, $"dialect 'builtin' has no operation '{op.Name}'", op.Span, "use builtin.module or builtin.unrealized_conversion_cast");
        }
    }
}
