using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

// The forms in which MLIR's tools print IRDL and people write it.

internal abstract class IrdlSyntax : OpSyntax
{
    protected static IRType Constraint(Context context) => IrdlType.Get(context, "attribute");

    protected static void TakeConstraints(OpReader reader, string open, string close, IRType? type = null)
    {
        reader.Parser.Take(open);
        reader.TakeOperands(type ?? Constraint(reader.Context));
        reader.Parser.Take(close);
    }

    protected static void Finish(OpReader reader, string result = "attribute")
    {
        reader.TakeAttributes();
        reader.ResultTypes.Add(IrdlType.Get(reader.Context, result));
    }
}

// 'irdl.type @name attributes {…} { … }'; without braces the body is empty.
internal sealed class DefinitionSyntax : OpSyntax
{
    public override bool FillsRegions => true;

    public override void Parse(OpReader reader)
    {
        SourceSpan at = reader.Parser.Here;
        if (reader.TakeSymbol() is not { } name)
        {
            reader.Parser.Fail(IRCodes.Syntax, $"'{reader.Info.Name}' has no name", at, "write @name here");
            return;
        }

        reader.Add("sym_name", reader.Context.String(name));
        reader.TakeAttributes(withKeyword: true);
    }

    public override void Print(Operation op, OpWriter writer) =>
        writer.Write(" ").Symbol(op.SymbolName ?? "").Attributes(op, ["sym_name"], withKeyword: true);
}

internal sealed class IsSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        reader.Add("expected", reader.Parser.ParseAttribute());
        Finish(reader);
    }

    public override void Print(Operation op, OpWriter writer) => writer.Write(" ").Write(((IsOp)op).Expected).Attributes(op, ["expected"]);

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op.HasAttr("expected");
}

internal sealed class AnySyntax : IrdlSyntax
{
    public override void Parse(OpReader reader) => Finish(reader);

    public override void Print(Operation op, OpWriter writer) => writer.Attributes(op, []);
}

internal sealed class SomeOfSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        TakeConstraints(reader, "(", ")");
        Finish(reader);
    }

    public override void Print(Operation op, OpWriter writer) => writer.Write("(").Operands(op).Write(")").Attributes(op, []);
}

internal sealed class BaseSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        if (reader.Parser.SymbolFollows)
        {
            reader.Add("base_ref", reader.Parser.ParseAttribute());
        }
        else
        {
            reader.Add("base_name", reader.Context.String(reader.Parser.TakeString()));
        }

        Finish(reader);
    }

    public override void Print(Operation op, OpWriter writer)
    {
        var found = (BaseOp)op;
        _ = found.BaseRef is { } reference ? writer.Write(" ").Write(reference) : writer.Write(" ").Quoted(found.BaseName ?? "");
        writer.Attributes(op, ["base_ref", "base_name"]);
    }

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op.HasAttr("base_ref") != op.HasAttr("base_name");
}

internal sealed class ParametricSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        reader.Add("base_type", reader.Parser.ParseAttribute());
        TakeConstraints(reader, "<", ">");
        Finish(reader);
    }

    public override void Print(Operation op, OpWriter writer) =>
        writer.Write(" ").Write(((ParametricOp)op).BaseType).Write("<").Operands(op).Write(">").Attributes(op, ["base_type"]);

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op.HasAttr("base_type");
}

internal sealed class CPredSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        reader.Add("pred", reader.Context.String(reader.Parser.TakeString()));
        Finish(reader);
    }

    public override void Print(Operation op, OpWriter writer) => writer.Write(" ").Quoted(((CPredOp)op).Pred).Attributes(op, ["pred"]);

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op.HasAttr("pred");
}

