using Orchestrator.IR;

namespace Orchestrator.Dialects.Model;

/// <summary>What a call of a model is made of.</summary>
[Dialect("model")]
public sealed partial class ModelDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeNames { get; } = ["kv", "routing", "partial", "embedding", "tokens"];

    /// <inheritdoc/>
    public override IReadOnlyList<TypeShape> TypeShapes => [.. TypeNames.Select(n => new TypeShape(n, [], ""))];

    /// <inheritdoc/>
    public override IRType? ParseType(IRParser parser, string mnemonic) =>
        TypeNames.Contains(mnemonic) ? ModelType.Get(parser.Context, mnemonic) : null;
}

/// <summary>
/// What passes between the pieces of a call: <c>!model.kv</c> (attention cache), <c>!model.routing</c> (chosen experts), <c>!model.partial</c> (one
/// expert's or shard's part of a sum), <c>!model.embedding</c>, <c>!model.tokens</c>.
/// </summary>
[TypeNames("model.kv", "model.routing", "model.partial", "model.embedding", "model.tokens")]
public sealed class ModelType : DialectType
{
    private ModelType(Context context, string mnemonic) : base(context, "model", mnemonic)
    {
    }

    /// <summary>The type called <paramref name="mnemonic"/>.</summary>
    public static ModelType Get(Context context, string mnemonic) => context.Intern(new ModelType(context, mnemonic));
}
