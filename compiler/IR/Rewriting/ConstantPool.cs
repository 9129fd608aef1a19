using System.Runtime.CompilerServices;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// The constants of a rewrite, one for each dialect, value and type, at the start of the entry block of the nearest region that sees
/// nothing from outside. So equal constants are one operation, and it is defined before everything that could use it.
/// </summary>
internal sealed class ConstantPool(Rewriter rewriter)
{
    private readonly record struct Key(Region Region, Dialect? Dialect, Attr Value, IRType Type)
    {
        public bool Equals(Key other) => ReferenceEquals(Region, other.Region) && ReferenceEquals(Value, other.Value)
            && ReferenceEquals(Type, other.Type) && ReferenceEquals(Dialect, other.Dialect);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(Region) ^ RuntimeHelpers.GetHashCode(Value) * 31 ^ RuntimeHelpers.GetHashCode(Type) * 17;
    }

    private readonly Dictionary<Key, Operation> _known = [];
    private readonly OpBuilder _builder = new(rewriter.Context) { Listener = rewriter };
    private Block? _lastBlock;
    private Region? _lastRegion;

    /// <summary>
    /// Takes the constant <paramref name="op"/> in: gives true when it stays, perhaps at another place, and false when an equal one replaced it.
    /// </summary>
    public bool Take(Operation op)
    {
        if (op.Block is not { } block || op.Results.Count != 1 || op.Results[0].ConstantValue is not { } value)
        {
            return true;
        }

        OpResult result = op.Results[0];
        var key = new Key(RegionFor(block), op.Name.Dialect, value, result.Type);
        if (Find(key) is { } known)
        {
            if (ReferenceEquals(known, op))
            {
                PlaceFirst(op, key.Region.First);
                return true;
            }

            rewriter.Replace(op, known.Results);
            known.Location = op.Context.UnknownLocation;
            return false;
        }

        PlaceFirst(op, key.Region.First);
        _known[key] = op;
        return true;
    }

    /// <summary>
    /// The constant <paramref name="value"/> of <paramref name="type"/> for a use in <paramref name="block"/>, or null when <paramref name="dialect"/> makes none.
    /// </summary>
    public Value? Get(Block block, Dialect dialect, Attr value, IRType type, SourceSpan span)
    {
        Region region = RegionFor(block);
        var key = new Key(region, dialect, value, type);
        if (Find(key) is { } known)
        {
            return known.Results[0];
        }

        Block entry = region.First ?? block;
        _builder.SetInsertionPointToStart(entry);
        _builder.Span = span with { Length = 0 };
        if (dialect.MaterializeConstant(_builder, value, type, span) is not { Results.Count: 1 } made)
        {
            return null;
        }

        // Several dialects may make constants of the same one.
        if (!ReferenceEquals(made.Results[0].ConstantValue, value) || !ReferenceEquals(made.Results[0].Type, type))
        {
            return made.Results[0];
        }

        var own = key with { Dialect = made.Name.Dialect };
        if (!ReferenceEquals(own.Dialect, dialect) && Find(own) is { } equal)
        {
            rewriter.Erase(made);
            made = equal;
        }

        _known[own] = _known[key] = made;
        return made.Results[0];
    }

    // What was erased meanwhile is in no block any more.
    private Operation? Find(in Key key) =>
        _known.TryGetValue(key, out Operation? known) && ReferenceEquals(known.Block, key.Region.First)
        && ReferenceEquals(known.Results[0].ConstantValue, key.Value) ? known : null;

    private void PlaceFirst(Operation op, Block? entry)
    {
        if (entry?.First is not { } first || ReferenceEquals(first, op) || (ReferenceEquals(op.Block, entry) && IsTaken(op.Previous)))
        {
            return;
        }

        op.MoveBefore(first);
        rewriter.Changes++;
        op.Location = op.Context.UnknownLocation;
    }

    private bool IsTaken(Operation? op) => op is not null && op.Has(OpTraits.Constant) && op.Results.Count == 1
        && op.Results[0].ConstantValue is { } value && op.ParentRegion is { } region
        && ReferenceEquals(Find(new Key(region, op.Name.Dialect, value, op.Results[0].Type)), op);

    private Region RegionFor(Block block)
    {
        if (ReferenceEquals(block, _lastBlock) && _lastRegion is { } last)
        {
            return last;
        }

        Region region = block.Region!; // The caller's operation is in a block of a region.
        while (region.Parent is { Info: { } info, Block: { Region: { } outer } } parent
            && (info.Traits & OpTraits.IsolatedFromAbove) == 0 && parent.Name.Dialect?.KeepsConstants(region) != true)
        {
            region = outer;
        }

        (_lastBlock, _lastRegion) = (block, region);
        return region;
    }
}
