using System.Text;
using Microsoft.CodeAnalysis;

namespace Orchestrator.IR.Generator;

/// <summary>How the value of a pass option is read and written.</summary>
/// <param name="Name">What kind it is, for messages.</param>
/// <param name="Read">An expression that reads <c>text</c> into a new variable <c>v</c> and says whether that went well.</param>
/// <param name="Write">An expression for the text of the value in the expression given.</param>
/// <param name="Choices">The words that it takes, when it takes only some.</param>
/// <param name="Members">What the pass's class needs for this, or empty.</param>
internal sealed record PassOptionKind(string Name, string Read, Func<string, string> Write, IReadOnlyList<string> Choices, string Members)
{
    private const string Text = "global::Orchestrator.IR.OptionText";

    /// <summary>The kind of a property of the class <paramref name="full"/>, or null when options cannot be of its type.</summary>
    public static PassOptionKind? Of(IPropertySymbol property, string full)
    {
        bool isList = property.Type is INamedTypeSymbol { Name: "IReadOnlyList", TypeArguments.Length: 1 };
        ITypeSymbol element = isList ? ((INamedTypeSymbol)property.Type).TypeArguments[0] : property.Type;
        string type = element.FullName();
        string[] members = element.TypeKind == TypeKind.Enum ? [.. element.GetMembers().OfType<IFieldSymbol>().Select(f => f.Name)] : [];
        if (members.Length == 0 && type is not ("bool" or "int" or "long" or "double" or "string"))
        {
            return null;
        }

        string reader = members.Length > 0 ? $"{full}.Read{property.Name}" : $"{Text}.TryParse";
        string writer = members.Length > 0 ? $"{full}.Write{property.Name}" : $"{Text}.Format";
        string name = members.Length > 0 ? Word(element.Name) : type;
        return new PassOptionKind(
            isList ? $"list of {name}" : name,
            isList ? $"{Text}.TryParseList<{type}>(text, {reader}, out var v)" : $"{reader}(text, out {type} v)",
            isList ? value => $"{Text}.FormatList({value}, static v => {writer}(v))" : value => $"{writer}({value})",
            [.. members.Select(Word)],
            members.Length > 0 ? EnumMembers(property.Name, type, members) : "");
    }

    private static string Word(string name) => Symbols.SnakeCase(name).Replace('_', '-');

    private static string EnumMembers(string property, string type, string[] members)
    {
        var text = new StringBuilder($"\n    internal static bool Read{property}(string text, out {type} value)\n    {{\n        switch (text)\n        {{\n");
        foreach (string member in members)
        {
            text.Append($"            case {Symbols.Literal(Word(member))}: value = {type}.{member}; return true;\n");
        }

        text.Append($"            default: value = default; return false;\n        }}\n    }}\n\n    internal static string Write{property}({type} value) => value switch\n    {{\n");
        foreach (string member in members)
        {
            text.Append($"        {type}.{member} => {Symbols.Literal(Word(member))},\n");
        }

        return text.Append("        _ => \"\",\n    };\n").ToString();
    }
}
