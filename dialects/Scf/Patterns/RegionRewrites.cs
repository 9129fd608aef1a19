using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>Steps that several patterns of <c>scf</c> are made of.</summary>
internal static class RegionRewrites
{
    /// <summary>
    /// Makes the same operation with other operands and without the results marked in <paramref name="drop"/>, which nothing may use, moves the
    /// regions over and puts it in the place of <paramref name="op"/>.
    /// </summary>
    public static Operation Rebuild(Rewriter rewriter, Operation op, ReadOnlySpan<Value> operands, ReadOnlySpan<bool> drop)
    {
        var types = new List<IRType>();
        for (int i = 0; i < op.Results.Count; i++)
        {
            if (!drop[i])
            {
                types.Add(op.Results[i].Type);
            }
        }

        var attributes = new List<NamedAttr>(op.Attributes.Entries);
        if (op.Properties is DictionaryAttr properties)
        {
            attributes.AddRange(properties.Entries);
        }

        var regions = new Region[op.Regions.Count];
        for (int i = 0; i < regions.Length; i++)
        {
            regions[i] = new Region();
        }

        Operation made = rewriter.Before(op).Create(op.Name.Text, operands, types.ToArray(), attributes.ToArray(), regions, op.Span, location: op.WrittenLocation);
        for (int i = 0; i < regions.Length; i++)
        {
            regions[i].TakeBlocksOf(op.Regions[i]);
        }

        int kept = 0;
        for (int i = 0; i < op.Results.Count; i++)
        {
            if (!drop[i])
            {
                rewriter.ReplaceUses(op.Results[i], made.Results[kept++]);
            }
        }

        rewriter.Erase(op);
        rewriter.Touch(made);
        return made;
    }

    /// <summary>Removes the operands of a terminator that are marked, from <paramref name="start"/> on.</summary>
    public static void RemoveOperands(Rewriter rewriter, Operation terminator, ReadOnlySpan<bool> drop, int start = 0)
    {
        for (int i = drop.Length - 1; i >= 0; i--)
        {
            if (drop[i])
            {
                if (terminator.GetOperand(start + i).DefiningOp is { } definition)
                {
                    rewriter.Touch(definition);
                }

                terminator.RemoveOperand(start + i);
            }
        }

        rewriter.Touch(terminator);
    }

    /// <summary>Removes the arguments of a block that are marked, from <paramref name="start"/> on; nothing may use them.</summary>
    public static void RemoveArguments(Block block, ReadOnlySpan<bool> drop, int start = 0)
    {
        for (int i = drop.Length - 1; i >= 0; i--)
        {
            if (drop[i])
            {
                block.RemoveArgument(start + i);
            }
        }
    }

    /// <summary>The block's operations move before <paramref name="op"/> with <paramref name="arguments"/> for its arguments, and what its end hands over replaces the results.</summary>
    public static void Inline(Rewriter rewriter, Operation op, Block block, IReadOnlyList<Value> arguments)
    {
        for (int i = 0; i < arguments.Count; i++)
        {
            rewriter.ReplaceUses(block.Arguments[i], arguments[i]);
        }

        Value[] values = rewriter.InlineBefore(op, block);
        rewriter.Replace(op, values);
    }

    /// <summary>Whether <paramref name="value"/>, which a terminator directly inside <paramref name="region"/> uses, is defined outside that region.</summary>
    public static bool IsFromOutside(Value value, Region region) => !ReferenceEquals(value.ParentBlock?.Region, region);

    /// <summary>Whether the region does nothing but yield.</summary>
    public static bool OnlyYields(Region region) => region.First is { } block && ReferenceEquals(block.First, block.Last) && region.Count == 1;
}
