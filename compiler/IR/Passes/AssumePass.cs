namespace Orchestrator.IR;

/// <summary>Changes nothing; says which named properties the IR has that is read, so that passes that require them may follow.</summary>
[Pass("assume")]
public sealed partial class AssumePass : Pass
{
    /// <summary>The names of the properties.</summary>
    [PassOption("properties", Summary = "Properties that the IR has already, such as the ones that earlier passes established")]
    public IReadOnlyList<string> Properties { get; set; } = [];

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context) => context.PreserveAll();
}
