namespace Orchestrator.IR;

/// <summary>Reads text.</summary>
public sealed partial class IRParser
{
}
