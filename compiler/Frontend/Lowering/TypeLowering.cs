using System.Collections.Immutable;
using Orchestrator.Dialects.Agent;
using Orchestrator.Frontend.Checking;
using Orchestrator.IR;
using AgentListType = Orchestrator.Dialects.Agent.ListType;
using AgentOptionalType = Orchestrator.Dialects.Agent.OptionalType;
using AgentRecordType = Orchestrator.Dialects.Agent.RecordType;

namespace Orchestrator.Frontend.Lowering;

/// <summary>Types of the language as types of the <c>agent</c> dialect.</summary>
internal static class TypeLowering
{
    public static IRType Lower(Context context, FlowType type) => type switch
    {
        Checking.ListType list => AgentListType.Get(Lower(context, list.Element)),
        Checking.OptionalType optional => AgentOptionalType.Get(Lower(context, optional.Inner)),
        Checking.RecordType record => AgentRecordType.Get(
            context, [.. record.Fields.Select(f => f.Name)], [.. record.Fields.Select(f => Lower(context, f.Type))]),
        CasesType => TextType.Get(context),
        BasicType basic => Basic(context, basic.Name),
        _ => throw new InvalidOperationException($"{type} has no type in the dialect"),
    };

    /// <summary>The words of a type that is one of several words, else none.</summary>
    public static ImmutableArray<string> Choices(FlowType type) => type is CasesType cases ? [.. cases.Cases] : [];

    private static IRType Basic(Context context, string name) => name switch
    {
        "bool" => context.I1,
        "int" => context.I64,
        "text" => TextType.Get(context),
        "decimal" => DecimalType.Get(context),
        "bytes" or "image" or "audio" => BlobType.Get(context, name),
        "vector" => VectorType.Get(context),
        "tokens" => TokensType.Get(context),
        // '?' is the element of a list that is empty wherever it goes.
        _ => JsonType.Get(context),
    };
}
