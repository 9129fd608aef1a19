namespace Orchestrator.IR;

/// <summary>How to print.</summary>
/// <param name="Locations">Whether <c>loc(…)</c> follows every operation and block argument.</param>
/// <param name="Pretty">Whether operations are written in the form of their <see cref="OpSyntax"/> rather than the generic one.</param>
public sealed record PrintOptions(bool Locations = false, bool Pretty = false)
{
    /// <summary>Without locations.</summary>
    public static PrintOptions Default { get; } = new();
}

/// <summary>Prints operations in MLIR's generic form, or in pretty form. Nesting is followed on an explicit stack, so depth has no limit.</summary>
public static class IRPrinter
{
    /// <summary>The text of an operation and all inside it, ending in a line end.</summary>
    public static string Print(Operation root, PrintOptions? options = null)
    {
        using var text = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        Print(root, text, options);
        return text.ToString();
    }

    /// <summary>Writes the text of an operation and all inside it to <paramref name="output"/>.</summary>
    public static void Print(Operation root, TextWriter output, PrintOptions? options = null)
    {
        IReadOnlyList<(string Name, Interned Value)> aliases = AliasNames.Of(root);
        foreach ((string name, Interned value) in aliases)
        {
            output.Write($"#{name} = {value}\n");
        }

        var writer = new AsmWriter { Aliases = aliases.Count == 0 ? null : aliases.ToDictionary(a => a.Value, a => a.Name) };
        new OperationWriter(new ValueNames(root), options ?? PrintOptions.Default, writer, output).Run(root);
    }
}
