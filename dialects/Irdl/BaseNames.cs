using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>The names of kinds of types and attributes: <c>!builtin.integer</c>, <c>#builtin.string</c>, <c>!cmath.complex</c>.</summary>
internal static class BaseNames
{
    private static readonly string[] BuiltinTypes =
        ["integer", "index", "none", "function", "tuple", "complex", "tensor", "unranked_tensor", "vector", "memref", "unranked_memref", "opaque", "graph"];

    private static readonly string[] BuiltinAttrs =
    [
        "string", "integer", "float", "array", "dictionary", "type", "unit", "symbol_ref", "dense_array", "affine_map", "integer_set",
        "dense_int_or_fp_elements", "dense_string_elements", "dense_resource_elements", "sparse_elements", "strided_layout", "distinct",
        "opaque", "file_line_range", "name_loc", "unknown_loc", "call_site_loc", "fused_loc", "opaque_loc",
    ];

    /// <summary>Every builtin name.</summary>
    public static IEnumerable<string> Builtin => BuiltinTypes.Concat(FloatType.Names).Select(n => "!builtin." + n).Concat(BuiltinAttrs.Select(n => "#builtin." + n));

    /// <summary>The name of the kind of <paramref name="attr"/>: of the type in it when it holds a type, else its own; empty when it has none.</summary>
    public static string Of(Attr attr) => attr is TypeAttr type ? "!" + Of(type.Type) : "#" + OfAttr(attr);

    private static string Of(IRType type) => type switch
    {
        DynamicType dynamic => dynamic.Definition.FullName,
        DialectType known => $"{known.DialectName}.{known.Mnemonic}",
        IntegerType => "builtin.integer",
        IndexType => "builtin.index",
        NoneType => "builtin.none",
        FloatType floating => "builtin." + floating.Name,
        FunctionType => "builtin.function",
        TupleType => "builtin.tuple",
        ComplexType => "builtin.complex",
        ShapedType { Kind: ShapedKind.Vector } => "builtin.vector",
        ShapedType shaped => $"builtin.{(shaped.Shape.IsDefault ? "unranked_" : "")}{(shaped.Kind == ShapedKind.Tensor ? "tensor" : "memref")}",
        OpaqueType opaque => $"{opaque.DialectName}.{opaque.Body.Split('<')[0]}",
        _ => "",
    };

    private static string OfAttr(Attr attr) => attr switch
    {
        DynamicAttr dynamic => dynamic.Definition.FullName,
        StringAttr => "builtin.string",
        IntegerAttr => "builtin.integer",
        FloatAttr => "builtin.float",
        ArrayAttr => "builtin.array",
        DictionaryAttr => "builtin.dictionary",
        UnitAttr => "builtin.unit",
        SymbolRefAttr => "builtin.symbol_ref",
        DenseArrayAttr => "builtin.dense_array",
        OpaqueAttr opaque => $"{opaque.DialectName}.{opaque.Body.Split('<')[0]}",
        _ => OfText(attr.ToString()),
    };

    // Kinds that are told apart by how they are written.
    private static string OfText(string text) => text.Split('<', '[', '(')[0] switch
    {
        "affine_map" => "builtin.affine_map",
        "affine_set" => "builtin.integer_set",
        "dense" when text.Contains('"', StringComparison.Ordinal) && !text.StartsWith("dense<\"0x", StringComparison.Ordinal) => "builtin.dense_string_elements",
        "dense" => "builtin.dense_int_or_fp_elements",
        "dense_resource" => "builtin.dense_resource_elements",
        "sparse" => "builtin.sparse_elements",
        "strided" => "builtin.strided_layout",
        "distinct" => "builtin.distinct",
        "loc" when text.StartsWith("loc(unknown", StringComparison.Ordinal) => "builtin.unknown_loc",
        "loc" when text.StartsWith("loc(callsite", StringComparison.Ordinal) => "builtin.call_site_loc",
        "loc" when text.StartsWith("loc(fused", StringComparison.Ordinal) => "builtin.fused_loc",
        "loc" when text.Contains("\":", StringComparison.Ordinal) => "builtin.file_line_range",
        "loc" => "builtin.name_loc",
        _ => "",
    };
}
