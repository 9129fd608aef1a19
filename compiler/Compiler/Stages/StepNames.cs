using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>Names for steps that an author recognises.</summary>
internal static class StepNames
{
    /// <summary>
    /// The name that the front end kept as <c>loc("draft"(…))</c>, else the symbol that the operation uses, else the operation's own word.
    /// </summary>
    public static string Of(Operation op)
    {
        if (op.WrittenLocation?.WrittenName is { Length: > 0 } name)
        {
            return name;
        }

        foreach (string attribute in new[] { "model", "tool", "index", "memory", "graph", "name" })
        {
            switch (op.GetAttr(attribute))
            {
                case SymbolRefAttr symbol:
                    return symbol.Root;
                case StringAttr text:
                    return text.Value;
            }
        }

        return op.Name.Text[(op.Name.Text.IndexOf('.', StringComparison.Ordinal) + 1)..];
    }
}
