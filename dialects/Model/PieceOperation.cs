using System.Globalization;
using Orchestrator.Dialects.Agent;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Model;

/// <summary>
/// A placeable piece of a step: it names the step, what serves it, and, when it is the last piece, all that the call said.
/// Its <c>Workload</c> is computed from these.
/// </summary>
public abstract class PieceOperation : Operation
{
    /// <summary>The declaration that serves it.</summary>
    [Attr("service")]
    public SymbolRefAttr Service => (SymbolRefAttr)GetAttr("service")!; // The verifier asks for it.

    /// <summary>The step that it is a piece of.</summary>
    [Attr("step")]
    public string Step => ((StringAttr)GetAttr("step")!).Value; // The verifier asks for it.

    /// <summary>What the call said; on its last piece only.</summary>
    [Attr("call")]
    public DictionaryAttr? Call => GetAttr<DictionaryAttr>("call");

    /// <summary>What may serve it.</summary>
    private protected abstract bool CanServe(Operation declaration);

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (context.Resolve<Operation>(this, Service, "declaration") is { } declaration && !CanServe(declaration))
        {
            context.Error(this, IRCodes.WrongSymbolKind, $"cannot be served by {Service}, which is a '{declaration.Name}'", "name a declaration that can serve it");
        }
    }
}

/// <summary>A piece that a model serves.</summary>
public abstract class ModelOperation : PieceOperation
{
    /// <summary>Experts of a mixture, 1 or more.</summary>
    [Attr("experts")]
    public long? Experts => GetAttr<IntegerAttr>("experts")?.Value;

    /// <summary>How many of them each token takes, 1 to <see cref="Experts"/>.</summary>
    [Attr("top_k")]
    public long? TopK => GetAttr<IntegerAttr>("top_k")?.Value;

    private protected override bool CanServe(Operation declaration) => declaration is DeclareModelOp;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        base.Verify(context);
        if (Experts is { } experts && (experts < 1 || TopK is not { } k || k < 1 || k > experts))
        {
            context.Error(this, IRCodes.OpRule, string.Create(CultureInfo.InvariantCulture, $"takes {TopK ?? 0} of {experts} experts"), "make top_k 1 to experts");
        }
    }
}
