using System.Text;
using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

/// <summary>Writes the other half of an operation's class.</summary>
internal static class OpEmitter
{
    private const string Ns = "global::Orchestrator.IR.";

    private static readonly PartKind[] SizedKinds = [PartKind.Operand, PartKind.Result];

    public static Declared Emit(INamedTypeSymbol type, AttributeData data)
    {
        List<Mistake> mistakes = [];
        string name = data.FirstString();
        if (name.IndexOf('.') <= 0)
        {
            mistakes.Add(Mistake.At(type, $"'{name}' is no operation name; write \"dialect.name\""));
        }

        List<OpPart> parts = OpPartReader.Read(type, mistakes);
        var text = new StringBuilder();
        EmitInfo(text, type, data, name, parts);
        foreach (OpPart part in parts.Where(p => !p.IsInherited))
        {
            EmitProperty(text, part);
            text.Append(part.Form?.Reader.Source);
        }

        EmitCreate(text, type, [.. parts.Where(p => !p.IsInherited || p.Kind != PartKind.Attr)]);
        EmitVerify(text, type, parts);
        return new Declared("Op", name, type.FullName(), Symbols.Wrap(type, text.ToString()), "", "", new Sequence<Mistake>(mistakes));
    }

    private static void EmitInfo(StringBuilder text, INamedTypeSymbol type, AttributeData data, string name, List<OpPart> parts)
    {
        int traits = data.Named("Traits") as int? ?? 0;
        int effects = data.Named("Effects") as int? ?? 5;
        string defaults = string.Concat(parts.Where(p => p.Default.Length > 0).Select(p => $"({Symbols.Literal(p.Name)}, {Symbols.Literal(p.Default)}), "));
        string attributes = string.Join(", ", parts.Where(p => p.Kind == PartKind.Attr).Select(p => Symbols.Literal(p.Name))
            .Concat(SizedKinds.Where(k => Places.AreWritten(parts, k)).Select(Places.Attribute)));
        text.AppendLine($"""
                /// <summary>The operation's name, <c>{name}</c>.</summary>
                public const string OpName = {Symbols.Literal(name)};

                internal static {Ns}OpInfo CreateInfo() => new(OpName, static () => new {type.Name}(), new string[] {"{"} {attributes} {"}"},
                    ({Ns}OpTraits){traits}, ({Ns}Effect){effects}, {Symbols.Literal(type.Summary())})
                {"{"}
                    Defaults = [{defaults}],
                    ShapeFactory = static () => new {Ns}OpShape
                    {"{"}
            {ShapeEmitter.Emit(parts)}        {"}"},{SyntaxOf(data)}
                {"}"};

            """);
    }

    private static string SyntaxOf(AttributeData data) =>
        data.Named("Syntax") is ITypeSymbol syntax ? $"\n        SyntaxFactory = static () => new {syntax.FullName()}()," : "";

    private static void EmitProperty(StringBuilder text, OpPart part)
    {
        string access = part.Property.DeclaredAccessibility == Accessibility.Public ? "public" : "internal";
        string head = $"    {access} partial {part.Property.Type.FullName()} {part.Property.Name}";
        string get = part.Kind switch
        {
            PartKind.Operand => Read(part, $"GetOperand({part.Start})", $"Operands.Slice({part.Start}, {part.Size})"),
            PartKind.Result => Read(part, $"Results[{part.Start}]", Run("Results", part)),
            PartKind.Region => Read(part, $"Regions[{part.Start}]", Run("Regions", part)),
            PartKind.Successor => Read(part, $"Successors[{part.Start}]", Run("Successors", part)),
            _ => ReadAttr(part),
        };
        text.AppendLine(head);
        text.AppendLine("    {");
        text.AppendLine($"        get => {get};");
        if (part.Property.SetMethod is not null)
        {
            text.AppendLine($"        set => {Write(part)};");
        }

        text.AppendLine("    }");
        text.AppendLine();
    }

    private static string Read(OpPart part, string one, string many) => part.Count switch
    {
        Count.One => one,
        Count.Optional => $"{part.Size} > 0 ? {one} : null",
        _ => many,
    };

