using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>How many of a part an operation has.</summary>
public enum PartCount
{
    /// <summary>Exactly one.</summary>
    One,

    /// <summary>One or none.</summary>
    Optional,

    /// <summary>Any number.</summary>
    Many,
}

/// <summary>An operand or a result, as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many values stand for it.</param>
/// <param name="Bases">Names of the types of which it must be one, such as <c>builtin.integer</c> or <c>agent.text</c>; empty for any.</param>
/// <param name="Summary">One sentence, or empty.</param>
public sealed record ValueShape(string Name, PartCount Count, ImmutableArray<string> Bases, string Summary);

/// <summary>An attribute of the operation, as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether it must be there.</param>
/// <param name="Bases">Names of the attributes of which it must be one, such as <c>builtin.string</c>; empty for any.</param>
/// <param name="Kind">The kind of value in C#, such as <c>long</c> or a list of <c>string</c>.</param>
/// <param name="Summary">One sentence, or empty.</param>
public sealed record AttrShape(string Name, bool IsRequired, ImmutableArray<string> Bases, string Kind, string Summary);

/// <summary>A region, as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many regions stand for it.</param>
/// <param name="Arguments">How many arguments its entry block has; -1 for any number.</param>
/// <param name="Summary">One sentence, or empty.</param>
public sealed record RegionShape(string Name, PartCount Count, int Arguments, string Summary);

/// <summary>A successor, as declared.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Count">How many blocks stand for it.</param>
/// <param name="Summary">One sentence, or empty.</param>
public sealed record SuccessorShape(string Name, PartCount Count, string Summary);

/// <summary>A type of a dialect, as declared.</summary>
/// <param name="Name">The word behind the dot.</param>
/// <param name="Parameters">The names of what stands in <c>&lt;…&gt;</c>; default when that has a form of its own.</param>
/// <param name="Summary">One sentence, or empty.</param>
public sealed record TypeShape(string Name, ImmutableArray<string> Parameters, string Summary);

/// <summary>
/// What the declaration of an operation says about its parts, in words and data rather than code: editors show it, and the
/// dialect is exported from it. Made by the generator, and only when somebody asks.
/// </summary>
public sealed class OpShape
{
    /// <summary>Nothing is known.</summary>
    public static OpShape Unknown { get; } = new();

    /// <summary>The operands, in order.</summary>
    public ImmutableArray<ValueShape> Operands { get; init; } = [];

    /// <summary>The results, in order.</summary>
    public ImmutableArray<ValueShape> Results { get; init; } = [];

    /// <summary>The attributes.</summary>
    public ImmutableArray<AttrShape> Attributes { get; init; } = [];

    /// <summary>The regions, in order.</summary>
    public ImmutableArray<RegionShape> Regions { get; init; } = [];

    /// <summary>The successors, in order.</summary>
    public ImmutableArray<SuccessorShape> Successors { get; init; } = [];

    /// <summary>Whether the numbers of operands are written as <c>operandSegmentSizes</c>, because more than one part has no fixed number.</summary>
    public bool HasOperandSegments => Operands.Count(o => o.Count != PartCount.One) > 1;

    /// <summary>Whether the numbers of results are written as <c>resultSegmentSizes</c>.</summary>
    public bool HasResultSegments => Results.Count(r => r.Count != PartCount.One) > 1;
}

/// <summary>
/// Says under which names a class of types (or attributes) is written, such as <c>agent.list</c>, so that declarations which ask for the
/// class can be described and exported.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TypeNamesAttribute(params string[] names) : Attribute
{
    /// <summary>The names, <c>dialect.mnemonic</c> each.</summary>
    public IReadOnlyList<string> Names { get; } = names;
}
