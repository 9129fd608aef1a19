using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

internal enum ConstraintKind
{
    Any,
    Is,
    Base,
    Parametric,
    AnyOf,
    AllOf,
}

/// <summary>A constraint of a definition. It names nothing of a context, so that one reading of a file serves many.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Text">The type or attribute of <c>is</c> as text, the name of a base with its sigil, or empty.</param>
/// <param name="Inside">The numbers of the constraints that it is made of, all lower than its own.</param>
/// <param name="Span">Where it is written.</param>
internal sealed record Constraint(ConstraintKind Kind, string Text, ImmutableArray<int> Inside, SourceSpan Span)
{
    /// <summary>How deep constraints may nest.</summary>
    public const int DepthMax = 64;
}

/// <summary>
/// One check of one operation, type or attribute against the constraints of its definition. What satisfied a constraint first stands for it
/// from then on.
/// </summary>
internal sealed class ConstraintCheck(ImmutableArray<Constraint> constraints, DynamicDialect dialect, Context context)
{
    // Constraints that share parts can need many steps; a check that takes more than this is given up.
    private const int StepsMax = 20_000;

    private readonly Attr?[] _found = new Attr?[constraints.Length];
    private int _steps;

    /// <summary>Null when <paramref name="attr"/> satisfies constraint <paramref name="index"/>, else why not: what was wanted and found.</summary>
    public string? WhyNot(int index, Attr attr)
    {
        if (_found[index] is { } before)
        {
            return ReferenceEquals(before, attr) ? null : $"{before} is wanted, as before, but {attr} is found";
        }

        if (++_steps > StepsMax)
        {
            return "its constraints take too many steps to check";
        }

        Constraint constraint = constraints[index];
        string? reason = constraint.Kind switch
        {
            ConstraintKind.Any => null,
            ConstraintKind.Is => ReferenceEquals(dialect.Resolve(constraint.Text, context), attr) ? null : $"{constraint.Text} is wanted, but {attr} is found",
            ConstraintKind.Base => HasBase(constraint, attr),
            ConstraintKind.Parametric => HasParameters(constraint, attr),
            ConstraintKind.AnyOf => AnyOf(constraint, attr),
            _ => constraint.Inside.Select(i => WhyNot(i, attr)).FirstOrDefault(r => r is not null),
        };
        if (reason is null)
        {
            _found[index] = attr;
        }

        return reason;
    }

    private static string? HasBase(Constraint constraint, Attr attr) =>
        BaseNames.Of(attr) == constraint.Text || (attr is TypeAttr && constraint.Text == "#builtin.type") ? null : $"{constraint.Text} is wanted, but {attr} is found";

    private string? HasParameters(Constraint constraint, Attr attr)
    {
        ImmutableArray<Attr> parameters = attr switch
        {
            TypeAttr { Type: DynamicType type } => type.Parameters,
            DynamicAttr dynamic => dynamic.Parameters,
            _ => default,
        };
        if (HasBase(constraint, attr) is { } reason)
        {
            return reason;
        }

        if (parameters.IsDefault || parameters.Length != constraint.Inside.Length)
        {
            return $"{constraint.Text} with {constraint.Inside.Length} parameters is wanted, but {attr} is found";
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (WhyNot(constraint.Inside[i], parameters[i]) is { } inside)
            {
                return $"{inside} in {attr}";
            }
        }

        return null;
    }

    // What a choice that failed had found does not count for the next.
    private string? AnyOf(Constraint constraint, Attr attr)
    {
        Attr?[] before = [.. _found];
        List<string> wanted = [];
        foreach (int choice in constraint.Inside)
        {
            if (WhyNot(choice, attr) is not { } reason)
            {
                return null;
            }

            wanted.Add(reason.Split(" is wanted")[0]);
            before.CopyTo(_found, 0);
        }

        return $"{string.Join(" or ", wanted.Distinct())} is wanted, but {attr} is found";
    }
}