    private static string Run(string list, OpPart part) => part.Start == "0" && !part.Size.Contains("OpSegments") && part.Size.EndsWith("- 0)")
        ? list
        : $"[.. global::System.Linq.Enumerable.Take(global::System.Linq.Enumerable.Skip({list}, {part.Start}), {part.Size})]";

    private static string ReadAttr(OpPart part)
    {
        string attr = $"GetAttr({Symbols.Literal(part.Name)})";
        if (part.Form!.CSharp == "bool")
        {
            return $"{attr} is {Ns}UnitAttr or {Ns}IntegerAttr {{ Bool: true }}";
        }

        return part.Count == Count.Optional ? part.Form.ReadOptional(attr) : part.Form.ReadRequired(attr);
    }

    private static string Write(OpPart part)
    {
        string literal = Symbols.Literal(part.Name);
        if (part.Kind == PartKind.Operand)
        {
            return $"SetOperand({part.Start}, value)";
        }

        if (part.Kind == PartKind.Successor)
        {
            return $"SetSuccessor({part.Start}, value)";
        }

        if (part.Form!.CSharp == "bool")
        {
            return $"SetAttr({literal}, value ? Context.Unit : null)";
        }

        return part.Count == Count.Optional
            ? $"SetAttr({literal}, value is {{ }} v ? {part.Form.Write.Replace("§v§", "v")} : null)"
            : $"SetAttr({literal}, {part.Form.Write.Replace("§v§", "value")})";
    }

    private static void EmitCreate(StringBuilder text, INamedTypeSymbol type, List<OpPart> parts)
    {
        List<string> required = [$"{Ns}OpBuilder builder"];
        List<string> optional = [];
        var body = new StringBuilder();
        foreach (OpPart part in parts)
        {
            string p = part.Parameter;
            string list = part.Kind == PartKind.Operand ? "Operands" : "ResultTypes";
            bool sized = Places.AreWritten(parts, part.Kind);
            body.Append(sized ? $"        int before{part.Kind}{part.Index} = state.{list}.Count;\n" : "");
            switch (part.Kind)
            {
                case PartKind.Successor:
                    required.Add(part.Count == Count.Many ? $"global::System.Collections.Generic.IEnumerable<{Ns}Block> {p}" : $"{Ns}Block {p}");
                    body.AppendLine(part.Count == Count.Many ? $"        state.Successors.AddRange({p});" : $"        state.Successors.Add({p});");
                    break;
                case PartKind.Operand when part.Count == Count.Many:
                    required.Add($"global::System.Collections.Generic.IEnumerable<{Ns}Value> {p}");
                    body.AppendLine($"        state.Operands.AddRange({p});");
                    break;
                case PartKind.Operand when part.Count == Count.Optional:
                    optional.Add($"{Ns}Value? {p} = null");
                    body.AppendLine($"        if ({p} is not null) {{ state.Operands.Add({p}); }}");
                    break;
                case PartKind.Operand:
                    required.Add($"{Ns}Value {p}");
                    body.AppendLine($"        state.Operands.Add({p});");
                    break;
                case PartKind.Attr:
                    EmitAttrParameter(part, required, optional, body);
                    break;
                case PartKind.Result when part.Count == Count.Many:
                    required.Add($"global::System.Collections.Generic.IEnumerable<{Ns}IRType> {p}Types");
                    body.AppendLine($"        state.ResultTypes.AddRange({p}Types);");
                    break;
                case PartKind.Result when part.Count == Count.Optional:
                    optional.Add($"{Ns}IRType? {p}Type = null");
                    body.AppendLine($"        if ({p}Type is not null) {{ state.ResultTypes.Add({p}Type); }}");
                    break;
                case PartKind.Result:
                    required.Add($"{Ns}IRType {p.TrimStart('@')}Type");
                    body.AppendLine($"        state.ResultTypes.Add({p.TrimStart('@')}Type);");
                    break;
                case PartKind.Region when part.Count == Count.One:
                    body.AppendLine($"        state.Regions.Add(new {Ns}Region());");
                    break;
                default:
                    optional.Add($"int {p}Count = 0");
                    body.AppendLine($"        for (int i = 0; i < {p}Count; i++) {{ state.Regions.Add(new {Ns}Region()); }}");
                    break;
            }

            body.Append(sized ? $"        int size{part.Kind}{part.Index} = state.{list}.Count - before{part.Kind}{part.Index};\n" : "");
        }

        EmitSizes(parts, body);
        optional.Add("global::Orchestrator.Diagnostics.SourceSpan span = default");
        EmitCreateMethod(text, type, parts, string.Join(", ", required.Concat(optional)), body.ToString());
    }

