using Orchestrator.IR;

namespace Orchestrator.Dialects.Builtin;

/// <summary>What every file needs, with MLIR's names.</summary>
[Dialect("builtin")]
public sealed partial class BuiltinDialect : Dialect;

/// <summary>
/// Holds the operations of a file; symbols in it are unique.
/// <code>"builtin.module"() ({ }) : () -> ()</code>
/// </summary>
[Op("builtin.module", Traits = OpTraits.SymbolTable | OpTraits.SingleBlock | OpTraits.NoTerminator | OpTraits.IsolatedFromAbove | OpTraits.GraphRegion, Effects = Effect.OfRegions, Syntax = typeof(ModuleSyntax))]
public sealed partial class ModuleOp : Operation
{
    /// <summary>The module's name, if others refer to it.</summary>
    [Attr("sym_name")] public partial string? SymName { get; set; }

    /// <summary>Who may refer to it.</summary>
    [Attr("sym_visibility")] public partial string? SymVisibility { get; set; }

    /// <summary>The operations.</summary>
    [Region(Arguments = 0)] public partial Region Body { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Body.IsEmpty)
        {
            context.Error(this, IRCodes.WrongCount, "has no block", "write ({ ^bb0: }) for a module without operations");
        }

        foreach (NamedAttr attribute in Attributes.Entries)
        {
            if (!attribute.Name.Contains('.', StringComparison.Ordinal))
            {
                context.Error(this, IRCodes.WrongAttribute, $"takes only attributes of dialects beside its own, found '{attribute.Name}'",
                    "write it as dialect.name");
            }
        }
    }
}

// 'module @name attributes {…} { … }', which the parser reads by itself.
internal sealed class ModuleSyntax : OpSyntax
{
    public override bool FillsRegions => true;

    public override string NameOf(Operation op) => "module";

    public override bool CanPrint(Operation op) => base.CanPrint(op) && op.Regions is [{ Count: 1, First.Arguments.Count: 0 }];

    public override void Parse(OpReader reader) => throw new InvalidOperationException("the parser reads modules itself");

    public override void Print(Operation op, OpWriter writer)
    {
        _ = op.SymbolName is { } name ? writer.Write(" ").Symbol(name) : writer;
        writer.Attributes(op, ["sym_name"], withKeyword: true);
    }
}
