using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

internal enum PartKind
{
    Operand,
    Attr,
    Result,
    Region,
    Successor,
}

internal enum Count
{
    One,
    Optional,
    Many,
}

/// <summary>One partial property of an operation.</summary>
internal sealed class OpPart(PartKind kind, Count count, IPropertySymbol property, string name, ITypeSymbol? type)
{
    public PartKind Kind { get; } = kind;

    public Count Count { get; } = count;

    public IPropertySymbol Property { get; } = property;

    /// <summary>The name in the text and in messages.</summary>
    public string Name { get; } = name;

    /// <summary>The class that the type of an operand or result must have, or null for any.</summary>
    public string? Type => TypeSymbol?.FullName();

    public ITypeSymbol? TypeSymbol { get; } = type;

    /// <summary>Which operand, result, region or successor it is among the declared ones, from 0.</summary>
    public int Index { get; set; }

    /// <summary>The number of its first value, as an expression.</summary>
    public string Start { get; set; } = "0";

    /// <summary>How many values stand for it, as an expression.</summary>
    public string Size { get; set; } = "1";

    public string Parameter => Symbols.CamelCase(Property.Name);

    public AttrForm? Form { get; set; }

    /// <summary>The text of the attribute that is filled in when there is none, or empty.</summary>
    public string Default { get; set; } = "";

    /// <summary>Whether a base class has the property, complete with its accessors; it is checked but not generated.</summary>
    public bool IsInherited { get; set; }
}

/// <summary>How a C# type is kept in an attribute.</summary>
internal sealed class AttrForm(string csharp, string check, string attribute, string member, string write, string bases, string words, string cast = "")
{
    private const string Ns = "global::Orchestrator.IR.";
    private const string Strings = "global::System.Collections.Immutable.ImmutableArray<string>";
    private const string Doubles = "global::System.Collections.Immutable.ImmutableArray<double>";
    private const string Types = "global::System.Collections.Immutable.ImmutableArray<global::Orchestrator.IR.IRType>";

    public string CSharp { get; } = csharp;

    /// <summary>MLIR's names of the attributes in which it is kept, as the elements of a list; empty for any.</summary>
    public string Bases { get; } = bases;

    /// <summary>The kind in words, for people.</summary>
    public string Words { get; } = words;

    /// <summary>The method of OpChecks that checks it.</summary>
    public string Check { get; } = check;

    /// <summary>Further arguments of <see cref="Check"/>.</summary>
    public string CheckMore { get; set; } = "";

    /// <summary>The static method that reads a value, or empty; and the members of the class that it stands for.</summary>
    public (string Method, string Source) Reader { get; set; } = ("", "");

    /// <summary>From a value, which stands where <c>§v§</c> is, to the attribute.</summary>
    public string Write { get; } = write;

    /// <summary>The value of an attribute that is there and of the right kind, which the verifier has seen to.</summary>
    public string ReadRequired(string attr) =>
        Reader.Method.Length > 0 ? $"{Reader.Method}({attr})!.Value"
        : member.Length == 0 ? $"({attribute}){attr}!"
        : $"{cast}(({attribute}){attr}!).{member}{(member.EndsWith("()", StringComparison.Ordinal) ? "!.Value" : "")}";

    /// <summary>The value of an attribute, or null when there is none of the right kind.</summary>
    public string ReadOptional(string attr) =>
        Reader.Method.Length > 0 ? $"{Reader.Method}({attr})"
        : member.Length == 0 ? $"{attr} as {attribute}"
        : $"{(cast.Length > 0 ? "(int?)" : "")}({attr} as {attribute})?.{member}";

