using Orchestrator.IR;

namespace Tutorials;

/// <summary>How fine the beans are ground.</summary>
public enum Grind
{
    /// <summary>For a filter.</summary>
    Coarse,

    /// <summary>For an espresso.</summary>
    Fine,
}

/// <summary>Brews coffee. <code>%0 = coffee.brew {grams = 16 : i32, grind = "fine"} : i32</code></summary>
[Op("coffee.brew", Effects = Effect.None)]
public sealed partial class BrewOp : Operation
{
    /// <summary>Beans, in grams.</summary>
    [Attr] public partial int Grams { get; set; }

    /// <summary>How fine they are ground.</summary>
    [Attr] public partial Grind Grind { get; set; }

    /// <summary>The coffee, in millilitres.</summary>
    [Result<IntegerType>] public partial OpResult Coffee { get; }
}
