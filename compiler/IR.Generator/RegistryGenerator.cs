using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orchestrator.IR.Generator;

/// <summary>
/// Completes classes with [Dialect], [Op] and [Pass], and lists them, with every [CostModel], [Predictor], [Target], [Importer] and [Paper] class, in one static table
/// <c>GeneratedRegistry</c> in the assembly's own namespace, so that nothing is searched for by reflection.
/// </summary>
[Generator]
public sealed class RegistryGenerator : IIncrementalGenerator
{
    private const string Ns = "global::Orchestrator.IR.";

    // Other kinds: the attribute [X("name")] lists a class that implements IX of the attribute's namespace.
    private static readonly string[] OtherKinds =
    [
        "Orchestrator.Plan.CostModelAttribute", "Orchestrator.CostModels.CostModelAttribute", "Orchestrator.Runtime.TargetAttribute",
        "Orchestrator.Targets.TargetAttribute", "Orchestrator.Frontend.ImporterAttribute", "Orchestrator.Frontend.Importers.ImporterAttribute",
        "Orchestrator.CostModels.PredictorAttribute", "Orchestrator.Cli.Papers.PaperAttribute",
    ];

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ImmutableArray<Declared>> all = Classes(context, "Orchestrator.IR.OpAttribute", OpEmitter.Emit).Collect();
        all = Join(all, Classes(context, "Orchestrator.IR.PassAttribute", PassEmitter.Emit));
        all = Join(all, Classes(context, "Orchestrator.IR.DialectAttribute", Dialect));
        foreach (string kind in OtherKinds)
        {
            all = Join(all, context.SyntaxProvider.ForAttributeWithMetadataName(
                kind, static (node, _) => node is ClassDeclarationSyntax, static (found, _) => Other((INamedTypeSymbol)found.TargetSymbol, found.Attributes)));
        }

