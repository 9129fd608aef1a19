using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>Workflows: calls of models and tools, and the choices, repetitions and promises around them.</summary>
[Dialect("agent")]
public sealed partial class AgentDialect : Dialect
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeNames { get; } =
        ["text", "decimal", "json", "bytes", "image", "audio", "vector", "tokens", "list", "optional", "record"];

    /// <inheritdoc/>
    public override IReadOnlyList<TypeShape> TypeShapes =>
        [.. TypeNames.Select(n => new TypeShape(n, n switch { "list" or "optional" => ["element"], "record" => default, _ => [] }, ""))];

    /// <inheritdoc/>
    public override IReadOnlyList<RewritePattern> Simplifications { get; } =
        [new MergeConstantText(), new MergeNestedTemplates(), new TakeKnownBranch(), new TakeKnownPattern()];

    /// <inheritdoc/>
    public override IRType? ParseType(IRParser parser, string mnemonic)
    {
        Context context = parser.Context;
        switch (mnemonic)
        {
            case "text":
                return TextType.Get(context);
            case "decimal":
                return DecimalType.Get(context);
            case "json":
                return JsonType.Get(context);
            case "bytes" or "image" or "audio":
                return BlobType.Get(context, mnemonic);
            case "vector":
                return VectorType.Get(context);
            case "tokens":
                return TokensType.Get(context);
            case "list" or "optional":
                parser.Take("<");
                IRType element = parser.ParseType();
                parser.Take(">");
                return mnemonic == "list" ? ListType.Get(element) : OptionalType.Get(element);
            case "record":
                return ParseRecord(parser);
            default:
                return null;
        }
    }

    /// <inheritdoc/>
    public override Operation MaterializeConstant(OpBuilder builder, Attr value, IRType type, SourceSpan span) =>
        ConstantOp.Create(builder, value, type, span);

    private static RecordType ParseRecord(IRParser parser)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        var types = ImmutableArray.CreateBuilder<IRType>();
        parser.Take("<");
        if (!parser.TryTake(">"))
        {
            do
            {
                SourceSpan span = parser.Here;
                string name = parser.TakeString();
                if (names.Contains(name))
                {
                    parser.Fail(IRCodes.Redefinition, $"the record has two fields '{name}'", span, "give one of them another name");
                }

                parser.Take(":");
                names.Add(name);
                types.Add(parser.ParseType());
            }
            while (parser.TryTake(","));
            parser.Take(">");
        }

        return RecordType.Get(parser.Context, names.ToImmutable(), types.ToImmutable());
    }
}
