using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>A pass threw an exception: a mistake in the pass, whatever the input was.</summary>
public sealed class PassCrashException : Exception
{
    internal PassCrashException(string pass, Operation on, Exception cause)
        : base($"pass '{pass}' threw {cause.GetType().Name} on {Describe(on)}: {cause.Message}", cause) =>
        (Pass, Operation, Span) = (pass, Describe(on), on.Span);

    /// <summary>The name of the pass.</summary>
    public string Pass { get; }

    /// <summary>The operation on which it ran: its name and, if it has one, its symbol.</summary>
    public string Operation { get; }

    /// <summary>Where that operation stands.</summary>
    public SourceSpan Span { get; }

    internal static string Describe(Operation op) => op.SymbolName is { } symbol ? $"'{op.Name}' @{symbol}" : $"'{op.Name}'";
}
