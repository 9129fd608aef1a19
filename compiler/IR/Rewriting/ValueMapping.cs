namespace Orchestrator.IR;

/// <summary>What stands for a value or a block in a copy. What is not listed stands for itself.</summary>
public sealed class ValueMapping
{
    private readonly Dictionary<Value, Value> _values = [];
    private readonly Dictionary<Block, Block> _blocks = [];

    /// <summary>From now on <paramref name="by"/> stands for <paramref name="value"/>.</summary>
    public void Map(Value value, Value by) => _values[value] = by;

    /// <summary>From now on <paramref name="by"/> stands for <paramref name="block"/>.</summary>
    public void Map(Block block, Block by) => _blocks[block] = by;

    /// <summary>What stands for <paramref name="value"/>.</summary>
    public Value Of(Value value) => _values.GetValueOrDefault(value, value);

    /// <summary>What stands for <paramref name="block"/>.</summary>
    public Block Of(Block block) => _blocks.GetValueOrDefault(block, block);
}
