using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>Declarations of dialects as IR, with MLIR's names and meaning, so that a dialect needs no compiling.</summary>
[Dialect("irdl")]
public sealed partial class IrdlDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeNames { get; } = ["attribute", "region"];

    /// <inheritdoc/>
    public override IReadOnlyList<TypeShape> TypeShapes => [.. TypeNames.Select(n => new TypeShape(n, [], ""))];

    /// <inheritdoc/>
    public override IRType? ParseType(IRParser parser, string mnemonic) =>
        TypeNames.Contains(mnemonic) ? IrdlType.Get(parser.Context, mnemonic) : null;
}

/// <summary><c>!irdl.attribute</c>, a constraint on types and attributes, or <c>!irdl.region</c>, one on regions.</summary>
[TypeNames("irdl.attribute", "irdl.region")]
public sealed class IrdlType : DialectType
{
    private IrdlType(Context context, string mnemonic) : base(context, "irdl", mnemonic)
    {
    }

    /// <summary>The one called <paramref name="mnemonic"/>, <c>attribute</c> or <c>region</c>.</summary>
    public static IrdlType Get(Context context, string mnemonic) => context.Intern(new IrdlType(context, mnemonic));
}