    public static AttrForm? Of(ITypeSymbol type, string property)
    {
        if (type.TypeKind == TypeKind.Enum)
        {
            return OfEnum((INamedTypeSymbol)type, property);
        }

        string name = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).FullName();
        return name switch
        {
            "string" => new(name, "String", Ns + "StringAttr", "Value", "Context.String(§v§)", "\"builtin.string\"", "string"),
            "long" => new(name, "Long", Ns + "IntegerAttr", "Value", "Context.Int(§v§)", "\"builtin.integer\"", "integer"),
            "int" => new(name, "Int", Ns + "IntegerAttr", "Value", "Context.Int(§v§, Context.Integer(32))", "\"builtin.integer\"", "i32", "(int)"),
            "double" => new(name, "Double", Ns + "FloatAttr", "Value", "Context.Double(§v§)", "\"builtin.float\"", "float"),
            "bool" => new(name, "Unit", "", "", "", "", "there or not"),
            Ns + "IRType" => new(name, "Type", Ns + "TypeAttr", "Type", "Context.TypeOf(§v§)", "\"builtin.type\"", "type"),
            Strings => new(name, "Strings", Ns + "ArrayAttr", "AsStrings()", "Context.Strings(§v§)", "\"builtin.array\"", "list of strings"),
            Doubles => new(name, "Doubles", Ns + "ArrayAttr", "AsDoubles()", "Context.Array([.. global::System.Linq.Enumerable.Select(§v§, x => Context.Double(x))])", "\"builtin.array\"", "list of floats"),
            Types => new(name, "Types", Ns + "ArrayAttr", "AsTypes()", "Context.Types(§v§)", "\"builtin.array\"", "list of types"),
            _ => IsAttr(type) ? new(name, $"Of<{name}>", name, "", "§v§", ShapeEmitter.Bases(type), type.Name) : null,
        };
    }

    // A choice is kept as a string: the name of the member in snake case.
    private static AttrForm OfEnum(INamedTypeSymbol type, string property)
    {
        string full = type.FullName();
        (string Member, string Word)[] members = [.. type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue).Select(f => ($"{full}.{f.Name}", Symbols.Literal(Symbols.SnakeCase(f.Name))))];
        string reading = string.Join(", ", members.Select(m => $"{m.Word} => {m.Member}"));
        string writing = string.Join(", ", members.Select(m => $"{m.Member} => {m.Word}"));
        string words = string.Join(", ", members.Select(m => m.Word));
        return new AttrForm(full, "OneOf", Ns + "StringAttr", "Value", $"Context.String(Write{property}(§v§))", "\"builtin.string\"", "one of " + words.Replace("\"", ""))
        {
            CheckMore = $", [{words}]",
            Reader = ($"Read{property}", $$"""
                    private static {{full}}? Read{{property}}({{Ns}}Attr? attr) => (attr as {{Ns}}StringAttr)?.Value switch { {{reading}}, _ => null };

                    private static string Write{{property}}({{full}} value) => value switch { {{writing}}, _ => throw new global::System.ArgumentOutOfRangeException(nameof(value)) };


                """),
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

            Add(parts, part, mistakes);
        }

        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
        {
            foreach (IPropertySymbol property in at.GetMembers().OfType<IPropertySymbol>())
            {
                if (ReadOne(property, mistakes, inherited: true) is { } part)
                {
                    part.IsInherited = true;
                    Add(parts, part, mistakes);
                }
            }
        }

        Places.Assign(parts);
        return parts;
    }

    // Operands, results and regions of the class itself come before those of its bases.
    private static void Add(List<OpPart> parts, OpPart part, List<Mistake> mistakes)
    {
        part.Index = parts.Count(p => p.Kind == part.Kind);
        if (part.Kind is PartKind.Region or PartKind.Successor && parts.Any(p => p.Kind == part.Kind && p.Count != Count.One))
        {
            mistakes.Add(Mistake.At(part.Property, $"'{part.Property.Name}' comes after one that may be absent or a list; that one must be the last of its kind"));
        }

        parts.Add(part);
    }

    private static OpPart? ReadOne(IPropertySymbol property, List<Mistake> mistakes, bool inherited = false)
    {
        foreach (AttributeData data in property.GetAttributes())
        {
            PartKind? kind = data.AttributeClass?.Name switch
            {
                "OperandAttribute" => PartKind.Operand,
                "AttrAttribute" => PartKind.Attr,
                "ResultAttribute" => PartKind.Result,
                "RegionAttribute" => PartKind.Region,
                "SuccessorAttribute" => PartKind.Successor,
                _ => null,
            };
            if (kind is null)
            {
                continue;
            }

            if (!inherited && !property.IsPartialDefinition)
            {
                mistakes.Add(Mistake.At(property, $"'{property.Name}' must be partial"));
                return null;
            }

            string given = kind == PartKind.Attr ? data.FirstString() : "";
            string name = given.Length > 0 ? given : Symbols.SnakeCase(property.Name);
            ITypeSymbol? wanted = data.AttributeClass is { TypeArguments.Length: 1 } generic ? generic.TypeArguments[0] : null;
            OpPart? part = Make(kind.Value, property, name, wanted, mistakes);
            if (part is not null && data.Named("Default") is string text)
            {
                part.Default = text;
            }

            return part;
        }

        return null;
    }

    private static OpPart? Make(PartKind kind, IPropertySymbol property, string name, ITypeSymbol? wanted, List<Mistake> mistakes)
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

        part.Form = AttrForm.Of(inner, property.Name);
        if (part.Form is null)
        {
            mistakes.Add(Mistake.At(property, $"'{property.Name}' is a {inner.ToDisplayString()}, which is not kept in attributes"));
            return null;
        }

        return part;
    }
}
