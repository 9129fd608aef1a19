namespace Orchestrator.IR;

/// <summary>How to print.</summary>
/// <param name="Locations">Whether <c>loc(…)</c> follows every operation and block argument.</param>
public sealed record PrintOptions(bool Locations = false)
{
    /// <summary>Without locations.</summary>
    public static PrintOptions Default { get; } = new();
}

/// <summary>Prints operations in MLIR's generic form. Nesting is followed on an explicit stack, so depth has no limit.</summary>
public static class IRPrinter
{
    /// <summary>The text of an operation and all inside it, ending in a line end.</summary>
    public static string Print(Operation root, PrintOptions? options = null)
    {
        AsmWriter writer = Start(root, out ValueNames names);
        new OperationWriter(names, options ?? PrintOptions.Default, writer, null).Run(root);
        return writer.ToString();
    }

    /// <summary>Writes the text of an operation and all inside it to <paramref name="output"/>, in UTF-8.</summary>
    public static void Print(Operation root, Stream output, PrintOptions? options = null)
    {
        AsmWriter writer = Start(root, out ValueNames names);
        new OperationWriter(names, options ?? PrintOptions.Default, writer, output).Run(root);
    }

    private static AsmWriter Start(Operation root, out ValueNames names)
    {
        IReadOnlyList<(string Name, Interned Value)> aliases = AliasNames.Of(root);
        names = new ValueNames(root);
        var writer = new AsmWriter { Aliases = aliases.Count == 0 ? null : aliases.ToDictionary(a => a.Value, a => a.Name) };
        foreach ((string name, Interned value) in aliases)
        {
            writer.Write('#').Write(name).Write(" = "u8).Write(value.Utf8Text).Write('\n');
        }

        return writer;
    }
}
