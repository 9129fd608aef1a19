using System.Numerics;

namespace Orchestrator.IR.Testing;

/// <summary>What the variables of check lines stand for at a point of the comparison.</summary>
internal sealed class CheckVariables
{
    public Dictionary<string, string> Texts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, BigInteger> Numbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Forgets all but those whose names begin with <c>$</c>.</summary>
    public void ClearLocals()
    {
        foreach (string name in Texts.Keys.Where(n => n[0] != '$').ToArray())
        {
            Texts.Remove(name);
        }

        foreach (string name in Numbers.Keys.Where(n => n[0] != '$').ToArray())
        {
            Numbers.Remove(name);
        }
    }
}
