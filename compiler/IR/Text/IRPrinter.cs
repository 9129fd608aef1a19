namespace Orchestrator.IR;

/// <summary>How to print.</summary>
/// <param name="Locations">Whether <c>loc(…)</c> follows every operation and block argument.</param>
/// <param name="Pretty">Whether operations are written in the form of their <see cref="OpSyntax"/> rather than the generic one.</param>
public sealed record PrintOptions(bool Locations = false, bool Pretty = false)
{
    /// <summary>Without locations.</summary>
    public static PrintOptions Default { get; } = new();

    /// <summary>What follows the module in <c>{-# … #-}</c>, or null for nothing.</summary>
    public ResourceSection? Resources { get; init; }
}

/// <summary>Prints operations in MLIR's generic form, or in pretty form. Nesting is followed on an explicit stack, so depth has no limit.</summary>
public static class IRPrinter
{
    /// <summary>The text of an operation and all inside it, ending in a line end.</summary>
    public static string Print(Operation root, PrintOptions? options = null)
    {
        using var output = new MemoryStream();
        Print(root, output, options);
        return System.Text.Encoding.UTF8.GetString(output.GetBuffer(), 0, (int)output.Length);
    }

    /// <summary>Writes the text of an operation and all inside it to <paramref name="output"/>, in UTF-8.</summary>
    public static void Print(Operation root, Stream output, PrintOptions? options = null)
    {
        options ??= PrintOptions.Default;
        var state = new PrintState(AliasNames.Of(root, options.Locations));
        var writer = new AsmWriter { State = state };
        state.Aliases.WriteDefinitions(writer, late: false);
        new OperationWriter(new ValueNames(root), options, writer, output).Run(root);
        state.Aliases.WriteDefinitions(writer, late: true);
        options.Resources?.Write(writer, state.Handles);
        writer.FlushTo(output);
    }

    /// <summary>The location of a block argument: the one it was given, or its place in the text.</summary>
    internal static LocationAttr LocationOf(BlockArgument argument) => argument.Location ?? argument.Type.Context.LocationOf(argument.Span);
}
