namespace Orchestrator.IR;

/// <summary>Is told of changes that are made through a <see cref="Rewriter"/> or a builder of one.</summary>
public interface IRewriteListener
{
    /// <summary><paramref name="op"/> was put into a block, with all that is inside.</summary>
    void Inserted(Operation op);

    /// <summary>Operands, attributes or successors of <paramref name="op"/> changed.</summary>
    void Modified(Operation op);

    /// <summary><paramref name="op"/> is about to go; its operands are still there. What is inside is told before it.</summary>
    void Erasing(Operation op);
}
