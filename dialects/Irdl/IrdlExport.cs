using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>
/// Writes a dialect as IRDL text, from what its operations declare. What IRDL has no words for is left in comments and in attributes
/// that <see cref="DeclaredDialects"/> understands and other tools pass over.
/// </summary>
public static class IrdlExport
{
    /// <summary>The text of <paramref name="dialect"/>, ending in a line end.</summary>
    public static string Write(Dialect dialect)
    {
        var text = new StringBuilder();
        text.Append($"// Dialect '{dialect.Name}'. What IRDL cannot say stands in comments, and in attributes that only orc reads.\n");
        text.Append($"irdl.dialect @{dialect.Name} {{\n");
        HashSet<string> taken = [.. dialect.Ops.Select(o => ShortName(o.Name))];
        TypeShape[] apart = [.. dialect.TypeShapes.Where(t => taken.Contains(t.Name))];
        foreach (TypeShape type in dialect.TypeShapes.Where(t => !taken.Contains(t.Name)))
        {
            WriteType(text, type);
        }

        foreach (string attr in dialect.AttrNames)
        {
            text.Append($"  irdl.attribute @{attr} attributes {{{Extensions.Open}}} {{\n  }}\n");
        }

        foreach (OpInfo op in dialect.Ops.OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            new OperationExport(text, dialect, op, [.. apart.Select(t => t.Name)]).Write();
        }

        text.Append("}\n");
        if (apart.Length > 0)
        {
            text.Append($"// Types that are called as an operation is; one symbol table cannot hold both.\nmodule {{\n  irdl.dialect @{dialect.Name} {{\n");
            foreach (TypeShape type in apart)
            {
                WriteType(text, type);
            }

            text.Append("  }\n}\n");
        }

        return text.ToString();
    }

    internal static string ShortName(string op) => op[(op.IndexOf('.', StringComparison.Ordinal) + 1)..];

    private static void WriteType(StringBuilder text, TypeShape type)
    {
        string open = type.Parameters.IsDefault ? $" attributes {{{Extensions.Open}}}" : "";
        text.Append($"  irdl.type @{type.Name}{open} {{\n");
        if (type.Parameters is { IsDefaultOrEmpty: false } parameters)
        {
            for (int i = 0; i < parameters.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"    %{i} = irdl.any\n");
            }

            text.Append($"    irdl.parameters({string.Join(", ", parameters.Select((p, i) => string.Create(CultureInfo.InvariantCulture, $"{p}: %{i}")))})\n");
        }

        text.Append("  }\n");
    }
}

// One operation. Constraints are numbered as they are written.
internal sealed class OperationExport(StringBuilder text, Dialect dialect, OpInfo op, HashSet<string> apart)
{
    private readonly StringBuilder _body = new();
    private int _next;
    private int? _shared;

    public void Write()
    {
        OpShape shape = op.Shape;
        if (op.Traits.HasFlag(OpTraits.SameOperandsAndResultType))
        {
            _shared = Constraint(shape.Operands.Concat(shape.Results).Select(v => v.Bases).FirstOrDefault(b => b.Length > 0, []), '!');
        }

        Values("operands", shape.Operands);
        Values("results", shape.Results);
        Attributes(shape.Attributes);
        Regions(shape.Regions);
        foreach (SuccessorShape successor in shape.Successors)
        {
            Comment($"successor '{successor.Name}'", successor.Summary);
        }

        text.Append(op.Summary.Length > 0 ? $"  // {op.Summary}\n" : "");
        text.Append($"  irdl.operation @{IrdlExport.ShortName(op.Name).Replace('.', '_')}{Attributes()} {{\n{_body}  }}\n");
    }

