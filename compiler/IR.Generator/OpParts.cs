using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

internal enum PartKind
{
    Operand,
    Attr,
    Result,
    Region,
}

internal enum Count
{
    One,
    Optional,
    Many,
}

/// <summary>One partial property of an operation.</summary>
internal sealed class OpPart(PartKind kind, Count count, IPropertySymbol property, string name, string? type)
{
    public PartKind Kind { get; } = kind;

    public Count Count { get; } = count;

    public IPropertySymbol Property { get; } = property;

    /// <summary>The name in the text and in messages.</summary>
    public string Name { get; } = name;

    /// <summary>The class that the type of an operand or result must have, or null for any.</summary>
    public string? Type { get; } = type;

    /// <summary>Which operand, result or region it is, from 0.</summary>
    public int Index { get; set; }

    public string Parameter => Symbols.CamelCase(Property.Name);

    public AttrForm? Form { get; set; }
}

/// <summary>How a C# type is kept in an attribute.</summary>
internal sealed class AttrForm(string csharp, string check, string read, string write, bool isValueType)
{
    public string CSharp { get; } = csharp;

    /// <summary>The method of OpChecks that checks it.</summary>
    public string Check { get; } = check;

    /// <summary>From an attribute, which stands where <c>§a§</c> is, to the value.</summary>
    public string Read { get; } = read;

    /// <summary>From a value, which stands where <c>§v§</c> is, to the attribute.</summary>
    public string Write { get; } = write;

    public bool IsValueType { get; } = isValueType;

    private const string Ns = "global::Orchestrator.IR.";
    private const string Strings = "global::System.Collections.Immutable.ImmutableArray<string>";
    private const string Doubles = "global::System.Collections.Immutable.ImmutableArray<double>";
    private const string Types = "global::System.Collections.Immutable.ImmutableArray<global::Orchestrator.IR.IRType>";

    public static AttrForm? Of(ITypeSymbol type)
    {
        string name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).FullName();
        return name switch
        {
            "string" => new(name, "String", $"(({Ns}StringAttr)§a§).Value", "Context.String(§v§)", false),
            "long" => new(name, "Long", $"(({Ns}IntegerAttr)§a§).Value", "Context.Int(§v§)", true),
            "double" => new(name, "Double", $"(({Ns}FloatAttr)§a§).Value", "Context.Double(§v§)", true),
            "bool" => new(name, "Unit", "", "", true),
            Ns + "IRType" => new(name, "Type", $"(({Ns}TypeAttr)§a§).Type", "Context.TypeOf(§v§)", false),
            Strings => new(name, "Strings", $"(({Ns}ArrayAttr)§a§).AsStrings()!.Value", "Context.Strings(§v§)", true),
            Doubles => new(name, "Doubles", $"(({Ns}ArrayAttr)§a§).AsDoubles()!.Value", "Context.Array([.. global::System.Linq.Enumerable.Select(§v§, x => Context.Double(x))])", true),
            Types => new(name, "Types", $"(({Ns}ArrayAttr)§a§).AsTypes()!.Value", "Context.Types(§v§)", true),
            _ => IsAttr(type) ? new(name, $"Of<{name}>", $"({name})§a§", "§v§", false) : null,
        };
    }

    private static bool IsAttr(ITypeSymbol type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (at.Name == "Attr" && at.ContainingNamespace.ToDisplayString() == "Orchestrator.IR")
            {
                return true;
            }
        }

        return false;
    }
}

internal static class OpPartReader
{
    public static List<OpPart> Read(INamedTypeSymbol type, List<Mistake> mistakes)
    {
        List<OpPart> parts = [];
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            OpPart? part = ReadOne(property, mistakes);
            if (part is null)
            {
                continue;
            }

            part.Index = parts.Count(p => p.Kind == part.Kind);
            if (part.Kind != PartKind.Attr && parts.Any(p => p.Kind == part.Kind && p.Count != Count.One))
            {
                mistakes.Add(Mistake.At(property, $"'{property.Name}' comes after one that may be absent or a list; that one must be the last of its kind"));
            }

            parts.Add(part);
        }

        return parts;
    }

    private static OpPart? ReadOne(IPropertySymbol property, List<Mistake> mistakes)
    {
        foreach (AttributeData data in property.GetAttributes())
        {
            PartKind? kind = data.AttributeClass?.Name switch
            {
                "OperandAttribute" => PartKind.Operand,
                "AttrAttribute" => PartKind.Attr,
                "ResultAttribute" => PartKind.Result,
                "RegionAttribute" => PartKind.Region,
                _ => null,
            };
            if (kind is null)
            {
                continue;
            }

            if (!property.IsPartialDefinition)
            {
                mistakes.Add(Mistake.At(property, $"'{property.Name}' must be partial"));
                return null;
            }

            string given = kind == PartKind.Attr ? data.FirstString() : "";
            string name = given.Length > 0 ? given : Symbols.SnakeCase(property.Name);
            string? wanted = data.AttributeClass is { TypeArguments.Length: 1 } generic ? generic.TypeArguments[0].FullName() : null;
            return Make(kind.Value, property, name, wanted, mistakes);
        }

        return null;
    }

    private static OpPart? Make(PartKind kind, IPropertySymbol property, string name, string? wanted, List<Mistake> mistakes)
    {
        ITypeSymbol type = property.Type;
        bool nullableValue = type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        ITypeSymbol inner = nullableValue ? ((INamedTypeSymbol)type).TypeArguments[0] : type;
        bool optional = nullableValue || type.NullableAnnotation == NullableAnnotation.Annotated;
        Count count = inner.Name is "OperandList" or "IReadOnlyList" ? Count.Many : optional ? Count.Optional : Count.One;
        var part = new OpPart(kind, count, property, name, wanted);
        if (kind != PartKind.Attr)
        {
            return part;
        }

        part.Form = AttrForm.Of(inner);
        if (part.Form is null)
        {
            mistakes.Add(Mistake.At(property, $"'{property.Name}' is a {inner.ToDisplayString()}, which is not kept in attributes"));
            return null;
        }

        return part;
    }
}
