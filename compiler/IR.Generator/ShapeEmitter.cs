using System.Text;
using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

/// <summary>Writes what a declaration says about the parts of an operation as data.</summary>
internal static class ShapeEmitter
{
    private const string Ns = "global::Orchestrator.IR.";

    // The names that MLIR gives to the builtin types and attributes of a class.
    private static readonly Dictionary<string, string> Builtin = new(System.StringComparer.Ordinal)
    {
        ["IntegerType"] = "integer",
        ["IndexType"] = "index",
        ["NoneType"] = "none",
        ["FloatType"] = "bf16 f16 f32 f64 f80 f128 tf32 f8E5M2 f8E4M3 f8E4M3FN f8E5M2FNUZ f8E4M3FNUZ f8E4M3B11FNUZ f8E3M4 f8E8M0FNU f6E2M3FN f6E3M2FN f4E2M1FN",
        ["FunctionType"] = "function",
        ["TupleType"] = "tuple",
        ["ComplexType"] = "complex",
        ["ShapedType"] = "tensor unranked_tensor vector memref unranked_memref",
        ["StringAttr"] = "string",
        ["IntegerAttr"] = "integer",
        ["FloatAttr"] = "float",
        ["ArrayAttr"] = "array",
        ["DictionaryAttr"] = "dictionary",
        ["TypeAttr"] = "type",
        ["UnitAttr"] = "unit",
        ["SymbolRefAttr"] = "symbol_ref",
        ["DenseArrayAttr"] = "dense_array",
    };

    /// <summary>The initialisers of an <c>OpShape</c>, one a line.</summary>
    public static string Emit(List<OpPart> parts)
    {
        var text = new StringBuilder();
        Values(text, "Operands", parts, PartKind.Operand);
        Values(text, "Results", parts, PartKind.Result);
        List(text, "Attributes", parts.Where(p => p.Kind == PartKind.Attr).Select(Attribute));
        List(text, "Regions", parts.Where(p => p.Kind == PartKind.Region).Select(Region));
        List(text, "Successors", parts.Where(p => p.Kind == PartKind.Successor).Select(p =>
            $"new {Ns}SuccessorShape({Symbols.Literal(p.Name)}, {CountOf(p)}, {Symbols.Literal(p.Property.Summary())})"));
        return text.ToString();
    }

    /// <summary>The names of the types or attributes of a class, as the elements of a list; empty for any.</summary>
    public static string Bases(ITypeSymbol? type)
    {
        for (ITypeSymbol? at = type; at is not null; at = at.BaseType)
        {
            if (at.ContainingNamespace?.ToDisplayString() == "Orchestrator.IR" && Builtin.TryGetValue(at.Name, out string? names))
            {
                return string.Join(", ", names.Split(' ').Select(n => Symbols.Literal("builtin." + n)));
            }

            if (at.Find("TypeNamesAttribute") is { ConstructorArguments.Length: 1 } data)
            {
                return string.Join(", ", data.ConstructorArguments[0].Values.Select(v => Symbols.Literal((string)v.Value!))); // A params array of strings.
            }
        }

        return "";
    }

    private static void Values(StringBuilder text, string list, List<OpPart> parts, PartKind kind) =>
        List(text, list, parts.Where(p => p.Kind == kind).Select(p =>
            $"new {Ns}ValueShape({Symbols.Literal(p.Name)}, {CountOf(p)}, [{Bases(p.TypeSymbol)}], {Symbols.Literal(p.Property.Summary())})"));

    private static string Attribute(OpPart part)
    {
        AttrForm form = part.Form!; // Every attribute that was read has one.
        bool required = part.Count == Count.One && form.CSharp != "bool" && part.Default.Length == 0;
        return $"new {Ns}AttrShape({Symbols.Literal(part.Name)}, {(required ? "true" : "false")}, [{form.Bases}], {Symbols.Literal(form.Words)}, {Symbols.Literal(part.Property.Summary())})";
    }

    private static string Region(OpPart part)
    {
        int arguments = part.Property.Find("RegionAttribute")?.Named("Arguments") as int? ?? -1;
        return $"new {Ns}RegionShape({Symbols.Literal(part.Name)}, {CountOf(part)}, {arguments}, {Symbols.Literal(part.Property.Summary())})";
    }

    private static string CountOf(OpPart part) => $"{Ns}PartCount.{part.Count}";

    private static void List(StringBuilder text, string name, IEnumerable<string> items)
    {
        string[] all = [.. items];
        if (all.Length > 0)
        {
            text.AppendLine($"            {name} = [{string.Join(", ", all)}],");
        }
    }
}