    // The attributes of the declaration itself.
    private string Attributes()
    {
        List<string> entries = [];
        if (IrdlExport.ShortName(op.Name) is var name && name.Contains('.', StringComparison.Ordinal))
        {
            entries.Add($"{Extensions.Name} = \"{name}\"");
        }

        if (op.Shape.Operands.Concat(op.Shape.Results).Where(v => v.Count == PartCount.Many && _shared is null).Select(v => v.Name).ToList() is { Count: > 0 } mixed)
        {
            entries.Add($"{Extensions.Mixed} = [{string.Join(", ", mixed.Distinct().Select(n => $"\"{n}\""))}]");
        }

        if (op.Shape.Regions.Any(r => r.Count != PartCount.One))
        {
            entries.Add(Extensions.OpenRegions);
        }

        if (Extensions.WordsOf(op.Traits).ToList() is { Count: > 0 } traits)
        {
            entries.Add($"{Extensions.Traits} = [{string.Join(", ", traits.Select(t => $"\"{t}\""))}]");
        }

        return entries.Count == 0 ? "" : $" attributes {{{string.Join(", ", entries)}}}";
    }

    private void Values(string word, ImmutableArray<ValueShape> values)
    {
        if (values.IsEmpty)
        {
            return;
        }

        List<string> parts = [];
        foreach (ValueShape value in values)
        {
            int constraint = _shared ?? Constraint(value.Bases, '!');
            string count = value.Count == PartCount.One ? "" : Variadicity.Word(value.Count) + " ";
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{value.Name}: {count}%{constraint}"));
        }

        _body.Append($"    irdl.{word}({string.Join(", ", parts)})\n");
    }

    private void Attributes(ImmutableArray<AttrShape> attributes)
    {
        List<string> parts = [];
        foreach (AttrShape attribute in attributes.Where(a => a.IsRequired))
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"\"{attribute.Name}\" = %{Constraint(attribute.Bases, '#')}"));
        }

        if (parts.Count > 0)
        {
            _body.Append($"    irdl.attributes {{{string.Join(", ", parts)}}}\n");
        }

        foreach (AttrShape attribute in attributes.Where(a => !a.IsRequired))
        {
            Comment($"optional attribute \"{attribute.Name}\"{(attribute.Kind.Length > 0 ? $", {attribute.Kind}" : "")}", attribute.Summary);
        }
    }

    private void Regions(ImmutableArray<RegionShape> regions)
    {
        List<string> parts = [];
        foreach (RegionShape region in regions)
        {
            if (region.Count != PartCount.One)
            {
                Comment($"{(region.Count == PartCount.Many ? "any number of regions" : "optional region")} '{region.Name}'", region.Summary);
                continue;
            }

            int[] arguments = [.. Enumerable.Range(0, Math.Max(0, region.Arguments)).Select(_ => Constraint([], '!'))];
            string list = region.Arguments < 0 ? "" : $"({string.Join(", ", arguments.Select(Name))})";
            int number = _next++;
            _body.Append($"    {Name(number)} = irdl.region{list}\n");
            parts.Add($"{region.Name}: {Name(number)}");
        }

        if (parts.Count > 0)
        {
            _body.Append($"    irdl.regions({string.Join(", ", parts)})\n");
        }
    }

    private int Constraint(ImmutableArray<string> bases, char sigil)
    {
        List<int> choices = [];
        foreach (string name in bases)
        {
            string owner = name[..name.IndexOf('.', StringComparison.Ordinal)];
            if (owner != "builtin" && (owner != dialect.Name || apart.Contains(IrdlExport.ShortName(name))))
            {
                Comment($"one of {string.Join(", ", bases)}, which is declared elsewhere", "");
                choices.Clear();
                break;
            }

            string what = owner == "builtin" ? $"\"{sigil}{name}\"" : $"@{owner}::@{name[(owner.Length + 1)..]}";
            _body.Append($"    {Name(_next)} = irdl.base {what}\n");
            choices.Add(_next++);
        }

        if (choices.Count == 1)
        {
            return choices[0];
        }

        _body.Append(choices.Count == 0 ? $"    {Name(_next)} = irdl.any\n" : $"    {Name(_next)} = irdl.any_of({string.Join(", ", choices.Select(Name))})\n");
        return _next++;
    }

    private void Comment(string what, string summary) => _body.Append($"    // {what}{(summary.Length > 0 ? $": {summary}" : "")}\n");

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"%{number}");
}
