using System.Text;
using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

/// <summary>Writes the registry entry of a pass with its options.</summary>
internal static class PassEmitter
{
    private const string Ns = "global::Orchestrator.IR.";

    public static Declared Emit(INamedTypeSymbol type, AttributeData data)
    {
        List<Mistake> mistakes = [];
        string name = data.FirstString();
        string summary = data.Named("Summary") as string ?? "";
        string full = type.FullName();
        var options = new StringBuilder();
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.Find("PassOptionAttribute") is not { } option)
            {
                continue;
            }

            string kind = property.Type.FullName();
            if (kind is not ("bool" or "int" or "long" or "double" or "string") || property.SetMethod is null)
            {
                mistakes.Add(Mistake.At(property, $"option '{property.Name}' must be a settable bool, int, long, double or string"));
                continue;
            }

            string optionSummary = option.Named("Summary") as string ?? property.Summary();
            options.Append($"new {Ns}PassOptionInfo({Symbols.Literal(option.FirstString())}, {Symbols.Literal(optionSummary)}, {Symbols.Literal(kind)}, ")
                .Append($"static (pass, text) => {{ if (!{Ns}OptionText.TryParse(text, out {kind} v)) {{ return false; }} (({full})pass).{property.Name} = v; return true; }}, ")
                .Append($"static pass => {Ns}OptionText.Format((({full})pass).{property.Name})), ");
        }

        string entry = $"new {Ns}PassInfo({Symbols.Literal(name)}, {Symbols.Literal(summary.Length > 0 ? summary : type.Summary())}, "
            + $"{Symbols.Literal(data.Named("Anchor") as string ?? "")}, static () => new {full}(), [{options}])";
        string source = Symbols.Wrap(type, $"""
                /// <inheritdoc/>
                public override string Name => {Symbols.Literal(name)};

            """);
        return new Declared("Pass", name, full, source, entry, "", new Sequence<Mistake>(mistakes));
    }
}
