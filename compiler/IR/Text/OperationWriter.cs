namespace Orchestrator.IR;

// One printing: operations in generic form, nested on an explicit stack.
internal sealed class OperationWriter(ValueNames names, PrintOptions options, AsmWriter writer, TextWriter output)
{
    private readonly AsmWriter _writer = writer;

    // Operations whose regions are being printed, with the region that is open.
    private readonly Stack<(Operation Op, int Region)> _open = new();

    public void Run(Operation root)
    {
        Operation? at = root;
        while (at is not null)
        {
            bool pretty = IsPretty(at);
            PrintHead(at, pretty);
            if (at.Regions.Count > 0)
            {
                _writer.Write(pretty ? PrettyLabel(at, 0) : " ({\n");
                _open.Push((at, 0));
                at = Enter(at.Regions[0]);
            }
            else
            {
                PrintTail(at, pretty);
                at = ReferenceEquals(at, root) ? null : Following(at);
            }

            at ??= CloseRegions(root);
            if (_writer.Length > 1 << 16)
            {
                _writer.AppendTo(output);
            }
        }

        _writer.AppendTo(output);
    }

    // Ends regions until there is another operation to print; null when the root is complete.
    private Operation? CloseRegions(Operation root)
    {
        Operation? next = null;
        while (next is null && _open.TryPop(out (Operation Op, int Region) top))
        {
            Indent(_open.Count).Write('}');
            bool pretty = IsPretty(top.Op);
            if (top.Region + 1 < top.Op.Regions.Count)
            {
                _writer.Write(pretty ? PrettyLabel(top.Op, top.Region + 1) : ", {\n");
                _open.Push((top.Op, top.Region + 1));
                next = Enter(top.Op.Regions[top.Region + 1]);
                continue;
            }

            _writer.Write(pretty ? "" : ")");
            PrintTail(top.Op, pretty);
            next = ReferenceEquals(top.Op, root) ? null : Following(top.Op);
        }

        return next;
    }

    private Operation? Enter(Region region) => region.First is { } block ? FirstFrom(block) : null;

    private Operation? Following(Operation op) => op.Next ?? (op.Block?.Next is { } block ? FirstFrom(block) : null);

    // Prints labels until a block has an operation.
    private Operation? FirstFrom(Block? block)
    {
        while (block is not null)
        {
            PrintLabel(block);
            if (block.First is { } first)
            {
                return first;
            }

            block = block.Next;
        }

        return null;
    }

    private void PrintLabel(Block block)
    {
        IReadOnlyList<int> predecessors = names.Predecessors(block);
        bool implied = block.First is not null || (block.Next is null && block.ParentOp is { } parent && IsPretty(parent) && parent.Info!.Syntax.FillsRegions); // Registered, or it would not be pretty.
        if (block.Previous is null && block.Arguments.Count == 0 && predecessors.Count == 0 && implied)
        {
            return;
        }

        Indent(_open.Count - 1).Write("^bb").Write(names.Of(block));
        if (block.Arguments.Count > 0)
        {
            _writer.Write('(');
            for (int i = 0; i < block.Arguments.Count; i++)
            {
                BlockArgument argument = block.Arguments[i];
                _writer.Write(i == 0 ? "" : ", ").Write(names.Of(argument)).Write(": ").Write(argument.Type);
                if (options.Locations)
                {
                    _writer.Write(' ').Write(argument.Location ?? block.ParentOp?.Context.LocationOf(argument.Span) ?? argument.Type.Context.UnknownLocation);
                }
            }

            _writer.Write(')');
        }

        _writer.Write(':');
        if (predecessors.Count > 0)
        {
            PrintPredecessors(predecessors);
        }
        else if (block.Previous is not null)
        {
            _writer.Write("  // no predecessors");
        }

        _writer.Write('\n');
    }

    private void PrintPredecessors(IReadOnlyList<int> predecessors)
    {
        _ = predecessors.Count == 1 ? _writer.Write("  // pred: ") : _writer.Write("  // ").Write(predecessors.Count).Write(" preds: ");
        for (int i = 0; i < predecessors.Count; i++)
        {
            _writer.Write(i == 0 ? "" : ", ").Write("^bb").Write(predecessors[i]);
        }
    }

    private bool IsPretty(Operation op) => options.Pretty && op.Info is { } info && info.Syntax.CanPrint(op);

    private static string PrettyLabel(Operation op, int region) => op.Info!.Syntax.RegionLabel(op.Info.Shape, region) switch // Only registered operations are pretty.
    {
        "" => " {\n",
        "," => ", {\n",
        var word => $" {word} {{\n",
    };

    private void PrintHead(Operation op, bool pretty)
    {
        Indent(_open.Count);
        if (op.Results.Count > 0)
        {
            _writer.Write(names.GroupOf(op)).Write(" = ");
        }

        if (pretty)
        {
            OpSyntax syntax = op.Info!.Syntax; // Only registered operations are pretty.
            _writer.Write(syntax.NameOf(op));
            syntax.Print(op, new OpWriter(_writer, names));
            return;
        }

        _writer.WriteQuoted(op.Name.Text).Write('(');
        for (int i = 0; i < op.OperandCount; i++)
        {
            _writer.Write(i == 0 ? "" : ", ").Write(names.Of(op.GetOperand(i)));
        }

        _writer.Write(')');
        if (op.Successors.Count > 0)
        {
            _writer.Write('[');
            for (int i = 0; i < op.Successors.Count; i++)
            {
                _writer.Write(i == 0 ? "" : ", ").Write("^bb").Write(names.Of(op.Successors[i]));
            }

            _writer.Write(']');
        }

        if (op.Properties is { } properties)
        {
            _writer.Write(" <").Write(properties).Write('>');
        }
    }

    private void PrintTail(Operation op, bool pretty)
    {
        if (!pretty)
        {
            PrintSignature(op);
        }

        if (options.Locations)
        {
            _writer.Write(' ').Write(op.Location);
        }

        _writer.Write('\n');
    }

    private void PrintSignature(Operation op)
    {
        if (op.Attributes.Count > 0)
        {
            _writer.Write(" {").WriteEntries(op.Attributes).Write('}');
        }

        _writer.Write(" : (");
        for (int i = 0; i < op.OperandCount; i++)
        {
            _writer.Write(i == 0 ? "" : ", ").Write(op.GetOperand(i).Type);
        }

        _writer.Write(") -> ");
        if (op.Results.Count == 1 && op.Results[0].Type is not FunctionType)
        {
            _writer.Write(op.Results[0].Type);
        }
        else
        {
            _writer.Write('(');
            for (int i = 0; i < op.Results.Count; i++)
            {
                _writer.Write(i == 0 ? "" : ", ").Write(op.Results[i].Type);
            }

            _writer.Write(')');
        }
    }

    private AsmWriter Indent(int levels) => _writer.Spaces(2 * levels);
}
