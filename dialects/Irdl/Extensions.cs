using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>
/// What IRDL has no words for stands in attributes beside its own, which other tools pass over: <c>open</c> on a type whose parameters may
/// be anything; on an operation <c>open_regions</c> for any number of regions, <c>traits</c>, and <c>mixed</c> with the names of the variadic
/// parts whose values need not have one type, and <c>name</c> with the operation's name where that has a dot.
/// </summary>
internal static class Extensions
{
    public const string Open = "open";
    public const string OpenRegions = "open_regions";
    public const string Name = "name";
    public const string Mixed = "mixed";
    public const string Traits = "traits";

    private static readonly (string Word, OpTraits Trait)[] Words =
    [
        ("terminator", OpTraits.Terminator), ("isolated_from_above", OpTraits.IsolatedFromAbove), ("symbol_table", OpTraits.SymbolTable),
        ("symbol", OpTraits.Symbol), ("graph_region", OpTraits.GraphRegion), ("single_block", OpTraits.SingleBlock),
        ("no_terminator", OpTraits.NoTerminator),
    ];

    public static OpTraits ReadTraits(Operation op, DiagnosticBag bag)
    {
        OpTraits traits = OpTraits.None;
        foreach (Attr attr in (op.Attributes.Get(Traits) as ArrayAttr)?.Elements ?? [])
        {
            string word = (attr as StringAttr)?.Value ?? attr.ToString();
            if (Words.FirstOrDefault(w => w.Word == word) is { Word: not null } known)
            {
                traits |= known.Trait;
            }
            else
            {
                bag.Error(IrdlCodes.Structure, $"there is no trait '{word}'", op.Span, NearestName.Suggest(word, Words.Select(w => w.Word)) ?? $"the traits are {string.Join(", ", Words.Select(w => w.Word))}");
            }
        }

        return traits;
    }

    public static ImmutableHashSet<string> ReadMixed(Operation op) =>
        [.. ((op.Attributes.Get(Mixed) as ArrayAttr)?.Elements ?? []).OfType<StringAttr>().Select(s => s.Value)];

    public static IEnumerable<string> WordsOf(OpTraits traits) => Words.Where(w => traits.HasFlag(w.Trait)).Select(w => w.Word);
}
