using Orchestrator.IR;

namespace Tea;

/// <summary>What a tea house does.</summary>
[Dialect("tea")]
public sealed partial class TeaDialect : Dialect;

/// <summary>Steeps leaves.</summary>
[Op("tea.steep", Effects = Effect.None)]
public sealed partial class SteepOp : Operation
{
    /// <summary>Minutes, 1 or more.</summary>
    [Attr] public partial long Minutes { get; set; }

    /// <summary>The tea, in millilitres.</summary>
    [Result<IntegerType>] public partial OpResult Tea { get; }
}

/// <summary>Makes tea strong.</summary>
[Pass("steep-longer", Summary = "Steep every tea one minute longer")]
public sealed partial class SteepLonger : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        foreach (SteepOp steep in root.Walk().OfType<SteepOp>())
        {
            steep.Minutes++;
        }
    }
}
