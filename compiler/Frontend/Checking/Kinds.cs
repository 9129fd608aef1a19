using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>How declarations are called in messages.</summary>
internal static class Kinds
{
    public static string Of(NamedDeclaration declaration) => declaration switch
    {
        ModelDeclaration => "model",
        ToolDeclaration => "tool",
        IndexDeclaration => "index",
        MemoryDeclaration => "memory",
        TypeDeclaration => "type",
        _ => "workflow",
    };

    /// <summary>The noun with its article.</summary>
    public static string WithArticle(string noun) => (noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + noun;
}