    private static void EmitCreateMethod(StringBuilder text, INamedTypeSymbol type, List<OpPart> parts, string parameters, string body)
    {
        // Where every part is given and stands for one thing, nothing but the operation needs to be allocated.
        bool plain = parts.All(p => p.Count == Count.One && p.Default.Length == 0
            && (p.Kind is PartKind.Operand or PartKind.Result || (p.Kind == PartKind.Attr && p.Form!.CSharp != "bool")));
        if (plain)
        {
            string List(PartKind kind, Func<OpPart, string> one) => "[" + string.Join(", ", parts.Where(p => p.Kind == kind).Select(one)) + "]";
            string attributes = List(PartKind.Attr, p => $"new {Ns}NamedAttr({Symbols.Literal(p.Name)}, {p.Form!.Write.Replace("§v§", p.Parameter)})");
            text.AppendLine($$"""
                    /// <summary>Makes the operation and inserts it where <paramref name="builder"/> stands.</summary>
                    public static {{type.Name}} Create({{parameters}})
                    {
                        {{Ns}}Context Context = builder.Context;
                        return ({{type.Name}})builder.Insert({{Ns}}Operation.Create(Context.Name(OpName), {{List(PartKind.Operand, p => p.Parameter)}},
                            {{List(PartKind.Result, p => p.Parameter.TrimStart('@') + "Type")}}, {{(attributes == "[]" ? "null" : $"Context.Dictionary({attributes})")}}, span.Source is null ? builder.Span : span));
                    }

                """);
            return;
        }

        text.AppendLine($$"""
                /// <summary>Makes the operation with empty regions and inserts it where <paramref name="builder"/> stands.</summary>
                public static {{type.Name}} Create({{parameters}})
                {
                    {{Ns}}Context Context = builder.Context;
                    var state = new {{Ns}}OperationState(Context.Name(OpName)) { Span = span.Source is null ? builder.Span : span };
                    var attributes = new global::System.Collections.Generic.List<{{Ns}}NamedAttr>({{parts.Count(p => p.Kind == PartKind.Attr)}});
            {{body}}        state.Properties = attributes.Count == 0 ? null : Context.Dictionary(attributes);
                    return ({{type.Name}})builder.Insert({{Ns}}Operation.Create(state));
                }

            """);
    }

    private static void EmitSizes(List<OpPart> parts, StringBuilder body)
    {
        foreach (PartKind kind in SizedKinds.Where(k => Places.AreWritten(parts, k)))
        {
            string sizes = string.Join(", ", parts.Where(p => p.Kind == kind).Select(p => $"size{kind}{p.Index}"));
            body.AppendLine($"        attributes.Add(new({Places.Attribute(kind)}, {Ns}OpSegments.Make(Context, {sizes})));");
        }
    }

    private static void EmitAttrParameter(OpPart part, List<string> required, List<string> optional, StringBuilder body)
    {
        string p = part.Parameter;
        string literal = Symbols.Literal(part.Name);
        AttrForm form = part.Form!;
        if (form.CSharp == "bool")
        {
            optional.Add($"bool {p} = false");
            body.AppendLine($"        if ({p}) {{ attributes.Add(new({literal}, Context.Unit)); }}");
        }
        else if (part.Count == Count.Optional || part.Default.Length > 0)
        {
            optional.Add($"{form.CSharp}? {p} = null");
            body.AppendLine($"        {{ if ({p} is {{ }} v) {{ attributes.Add(new({literal}, {form.Write.Replace("§v§", "v")})); }} }}");
        }
        else
        {
            required.Add($"{form.CSharp} {p}");
            body.AppendLine($"        {{ var v = {p}; attributes.Add(new({literal}, {form.Write.Replace("§v§", "v")})); }}");
        }
    }

