using System.Text;
using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

/// <summary>Writes the registry entry of a pass with its options, and what reads and writes options that are enums.</summary>
internal static class PassEmitter
{
    private const string Ns = "global::Orchestrator.IR.";

    public static Declared Emit(INamedTypeSymbol type, AttributeData data)
    {
        List<Mistake> mistakes = [];
        string name = data.FirstString();
        string summary = data.Named("Summary") as string ?? "";
        string full = type.FullName();
        var body = new StringBuilder($"""
                /// <inheritdoc/>
                public override string Name => {Symbols.Literal(name)};

            """);
        var options = new StringBuilder();
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            if (property.Find("PassOptionAttribute") is not { } option)
            {
                continue;
            }

            if (property.SetMethod is null || PassOptionKind.Of(property, full) is not { } kind)
            {
                mistakes.Add(Mistake.At(property,
                    $"option '{property.Name}' must be a settable bool, int, long, double, string or enum, or an IReadOnlyList of one of these"));
                continue;
            }

            string optionSummary = option.Named("Summary") as string ?? property.Summary();
            options.Append($"new {Ns}PassOptionInfo({Symbols.Literal(option.FirstString())}, {Symbols.Literal(optionSummary)}, {Symbols.Literal(kind.Name)}, ")
                .Append($"static (pass, text) => {{ if (!{kind.Read}) {{ return false; }} (({full})pass).{property.Name} = v; return true; }}, ")
                .Append($"static pass => {kind.Write($"(({full})pass).{property.Name}")})")
                .Append(kind.Choices.Count > 0 ? $" {{ Choices = [{Literals(kind.Choices)}] }}, " : ", ");
            body.Append(kind.Members);
        }

        string facts = $"Parallel = {(data.Named("Parallel") as bool? == false ? "false" : "true")}"
            + string.Concat(new[] { "Requires", "Forbids", "Establishes", "Destroys" }
                .Select(fact => (Name: fact, Values: data.NamedStrings(fact))).Where(f => f.Values.Count > 0).Select(f => $", {f.Name} = [{Literals(f.Values)}]"));
        string entry = $"new {Ns}PassInfo({Symbols.Literal(name)}, {Symbols.Literal(summary.Length > 0 ? summary : type.Summary())}, "
            + $"{Symbols.Literal(data.Named("Anchor") as string ?? "")}, static () => new {full}(), [{options}]) {{ {facts} }}";
        return new Declared("Pass", name, full, Symbols.Wrap(type, body.ToString()), entry, "", new Sequence<Mistake>(mistakes));
    }

    private static string Literals(IEnumerable<string> texts) => string.Join(", ", texts.Select(Symbols.Literal));
}
