using Orchestrator.IR;

namespace Tutorials;

/// <summary>Brews with more beans where the beans are ground fine.</summary>
[Pass("double-shots", Summary = "Brew with more beans where they are ground fine")]
public sealed partial class DoubleShots : Pass
{
    /// <summary>How many times the beans, 2 or more.</summary>
    [PassOption("times", Summary = "How many times the beans, 2 or more")]
    public int Times { get; set; } = 2;

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        foreach (BrewOp brew in root.Walk().OfType<BrewOp>().Where(b => b.Grind == Grind.Fine))
        {
            brew.Grams *= Times;
            context.Count(this, "shots");
        }
    }
}
