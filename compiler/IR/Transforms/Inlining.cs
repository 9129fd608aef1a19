namespace Orchestrator.IR;

/// <summary>Puts a copy of what is called in the place of a call.</summary>
internal sealed class Inlining(Context context)
{
    private const string Branch = "cf.br";

    /// <summary>Why the body of <paramref name="callable"/> cannot stand at <paramref name="call"/>, or null when it can.</summary>
    public string? WhyNot(Operation call, ICallOp asCall, Operation callable)
    {
        if (callable is not ICallableOp { CallableRegion: { First: { } entry } body })
        {
            return "it has no body";
        }

        if (callable.Name.Dialect is not { } dialect || !dialect.MayInline(call, callable))
        {
            return "its dialect does not allow it";
        }

        if (!SameTypes(asCall.Arguments, entry))
        {
            return "the call passes other types";
        }

        foreach (Block block in body.Blocks)
        {
            if (block.Last is not { } last || (last.Successors.Count == 0 && !Returns(last, call)))
            {
                return "it does not end in a return with what the call gives";
            }
        }

        if (body.Count > 1 && (call.ParentOp is not { } around || around.Has(OpTraits.SingleBlock) || around is not ICallableOp || context.Name(Branch).Info is null))
        {
            return "it has several blocks, and the place of the call takes one";
        }

        return AllMayStandIn(body, call.ParentRegion);
    }

    private static bool SameTypes(OperandList arguments, Block entry)
    {
        if (arguments.Count != entry.Arguments.Count)
        {
            return false;
        }

        for (int i = 0; i < arguments.Count; i++)
        {
            if (!ReferenceEquals(arguments[i].Type, entry.Arguments[i].Type))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Returns(Operation last, Operation call)
    {
        if (!last.Has(OpTraits.ReturnLike) || last.OperandCount != call.Results.Count)
        {
            return false;
        }

        for (int i = 0; i < call.Results.Count; i++)
        {
            if (!ReferenceEquals(last.GetOperand(i).Type, call.Results[i].Type))
            {
                return false;
            }
        }

        return true;
    }

    private static string? AllMayStandIn(Region body, Region? place)
    {
        foreach (Block block in body.Blocks)
        {
            foreach (Operation top in block.Operations)
            {
                foreach (Operation op in top.Walk())
                {
                    if (op.Name.Dialect is not { } dialect || place is null || !dialect.MayInlineInto(op, place))
                    {
                        return $"it holds '{op.Name}', about which nobody says that it may be copied";
                    }
                }
            }
        }

        return null;
    }

    /// <summary>Does it; the call is gone afterwards. Gives the operations that were put in, without what is inside them.</summary>
    public List<Operation> Inline(Operation call, ICallOp asCall, Region body)
    {
        var mapping = new ValueMapping();
        Block entry = body.First!; // WhyNot saw it.
        for (int i = 0; i < entry.Arguments.Count; i++)
        {
            mapping.Map(entry.Arguments[i], asCall.Arguments[i]);
        }

        var placed = new List<Operation>();
        return body.Count == 1 ? InlineStraight(call, entry, mapping, placed) : InlineBlocks(call, body, mapping, placed);
    }

    private List<Operation> InlineStraight(Operation call, Block entry, ValueMapping mapping, List<Operation> placed)
    {
        LocationAttr? place = PlaceOf(call);
        Operation last = entry.Last!; // WhyNot saw it.
        for (Operation? op = entry.First; op is not null && !ReferenceEquals(op, last); op = op.Next)
        {
            Operation copy = Copy(op, mapping, place);
            call.Block!.InsertBefore(call, copy); // A call is in a block.
            placed.Add(copy);
        }

        BindForward(placed, mapping);
        for (int i = 0; i < call.Results.Count; i++)
        {
            call.Results[i].ReplaceAllUsesWith(mapping.Of(last.GetOperand(i)));
        }

        call.Erase();
        return placed;
    }

    private List<Operation> InlineBlocks(Operation call, Region body, ValueMapping mapping, List<Operation> placed)
    {
        var rewriter = new Rewriter(context);
        LocationAttr? place = PlaceOf(call);
        Block before = call.Block!; // A call is in a block.
        Block after = rewriter.Split(call);
        foreach (OpResult result in call.Results)
        {
            BlockArgument argument = after.AddArgument(result.Type, call.Span);
            argument.Location = call.WrittenLocation;
            result.ReplaceAllUsesWith(argument);
        }

        foreach (Block block in body.Blocks)
        {
            Block copy = ReferenceEquals(block, body.First) ? before : rewriter.CreateBlock(after);
            mapping.Map(block, copy);
            for (int i = 0; copy != before && i < block.Arguments.Count; i++)
            {
                BlockArgument argument = copy.AddArgument(block.Arguments[i].Type, block.Arguments[i].WrittenAt);
                argument.Location = block.Arguments[i].Location;
                mapping.Map(block.Arguments[i], argument);
            }
        }

        foreach (Block block in body.Blocks)
        {
            foreach (Operation op in block.Operations)
            {
                Operation copy = Copy(op, mapping, place);
                mapping.Of(block).Append(copy);
                placed.Add(copy);
            }
        }

        BindForward(placed, mapping);
        for (int i = 0; i < placed.Count; i++)
        {
            Operation op = placed[i];
            if (op.Next is null && op.Successors.Count == 0)
            {
                placed[i] = OpBuilder.BeforeOp(op).Create(Branch, operands: [.. op.Operands], span: op.Span, successors: [after], location: op.WrittenLocation);
                op.Erase();
            }
        }

        call.Erase();
        return placed;
    }

    // What comes later in the text was not copied yet when an operand was looked up.
    private static void BindForward(List<Operation> placed, ValueMapping mapping)
    {
        foreach (Operation top in placed)
        {
            foreach (Operation op in top.Walk())
            {
                for (int i = 0; i < op.OperandCount; i++)
                {
                    Value value = op.GetOperand(i);
                    if (mapping.Of(value) is var by && !ReferenceEquals(by, value))
                    {
                        op.SetOperand(i, by);
                    }
                }
            }
        }
    }

    private Operation Copy(Operation op, ValueMapping mapping, LocationAttr? place)
    {
        Operation copy = op.Clone(mapping);
        foreach (Operation inner in copy.Walk())
        {
            if (place is not null && (inner.WrittenLocation is not null || inner.Span.Source is not null))
            {
                inner.Location = context.Intern(new CallSiteLoc(context, inner.Location, place));
            }
        }

        return copy;
    }

    private static LocationAttr? PlaceOf(Operation call) => call.WrittenLocation is null && call.Span.Source is null ? null : call.Location;
}