// 'irdl.region', 'irdl.region()', 'irdl.region(%0) with size 1'.
internal sealed class RegionSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        if (reader.Parser.Follows("("))
        {
            TakeConstraints(reader, "(", ")");
            reader.Add("constrainedArguments", reader.Context.Unit);
        }

        if (reader.Parser.TryTakeWord("with"))
        {
            SourceSpan at = reader.Parser.Here;
            if (!reader.Parser.TryTakeWord("size"))
            {
                reader.Parser.Fail(IRCodes.Syntax, "expected 'size' after 'with'", at, "write 'with size 1'");
            }

            reader.Add("numberOfBlocks", reader.Context.Int(reader.Parser.TakeInteger(), reader.Context.Integer(32)));
        }

        Finish(reader, "region");
    }

    public override void Print(Operation op, OpWriter writer)
    {
        var region = (RegionOp)op;
        _ = region.ConstrainedArguments ? writer.Write("(").Operands(op).Write(")") : writer;
        _ = region.NumberOfBlocks is { } blocks ? writer.Write($" with size {blocks.BigValue}") : writer;
        writer.Attributes(op, ["constrainedArguments", "numberOfBlocks"]);
    }

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op is RegionOp region && (region.ConstrainedArguments || op.OperandCount == 0)
        && (region.NumberOfBlocks is not { } blocks || blocks.BigValue >= 0);
}

// 'irdl.operands(lhs: %0, rest: variadic %1)'.
internal sealed class PartsSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        bool counted = reader.Info.IsInherent("variadicity");
        IRType type = IrdlType.Get(reader.Context, reader.Info.Name == RegionsOp.OpName ? "region" : "attribute");
        List<string> names = [];
        List<PartCount> counts = [];
        reader.Parser.Take("(");
        if (!reader.Parser.TryTake(")"))
        {
            do
            {
                names.Add(reader.Parser.TakeWord());
                reader.Parser.Take(":");
                PartCount count = PartCount.One;
                if (counted && reader.Parser.WordFollows is { } word)
                {
                    SourceSpan at = reader.Parser.Here;
                    if (Variadicity.Of(word) is not { } known)
                    {
                        reader.Parser.Fail(IRCodes.Syntax, $"'{word}' says not how many", at,
                            NearestName.Suggest(word, ["single", "optional", "variadic"]) ?? "write single, optional, variadic, or nothing");
                        return;
                    }

                    count = known;
                    reader.Parser.TakeWord();
                }

                counts.Add(count);
                reader.TakeOperand(type);
            }
            while (reader.Parser.TryTake(","));
            reader.Parser.Take(")");
        }

        reader.Add("names", reader.Context.Strings(names));
        if (counted)
        {
            reader.Add("variadicity", Variadicity.Write(reader.Context, counts));
        }

        reader.TakeAttributes();
    }

    public override void Print(Operation op, OpWriter writer)
    {
        var parts = (PartsOperation)op;
        ImmutableArray<string> names = parts.PartNames;
        ImmutableArray<PartCount> counts = parts.Counts;
        writer.Write("(");
        for (int i = 0; i < names.Length; i++)
        {
            writer.Write(i == 0 ? "" : ", ").Write(names[i]).Write(counts[i] == PartCount.One ? ": " : $": {Variadicity.Word(counts[i])} ").Value(op.GetOperand(i));
        }

        writer.Write(")").Attributes(op, ["names", "variadicity"]);
    }

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op is PartsOperation parts && parts.PartNames.Length == op.OperandCount
        && parts.Counts.Length == op.OperandCount && parts.PartNames.All(IsWord)
        && (!op.HasAttr("variadicity") || ReferenceEquals(op.GetAttr("variadicity"), Variadicity.Write(op.Context, parts.Counts)));

    private static bool IsWord(string name) => name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_')
        && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.');
}

// 'irdl.attributes {"width" = %0}'.
internal sealed class AttributesSyntax : IrdlSyntax
{
    public override void Parse(OpReader reader)
    {
        List<string> names = [];
        reader.Parser.Take("{");
        if (!reader.Parser.TryTake("}"))
        {
            do
            {
                names.Add(reader.Parser.TakeString());
                reader.Parser.Take("=");
                reader.TakeOperand(Constraint(reader.Context));
            }
            while (reader.Parser.TryTake(","));
            reader.Parser.Take("}");
        }

        reader.Add("attributeValueNames", reader.Context.Strings(names));
        reader.TakeAttributes();
    }

    public override void Print(Operation op, OpWriter writer)
    {
        ImmutableArray<string> names = ((AttributesOp)op).PartNames;
        writer.Write(" {");
        for (int i = 0; i < names.Length; i++)
        {
            writer.Write(i == 0 ? "" : ", ").Quoted(names[i]).Write(" = ").Value(op.GetOperand(i));
        }

        writer.Write("}").Attributes(op, ["attributeValueNames"]);
    }

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op is AttributesOp parts && parts.PartNames.Length == op.OperandCount;
}
