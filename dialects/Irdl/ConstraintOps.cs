using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>
/// Says which types and attributes are taken. What satisfies a constraint once stands for it everywhere in the same definition: using the
/// same constraint twice asks for the same type twice.
/// </summary>
public abstract class ConstraintOperation : Operation;

/// <summary>
/// Exactly this type or attribute.
/// <code>%0 = "irdl.is"() &lt;{expected = f32}&gt; : () -> !irdl.attribute</code>
/// </summary>
[Op("irdl.is", Effects = Effect.None, Syntax = typeof(IsSyntax))]
public sealed partial class IsOp : ConstraintOperation
{
    /// <summary>The type or attribute.</summary>
    [Attr] public partial Attr Expected { get; set; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }
}

/// <summary>
/// Anything.
/// <code>%0 = "irdl.any"() : () -> !irdl.attribute</code>
/// </summary>
[Op("irdl.any", Effects = Effect.None, Syntax = typeof(AnySyntax))]
public sealed partial class AnyOp : ConstraintOperation
{
    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }
}

/// <summary>
/// What satisfies one of some constraints.
/// <code>%2 = "irdl.any_of"(%0, %1) : (!irdl.attribute, !irdl.attribute) -> !irdl.attribute</code>
/// </summary>
[Op("irdl.any_of", Effects = Effect.None, Syntax = typeof(SomeOfSyntax))]
public sealed partial class AnyOfOp : ConstraintOperation
{
    /// <summary>The constraints, at least one.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (OperandCount == 0)
        {
            context.Error(this, IrdlCodes.Structure, "names no constraint", "name at least one; irdl.any takes anything");
        }
    }
}

/// <summary>
/// What satisfies all of some constraints.
/// <code>%2 = "irdl.all_of"(%0, %1) : (!irdl.attribute, !irdl.attribute) -> !irdl.attribute</code>
/// </summary>
[Op("irdl.all_of", Effects = Effect.None, Syntax = typeof(SomeOfSyntax))]
public sealed partial class AllOfOp : ConstraintOperation
{
    /// <summary>The constraints, at least one.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (OperandCount == 0)
        {
            context.Error(this, IrdlCodes.Structure, "names no constraint", "name at least one; irdl.any takes anything");
        }
    }
}

/// <summary>
/// Any type or attribute of one kind: a declared one, or a builtin one by its name.
/// <code>%0 = "irdl.base"() &lt;{base_name = "!builtin.integer"}&gt; : () -> !irdl.attribute</code>
/// </summary>
[Op("irdl.base", Effects = Effect.None, Syntax = typeof(BaseSyntax))]
public sealed partial class BaseOp : ConstraintOperation
{
    /// <summary>The declaration of the type or attribute, as <c>@dialect::@name</c>.</summary>
    [Attr] public partial SymbolRefAttr? BaseRef { get; set; }

    /// <summary>The name with <c>!</c> or <c>#</c>, such as <c>!builtin.integer</c>.</summary>
    [Attr] public partial string? BaseName { get; set; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (BaseRef is null == BaseName is null)
        {
            context.Error(this, IrdlCodes.Structure, "takes either a declaration or a name", "write irdl.base @dialect::@type or irdl.base \"!builtin.integer\"");
        }
        else if (BaseName is { } name && !(name.Length > 1 && name[0] is '!' or '#'))
        {
            context.Error(this, IrdlCodes.Structure, $"has the name \"{name}\"", "begin it with ! for a type or # for an attribute");
        }
    }
}

/// <summary>
/// A declared type or attribute whose parameters satisfy constraints.
/// <code>%1 = "irdl.parametric"(%0) &lt;{base_type = @cmath::@complex}&gt; : (!irdl.attribute) -> !irdl.attribute</code>
/// </summary>
[Op("irdl.parametric", Effects = Effect.None, Syntax = typeof(ParametricSyntax))]
public sealed partial class ParametricOp : ConstraintOperation
{
    /// <summary>A constraint for each parameter.</summary>
    [Operand<IrdlType>] public partial OperandList Constraints { get; }

    /// <summary>The declaration, as <c>@dialect::@name</c>.</summary>
    [Attr] public partial SymbolRefAttr BaseType { get; set; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }
}

/// <summary>
/// A condition in C++, which is read and printed but which nothing here can check.
/// <code>%0 = "irdl.c_pred"() &lt;{pred = "true"}&gt; : () -> !irdl.attribute</code>
/// </summary>
[Op("irdl.c_pred", Effects = Effect.None, Syntax = typeof(CPredSyntax))]
public sealed partial class CPredOp : ConstraintOperation
{
    /// <summary>The condition.</summary>
    [Attr] public partial string Pred { get; set; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }
}

/// <summary>
/// A region with the constraints on its entry block's arguments and its number of blocks, as far as they are said.
/// <code>%1 = "irdl.region"(%0) &lt;{constrainedArguments, numberOfBlocks = 1 : i32}&gt; : (!irdl.attribute) -> !irdl.region</code>
/// </summary>
[Op("irdl.region", Effects = Effect.None, Syntax = typeof(RegionSyntax))]
public sealed partial class RegionOp : Operation
{
    /// <summary>A constraint for each argument.</summary>
    [Operand<IrdlType>] public partial OperandList Arguments { get; }

    /// <summary>How many blocks there are, 1 or more; any number when absent.</summary>
    [Attr("numberOfBlocks")] public partial IntegerAttr? NumberOfBlocks { get; set; }

    /// <summary>Whether <see cref="Arguments"/> says all about the arguments.</summary>
    [Attr("constrainedArguments")] public partial bool ConstrainedArguments { get; set; }

    /// <summary>The constraint.</summary>
    [Result<IrdlType>] public partial OpResult Output { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (NumberOfBlocks is { } blocks && blocks.BigValue < 1)
        {
            context.Error(this, IrdlCodes.Structure, $"asks for {blocks.BigValue} blocks", "ask for 1 or more");
        }

        if (ParentOp is not OperationOp)
        {
            context.Error(this, IrdlCodes.Structure, "stands outside an irdl.operation", "only operations have regions");
        }
    }
}
