namespace Orchestrator.Cli.Papers;

/// <summary>Marks the class that sets a paper's claims beside ours; the name is one of <see cref="PaperList"/>.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class PaperAttribute(string name) : Attribute
{
    /// <summary>The paper's short name.</summary>
    public string Name { get; } = name;
}

/// <summary>A paper whose claims are reproduced as far as a machine without accelerators can.</summary>
public interface IPaper
{
    /// <summary>Its claims in the paper's order, each with our figure computed at the call.</summary>
    IReadOnlyList<Claim> Claims();
}