        IncrementalValueProvider<(string Name, string Always)> assembly = context.CompilationProvider.Select(static (c, _) => (c.AssemblyName ?? "Generated", Always(c)));
        context.RegisterSourceOutput(all.Combine(assembly), static (output, pair) => Write(output, pair.Left, pair.Right.Name, pair.Right.Always));
    }

    // Where there could be dialects and passes, and where predictors belong, the tables are there even when empty, so that whoever reads them need not know.
    private static string Always(Compilation compilation) =>
        compilation.GetTypeByMetadataName("Orchestrator.IR.PassInfo") is not null ? "Dialect Pass"
        : compilation.Assembly.GetTypeByMetadataName("Orchestrator.CostModels.PredictorAttribute") is not null ? "Predictor"
        : "";

    private static IncrementalValuesProvider<Declared> Classes(
        IncrementalGeneratorInitializationContext context, string attribute, System.Func<INamedTypeSymbol, AttributeData, Declared> emit) =>
        context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is ClassDeclarationSyntax,
            (found, _) => emit((INamedTypeSymbol)found.TargetSymbol, found.Attributes[0]));

    private static IncrementalValueProvider<ImmutableArray<Declared>> Join(
        IncrementalValueProvider<ImmutableArray<Declared>> some, IncrementalValuesProvider<Declared> more) =>
        some.Combine(more.Collect()).Select(static (pair, _) => pair.Left.AddRange(pair.Right));

    private static Declared Dialect(INamedTypeSymbol type, AttributeData data) =>
        new("Dialect", data.FirstString(), type.FullName(), type.ContainingNamespace.ToDisplayString() + "|" + type.Name, $"static () => new {type.FullName()}()", "", default);

    // A class that asks for something to be made is made by hand where that is known; it is not listed.
    private static Declared Other(INamedTypeSymbol type, ImmutableArray<AttributeData> attributes)
    {
        INamedTypeSymbol attribute = attributes[0].AttributeClass!; // Found by its name.
        string kind = attribute.Name.Substring(0, attribute.Name.Length - "Attribute".Length);
        string contract = $"global::{attribute.ContainingNamespace.ToDisplayString()}.I{kind}";
        bool plain = type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && c.DeclaredAccessibility == Accessibility.Public);
        string entries = string.Join(",\n        ", attributes.Select(a => $"({Symbols.Literal(a.FirstString())}, static () => new {type.FullName()}())"));
        return new Declared(kind, attributes[0].FirstString(), type.FullName(), "", plain ? entries : "", contract, default);
    }

    private static void Write(SourceProductionContext output, ImmutableArray<Declared> all, string assembly, string always)
    {
        foreach (Declared declared in all)
        {
            foreach (Mistake mistake in declared.Mistakes.Items)
            {
                output.ReportDiagnostic(mistake.ToDiagnostic());
            }

            string source = declared.Kind == "Dialect" ? DialectSource(declared, all) : declared.Source;
            if (source.Length > 0)
            {
                output.AddSource($"{declared.Class.Replace("global::", "")}.g.cs", source);
            }
        }

        if (all.Length > 0 || always.Length > 0)
        {
            output.AddSource("GeneratedRegistry.g.cs", Registry(all, assembly, always));
        }
    }

    private static string DialectSource(Declared dialect, ImmutableArray<Declared> all)
    {
        string[] place = dialect.Source.Split('|');
        IEnumerable<string> ops = all.Where(d => d.Kind == "Op" && d.Name.StartsWith(dialect.Name + ".", System.StringComparison.Ordinal))
            .OrderBy(d => d.Name, System.StringComparer.Ordinal).Select(d => $"        {d.Class}.CreateInfo(),\n");
        return $$"""
            // <auto-generated/>
            #nullable enable
            #pragma warning disable
            namespace {{place[0]}};

            partial class {{place[1]}}
            {
                /// <inheritdoc/>
                public override string Name => {{Symbols.Literal(dialect.Name)}};

                /// <inheritdoc/>
                public override global::System.Collections.Generic.IReadOnlyList<{{Ns}}OpInfo> Ops { get; } = new {{Ns}}OpInfo[]
                {
            {{string.Concat(ops)}}    };
            }

            """;
    }

    private static string Registry(ImmutableArray<Declared> all, string assembly, string always)
    {
        var text = new StringBuilder($$"""
            // <auto-generated/>
            #nullable enable
            #pragma warning disable
            namespace {{assembly}};

            /// <summary>Everything in this assembly that is found by its name.</summary>
            public static class GeneratedRegistry
            {

            """);

        IEnumerable<string> kinds = all.Where(d => d.Entry.Length > 0).Select(d => d.Kind).Concat(always.Split([' '], System.StringSplitOptions.RemoveEmptyEntries));
        foreach (string kind in kinds.Distinct().OrderBy(k => k, System.StringComparer.Ordinal))
        {
            Declared[] entries = [.. all.Where(d => d.Kind == kind && d.Entry.Length > 0).OrderBy(d => d.Name, System.StringComparer.Ordinal)];
            string element = kind switch
            {
                "Dialect" => $"global::System.Func<{Ns}Dialect>",
                "Pass" => $"{Ns}PassInfo",
                "Predictor" => "(string Name, global::System.Func<global::Orchestrator.CostModels.IPredictor> Create)",
                _ => $"(string Name, global::System.Func<{entries[0].Contract}> Create)",
            };
            text.AppendLine($"    /// <summary>Every {kind}, by name.</summary>");
            text.AppendLine($"    public static global::System.Collections.Immutable.ImmutableArray<{element}> {(kind == "Pass" ? "Passes" : kind + "s")} {{ get; }} =");
            text.AppendLine("    [");
            foreach (Declared declared in entries)
            {
                text.AppendLine($"        {declared.Entry},");
            }

            text.AppendLine("    ];");
        }

        return text.AppendLine("}").ToString();
    }
}