    // The class that declares VerifyStructure: the last one that all operations derive from.
    private static INamedTypeSymbol BaseOf(INamedTypeSymbol type)
    {
        INamedTypeSymbol at = type;
        while (at.BaseType is { SpecialType: not SpecialType.System_Object } next)
        {
            at = next;
        }

        return at;
    }

    private static void EmitVerify(StringBuilder text, INamedTypeSymbol type, List<OpPart> parts)
    {
        // An assembly that sees the internals of the IR must override with the same access, any other must leave 'internal' out.
        IAssemblySymbol declaring = BaseOf(type).ContainingAssembly;
        string access = declaring.GivesAccessTo(type.ContainingAssembly) ? "protected internal" : "protected";

        (int Min, int Max) Range(PartKind kind)
        {
            List<OpPart> some = [.. parts.Where(p => p.Kind == kind)];
            return (some.Count(p => p.Count == Count.One), some.Any(p => p.Count == Count.Many) ? int.MaxValue : some.Count);
        }

        (int Min, int Max) operands = Range(PartKind.Operand);
        (int Min, int Max) results = Range(PartKind.Result);
        (int Min, int Max) regions = Range(PartKind.Region);
        text.AppendLine($$"""
                /// <inheritdoc/>
                {{access}} override bool VerifyStructure({{Ns}}VerifyContext context)
                {
                    bool counts = {{Ns}}OpChecks.Counts(context, this, {{operands.Min}}, {{operands.Max}}, {{results.Min}}, {{results.Max}}, {{regions.Min}}, {{regions.Max}});
            {{VerifySizes(parts)}}        bool good = counts & {{Ns}}OpChecks.OnlyDeclaredProperties(context, this);
            """);
        foreach (OpPart part in parts)
        {
            string name = Symbols.Literal(part.Name);
            switch (part.Kind)
            {
                case PartKind.Attr:
                    string needed = part.Count == Count.One && part.Form!.CSharp != "bool" ? "true" : "false";
                    text.AppendLine($"        good &= {Ns}OpChecks.{part.Form!.Check}(context, this, {name}, {needed}{part.Form.CheckMore});");
                    break;
                case PartKind.Operand or PartKind.Result when part.Type is not null:
                    string list = part.Kind == PartKind.Operand ? "Operands" : "Results";
                    text.AppendLine($"        good &= !counts || {Ns}OpChecks.{list}Are<{part.Type}>(context, this, {name}, {part.Start}, {part.Start} + {part.Size});");
                    break;
                case PartKind.Region when part.Property.Find("RegionAttribute")?.Named("Arguments") is int wanted && wanted >= 0:
                    string end = part.Count == Count.Many ? "int.MaxValue" : (part.Index + 1).ToString();
                    text.AppendLine($"        good &= !counts || {Ns}OpChecks.RegionArguments(context, this, {part.Index}, {end}, {wanted});");
                    break;
            }
        }

        text.AppendLine("        return good;");
        text.AppendLine("    }");
    }

    private static string VerifySizes(List<OpPart> parts)
    {
        var text = new StringBuilder();
        foreach (PartKind kind in SizedKinds.Where(k => Places.AreWritten(parts, k)))
        {
            string counts = string.Join(", ", parts.Where(p => p.Kind == kind).Select(p => $"{Ns}PartCount.{p.Count}"));
            string found = kind == PartKind.Operand ? "OperandCount" : "Results.Count";
            text.AppendLine($"        counts = counts && {Ns}OpSegments.Verify(context, this, {Places.Attribute(kind)}, {found}, {counts});");
        }

        List<OpPart> successors = [.. parts.Where(p => p.Kind == PartKind.Successor)];
        if (successors.Count > 0)
        {
            string most = successors.Any(p => p.Count == Count.Many) ? "int.MaxValue" : $"{successors.Count}";
            text.AppendLine($"        counts &= {Ns}OpChecks.Successors(context, this, {successors.Count(p => p.Count == Count.One)}, {most});");
        }

        return text.ToString();
    }
}
