using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>A type or attribute that was declared by text.</summary>
internal sealed record ParameterizedDefinition(string Dialect, string Name, SourceSpan Span)
{
    /// <summary>Whether its parameters may be anything, kept as written.</summary>
    public bool IsOpen { get; init; }

    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>The constraint of each parameter.</summary>
    public ImmutableArray<int> Parameters { get; init; } = [];

    public string FullName { get; } = $"{Dialect}.{Name}";
}

/// <summary>A named part of an operation: how many values stand for it, their constraint, and whether they may have several types.</summary>
internal readonly record struct PartDefinition(string Name, PartCount Count, int Constraint, bool IsMixed);

/// <summary>A region of an operation: constraints on its entry block's arguments (default: none), and its number of blocks (0: any).</summary>
internal readonly record struct RegionDefinition(string Name, ImmutableArray<int> Arguments, int Blocks);

/// <summary>An operation that was declared by text.</summary>
internal sealed record OperationDefinition(string FullName, SourceSpan Span)
{
    public OpTraits Traits { get; init; }

    /// <summary>Whether it may have any number of regions.</summary>
    public bool HasOpenRegions { get; init; }

    public ImmutableArray<Constraint> Constraints { get; init; } = [];

    public ImmutableArray<PartDefinition> Operands { get; init; } = [];

    public ImmutableArray<PartDefinition> Results { get; init; } = [];

    public ImmutableArray<PartDefinition> Attributes { get; init; } = [];

    public ImmutableArray<RegionDefinition> Regions { get; init; } = [];

    /// <summary>The same as data for editors, forms and exports.</summary>
    public OpShape Shape() => new()
    {
        Operands = [.. Operands.Select(p => new ValueShape(p.Name, p.Count, BasesOf(p), ""))],
        Results = [.. Results.Select(p => new ValueShape(p.Name, p.Count, BasesOf(p), ""))],
        Attributes = [.. Attributes.Select(p => new AttrShape(p.Name, true, BasesOf(p), "", ""))],
        Regions = HasOpenRegions
            ? [new RegionShape("regions", PartCount.Many, -1, "")]
            : [.. Regions.Select(r => new RegionShape(r.Name, PartCount.One, r.Arguments.IsDefault ? -1 : r.Arguments.Length, ""))],
    };

    private ImmutableArray<string> BasesOf(PartDefinition part) =>
        Constraints[part.Constraint] is { Kind: ConstraintKind.Base or ConstraintKind.Parametric } known ? [known.Text[1..]] : [];
}

/// <summary>A dialect that was declared by text.</summary>
internal sealed record DialectDefinition(string Name, SourceSpan Span)
{
    public ImmutableArray<ParameterizedDefinition> Types { get; init; } = [];

    public ImmutableArray<ParameterizedDefinition> Attrs { get; init; } = [];

    public ImmutableArray<OperationDefinition> Operations { get; init; } = [];
}
