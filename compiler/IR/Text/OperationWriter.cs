namespace Orchestrator.IR;

// One printing: operations in generic or pretty form, nested on an explicit stack.
internal sealed class OperationWriter(ValueNames names, PrintOptions options, AsmWriter writer, Stream? output)
{
    private const int FlushAt = 1 << 18;

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
                PrintOpening(at, 0, pretty);
                _open.Push((at, 0));
                at = Enter(at.Regions[0]);
            }
            else
            {
                PrintTail(at, pretty);
                at = ReferenceEquals(at, root) ? null : Following(at);
            }

            at ??= CloseRegions(root);
            if (output is not null && _writer.Length > FlushAt)
            {
                _writer.FlushTo(output);
            }
        }

        if (output is not null)
        {
            _writer.FlushTo(output);
        }
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
                PrintOpening(top.Op, top.Region + 1, pretty);
                _open.Push((top.Op, top.Region + 1));
                next = Enter(top.Op.Regions[top.Region + 1]);
                continue;
            }

            _writer.Write(pretty ? ""u8 : ")"u8);
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
        if (block.Previous is null && block.Arguments.Count == 0 && predecessors.Count == 0 && (block.First is not null || IsImplied(block)))
        {
            return;
        }

        Indent(_open.Count - 1).Write("^bb"u8).Write(block.Scratch);
        if (block.Arguments.Count > 0)
        {
            _writer.Write('(');
            for (int i = 0; i < block.Arguments.Count; i++)
            {
                BlockArgument argument = block.Arguments[i];
                _writer.Write(i == 0 ? ""u8 : ", "u8);
                names.Write(_writer, argument);
                _writer.Write(": "u8).Write(argument.Type);
                if (options.Locations)
                {
                    // Never by an alias, as MLIR does it.
                    _writer.Write(" loc("u8);
                    IRPrinter.LocationOf(argument).PrintInside(_writer);
                    _writer.Write(')');
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
            _writer.Write(i == 0 ? ""u8 : ", "u8).Write("^bb"u8).Write(predecessors[i]);
        }
    }

    private bool IsPretty(Operation op) => options.Pretty && op.Info is { } info && info.Syntax.CanPrint(op);

    // The empty block of a region that would get one when it is read without.
    private bool IsImplied(Block block) =>
        options.Pretty && block.Next is null && block.ParentOp is { Info.Syntax.FillsRegions: true } parent && IsPretty(parent);

    private void PrintOpening(Operation op, int region, bool pretty)
    {
        if (!pretty)
        {
            _writer.Write(region == 0 ? " ({\n"u8 : ", {\n"u8);
            return;
        }

        OpInfo info = op.Info!; // Only registered operations are pretty.
        string label = info.Syntax.RegionLabel(info.Shape, region);
        _writer.Write(label is "" or "," ? label : " " + label).Write(" {\n"u8);
    }

    private void PrintHead(Operation op, bool pretty)
    {
        Indent(_open.Count);
        int results = op.Results.Count;
        if (results > 0)
        {
            _writer.Write('%').Write(op.Scratch);
            if (results > 1)
            {
                _writer.Write(':').Write(results);
            }

            _writer.Write(" = "u8);
        }

        if (pretty)
        {
            OpSyntax syntax = op.Info!.Syntax; // Only registered operations are pretty.
            _writer.Write(syntax.NameOf(op));
            syntax.Print(op, new OpWriter(_writer, names));
            return;
        }

        _writer.Write(op.Name.QuotedUtf8).Write('(');
        int operands = op.OperandCount;
        for (int i = 0; i < operands; i++)
        {
            if (i > 0)
            {
                _writer.Write(", "u8);
            }

            names.Write(_writer, op.GetOperand(i));
        }

        _writer.Write(')');
        if (op.Successors.Count > 0)
        {
            _writer.Write('[');
            for (int i = 0; i < op.Successors.Count; i++)
            {
                _writer.Write(i == 0 ? ""u8 : ", "u8).Write("^bb"u8).Write(op.Successors[i].Scratch);
            }

            _writer.Write(']');
        }

        if (op.Properties is { } properties)
        {
            _writer.Write(" <"u8).Write(properties).Write('>');
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
            LocationAttr location = op.Location;
            _writer.Write(" loc("u8);
            if (!_writer.TryWriteAlias(location))
            {
                location.PrintInside(_writer);
            }

            _writer.Write(')');
        }

        _writer.Write('\n');
    }

    private void PrintSignature(Operation op)
    {
        if (op.Attributes.Count > 0)
        {
            _writer.Write(" {"u8).WriteEntries(op.Attributes).Write('}');
        }

        _writer.Write(" : ("u8);
        for (int i = 0; i < op.OperandCount; i++)
        {
            _writer.Write(i == 0 ? ""u8 : ", "u8).Write(op.GetOperand(i).Type);
        }

        _writer.Write(") -> "u8);
        if (op.Results.Count == 1 && op.Results[0].Type is not FunctionType)
        {
            _writer.Write(op.Results[0].Type);
        }
        else
        {
            _writer.Write('(');
            for (int i = 0; i < op.Results.Count; i++)
            {
                _writer.Write(i == 0 ? ""u8 : ", "u8).Write(op.Results[i].Type);
            }

            _writer.Write(')');
        }
    }

    private AsmWriter Indent(int levels) => _writer.Spaces(2 * levels);
}
