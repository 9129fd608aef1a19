using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>Which values may stand for which.</summary>
public static class TypeRules
{
    /// <summary>
    /// Whether a value of type <paramref name="from"/> may be used where <paramref name="to"/> is wanted without a conversion that could
    /// fail: the same type, anything as JSON, an int as a decimal, a value as an optional one, and lists and records by their parts. A list
    /// of JSON, which is what an empty list is, fits every list.
    /// </summary>
    public static bool Fits(IRType from, IRType to)
    {
        // Types nest to a bounded depth (the parser's), yet a pair of stacks costs nothing and has no bound.
        var open = new Stack<(IRType From, IRType To)>([(from, to)]);
        while (open.TryPop(out (IRType From, IRType To) pair))
        {
            switch (pair)
            {
                case var (a, b) when ReferenceEquals(a, b):
                case (_, JsonType):
                case (IntegerType { Width: 64 }, DecimalType):
                case (ListType { Element: JsonType }, ListType):
                    break;
                case (OptionalType a, OptionalType b):
                    open.Push((a.Element, b.Element));
                    break;
                case (_, OptionalType b):
                    open.Push((pair.From, b.Element));
                    break;
                case (ListType a, ListType b):
                    open.Push((a.Element, b.Element));
                    break;
                case (RecordType a, RecordType b) when b.Names.All(n => a.FieldType(n) is not null || b.FieldType(n) is OptionalType):
                    foreach (string name in b.Names.Where(n => a.FieldType(n) is not null))
                    {
                        open.Push((a.FieldType(name)!, b.FieldType(name)!)); // Both have it.
                    }

                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether the type is a number.</summary>
    public static bool IsNumber(IRType type) => type is DecimalType or JsonType or IntegerType { Width: 64 };

    /// <summary>Whether the type is <c>i1</c>.</summary>
    public static bool IsBool(IRType type) => type is IntegerType { Width: 1, Signedness: Signedness.Signless };
}
