using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>
/// Declares a dialect.
/// <code>"irdl.dialect"() &lt;{sym_name = "cmath"}&gt; ({ … }) : () -> ()</code>
/// </summary>
[Op("irdl.dialect", Traits = OpTraits.Symbol | OpTraits.SymbolTable | OpTraits.SingleBlock | OpTraits.NoTerminator | OpTraits.IsolatedFromAbove, Syntax = typeof(DefinitionSyntax))]
public sealed partial class DialectOp : Operation
{
    /// <summary>The dialect's name.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Its types, attributes and operations.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        DefinitionOperation.CheckName(context, this);
        foreach (Operation op in Body.Blocks.SelectMany(b => b.Operations).Where(o => o is not DefinitionOperation))
        {
            context.Error(op, IrdlCodes.Structure, "is no part of a dialect", "a dialect holds irdl.type, irdl.attribute and irdl.operation");
        }
    }
}

/// <summary>Something that a dialect declares.</summary>
public abstract class DefinitionOperation : Operation
{
    /// <summary>The dialect around it, which verification has seen to.</summary>
    public DialectOp? Owner => ParentOp as DialectOp;

    // The rule of MLIR's tools.
    internal static void CheckName(VerifyContext context, Operation op)
    {
        string name = op.SymbolName ?? "";
        if (name.Length == 0 || name[0] == '_' || name.Contains("__", StringComparison.Ordinal) || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            context.Error(op, IrdlCodes.Structure, $"has the name '{name}'", "write it in lower case letters, digits and single underscores");
        }
    }

    /// <summary>What it may hold at most once each.</summary>
    private protected abstract IReadOnlyList<string> Parts { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        CheckName(context, this);
        if (Owner is null)
        {
            context.Error(this, IrdlCodes.Structure, "stands outside a dialect", "write it inside irdl.dialect");
        }

        var first = new Dictionary<string, Operation>(StringComparer.Ordinal);
        foreach (Operation op in Regions.SelectMany(r => r.Blocks).SelectMany(b => b.Operations))
        {
            if (op is ConstraintOperation or RegionOp)
            {
                continue;
            }

            if (!Parts.Contains(op.Name.Text))
            {
                context.Error(op, IrdlCodes.Structure, $"is no part of an '{Name}'", $"an '{Name}' holds constraints and {string.Join(", ", Parts)}");
            }
            else if (!first.TryAdd(op.Name.Text, op))
            {
                context.Diagnostics.Add(Diagnostics.Diagnostic.Error(IrdlCodes.Structure, $"'{op.Name}' stands twice in one '{Name}'", op.Span, "join them into one")
                    .WithNote("the first is here", first[op.Name.Text].Span));
            }
        }
    }
}

/// <summary>
/// Declares a type, <c>!dialect.name</c>.
/// <code>"irdl.type"() &lt;{sym_name = "complex"}&gt; ({ … }) : () -> ()</code>
/// </summary>
[Op("irdl.type", Traits = OpTraits.Symbol | OpTraits.SingleBlock | OpTraits.NoTerminator | OpTraits.IsolatedFromAbove, Syntax = typeof(DefinitionSyntax))]
public sealed partial class TypeOp : DefinitionOperation
{
    /// <summary>The type's name.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Its parameters and their constraints.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    private protected override IReadOnlyList<string> Parts { get; } = [ParametersOp.OpName];
}

/// <summary>
/// Declares an attribute, <c>#dialect.name</c>.
/// <code>"irdl.attribute"() &lt;{sym_name = "range"}&gt; ({ … }) : () -> ()</code>
/// </summary>
[Op("irdl.attribute", Traits = OpTraits.Symbol | OpTraits.SingleBlock | OpTraits.NoTerminator | OpTraits.IsolatedFromAbove, Syntax = typeof(DefinitionSyntax))]
public sealed partial class AttributeOp : DefinitionOperation
{
    /// <summary>The attribute's name.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Its parameters and their constraints.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    private protected override IReadOnlyList<string> Parts { get; } = [ParametersOp.OpName];
}

/// <summary>
/// Declares an operation.
/// <code>"irdl.operation"() &lt;{sym_name = "norm"}&gt; ({ … }) : () -> ()</code>
/// </summary>
[Op("irdl.operation", Traits = OpTraits.Symbol | OpTraits.SingleBlock | OpTraits.NoTerminator | OpTraits.IsolatedFromAbove, Syntax = typeof(DefinitionSyntax))]
public sealed partial class OperationOp : DefinitionOperation
{
    /// <summary>The name behind the dot.</summary>
    [Attr("sym_name")] public partial string SymName { get; set; }

    /// <summary>Its parts and their constraints.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    private protected override IReadOnlyList<string> Parts { get; } = [OperandsOp.OpName, ResultsOp.OpName, AttributesOp.OpName, RegionsOp.OpName];
}
