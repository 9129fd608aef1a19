namespace Orchestrator.IR;

/// <summary>Declares a dialect: a <c>sealed partial class X : Dialect</c>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DialectAttribute(string name) : Attribute
{
    /// <summary>The name before the dot.</summary>
    public string Name { get; } = name;
}

/// <summary>Declares an operation: a <c>sealed partial class XOp : Operation</c> whose partial properties are its parts.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OpAttribute(string name) : Attribute
{
    /// <summary>The whole name.</summary>
    public string Name { get; } = name;

    /// <summary>Facts that passes ask for.</summary>
    public OpTraits Traits { get; init; }

    /// <summary>What it does beside its results; unknown unless said.</summary>
    public Effect Effects { get; init; } = Effect.Unknown;

    /// <summary>The class derived from <see cref="OpSyntax"/> that says how it is written; null for the form that all operations have.</summary>
    public Type? Syntax { get; init; }
}

/// <summary>
/// An operand: <c>Value</c>, <c>Value?</c> (may be absent) or <c>OperandList</c> (any number). If more than one may be absent or a list, how
/// many belong to each stands in <c>operandSegmentSizes</c>, which the generator writes and checks.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public class OperandAttribute : Attribute;

/// <summary>An operand whose type must be a <typeparamref name="T"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OperandAttribute<T> : OperandAttribute where T : IRType;

/// <summary>
/// An attribute of the operation: <c>string</c>, <c>long</c>, <c>int</c> (an <c>i32</c>), an enum (a string, its member in snake case), <c>double</c>, <c>bool</c> (a <c>unit</c>, there or not), <c>IRType</c>, or
/// a class derived from <see cref="Attr"/>. Nullable ones may be absent. The name is the property's in snake case unless given.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AttrAttribute(string? name = null) : Attribute
{
    /// <summary>The name in the text, or null for the property's own in snake case.</summary>
    public string? Name { get; } = name;

    /// <summary>
    /// The text of the attribute that an operation gets when it is made without this one, such as <c>#arith.overflow&lt;none&gt;</c>; null for none.
    /// </summary>
    public string? Default { get; init; }
}

/// <summary>A result: <c>OpResult</c>, <c>OpResult?</c>, or <c>IReadOnlyList&lt;OpResult&gt;</c> for any number, as for operands.</summary>
[AttributeUsage(AttributeTargets.Property)]
public class ResultAttribute : Attribute;

/// <summary>A result whose type must be a <typeparamref name="T"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ResultAttribute<T> : ResultAttribute where T : IRType;

/// <summary>A region: <c>Region</c>, <c>Region?</c>, or <c>IReadOnlyList&lt;Region&gt;</c> for any number (alone).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RegionAttribute : Attribute
{
    /// <summary>How many arguments the entry block has; -1 for any number.</summary>
    public int Arguments { get; init; } = -1;
}

/// <summary>A block to which control may pass: <c>Block</c>, or <c>IReadOnlyList&lt;Block&gt;</c> for any number (the last).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SuccessorAttribute : Attribute;

/// <summary>Declares a pass: a <c>sealed partial class X : Pass</c>.</summary>
/// <remarks>
/// Where the order of passes matters, it is said by named properties of the IR: <c>Establishes = ["decomposed"]</c> on one pass and
/// <c>Requires = ["decomposed"]</c> on another. A pipeline is checked against them when it is read.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PassAttribute(string name) : Attribute
{
    /// <summary>The name in pipelines.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence for <c>orc opt --help</c>.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The operations on which it runs, or empty for any.</summary>
    public string Anchor { get; init; } = "";

    /// <summary>Whether it may run on several isolated operations at the same time, by one object each; true unless said otherwise.</summary>
    public bool Parallel { get; init; } = true;

    /// <summary>Named properties that a pass before it must have established.</summary>
    public string[] Requires { get; init; } = [];

    /// <summary>Named properties that no pass before it may have established.</summary>
    public string[] Forbids { get; init; } = [];

    /// <summary>Named properties that the IR has after it.</summary>
    public string[] Establishes { get; init; } = [];

    /// <summary>Named properties that the IR may have lost after it.</summary>
    public string[] Destroys { get; init; } = [];
}

/// <summary>
/// An option of a pass: a settable property of type <c>bool</c>, <c>int</c>, <c>long</c>, <c>double</c>, <c>string</c>, of an enum (its
/// members are written in kebab case), or an <c>IReadOnlyList</c> of one of these.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PassOptionAttribute(string name) : Attribute
{
    /// <summary>The name in <c>pass{name=value}</c>.</summary>
    public string Name { get; } = name;

    /// <summary>One sentence with unit and range.</summary>
    public string Summary { get; init; } = "";
}
