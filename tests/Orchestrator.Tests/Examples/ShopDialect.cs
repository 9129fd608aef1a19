using Orchestrator.IR;

namespace Orchestrator.Tests.Examples;

/// <summary>What a shop does.</summary>
[Dialect("shop")]
public sealed partial class ShopDialect : Dialect;

/// <summary>Looks a price up. <code>%1 = "shop.price"(%0) &lt;{currency = "EUR"}&gt; : (!agent.text) -> !agent.decimal</code></summary>
[Op("shop.price", Effects = Effect.Reads)]
public sealed partial class PriceOp : Operation
{
    [Operand] public partial Value Article { get; set; }

    [Attr] public partial string Currency { get; set; }

    [Result] public partial OpResult Price { get; }
}
