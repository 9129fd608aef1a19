namespace Orchestrator.CostModels.Serving;

/// <summary>What is fitted of the physics, each above 0 and fitted as its logarithm. The order is that of the tables.</summary>
public enum Quantity
{
    /// <summary>Share of peak arithmetic that prompts reach.</summary>
    Compute,

    /// <summary>Share of memory bandwidth that weights reach.</summary>
    Bandwidth,

    /// <summary>Share of memory bandwidth that the cache reaches.</summary>
    CacheBandwidth,

    /// <summary>Seconds a layer takes whatever its size.</summary>
    LayerSeconds,

    /// <summary>Seconds a step takes whatever its size.</summary>
    StepSeconds,

    /// <summary>Seconds that each sequence adds to a step.</summary>
    SequenceSeconds,

    /// <summary>Seconds of a collective operation whatever its size.</summary>
    HopSeconds,

    /// <summary>Share of a link's rate that collectives reach.</summary>
    Link,

    /// <summary>Seconds from request to first token beside the work.</summary>
    FixedSeconds,

    /// <summary>Share of the reading of prompts that delays writers on the same devices.</summary>
    Interference,

    /// <summary>Prompts waited for, per other client.</summary>
    Queue,

    /// <summary>Share of memory bandwidth that experts reach, against other weights.</summary>
    Experts,

    /// <summary>Most sequences against those that memory and engine allow.</summary>
    Capacity,

    /// <summary>Share of peak arithmetic that attention over a prompt reaches, against other products.</summary>
    PromptAttention,

    /// <summary>Share of peak arithmetic that writing reaches, against prompts.</summary>
    DecodeCompute,

    /// <summary>Tokens a step writes where tokens are guessed ahead.</summary>
    Speculation,

    /// <summary>How a queue grows with the load beside proportionally.</summary>
    QueueGrowth,

    /// <summary>Power of the number of stages that a step slows down by: stages of unlike length, gaps between micro-batches.</summary>
    StageLoss,
}

/// <summary>Values of every <see cref="Quantity"/> for one row, on the stack.</summary>
/// <param name="values">In the order of the quantities.</param>
internal readonly ref struct Rates(ReadOnlySpan<double> values)
{
    /// <summary>How many quantities there are.</summary>
    public const int Count = 18;

    private readonly ReadOnlySpan<double> _values = values;

    /// <summary>The value of a quantity.</summary>
    public double this[Quantity quantity] => _values[(int)quantity];
}
