namespace Orchestrator.IR;

// The two operations that every context knows, also one without dialects: builtin.module and builtin.unrealized_conversion_cast.
internal static class BuiltinRules
{
    private const string Module = "builtin.module";
    private const string Cast = "builtin.unrealized_conversion_cast";

    public static IReadOnlyList<string> ModuleAttributes { get; } = ["sym_name", "sym_visibility"];

    public static bool IsModule(Operation op) => IsModule(op.Name);

    public static bool IsModule(OperationName name) => name.Text == Module;

    public static bool Applies(Operation op) => Applies(op.Name);

    public static bool Applies(OperationName name) => name.Text is Module or Cast;

    public static void Check(VerifyContext context, Operation op)
    {
        if (IsModule(op))
        {
            CheckModule(context, op);
        }
        else if (op.Results.Count == 0)
        {
            context.Error(op, IRCodes.WrongCount, "has no result", "give it at least one");
        }
        else if (op.Regions.Count > 0 || op.Successors.Count > 0)
        {
            context.Error(op, IRCodes.WrongCount, "takes no regions and successors", "leave them out");
        }
    }

    private static void CheckModule(VerifyContext context, Operation op)
    {
        if (op.OperandCount > 0 || op.Results.Count > 0 || op.Regions.Count != 1 || op.Successors.Count > 0)
        {
            context.Error(op, IRCodes.WrongCount, "has one region, and no operands, results and successors", "correct the counts");
            return;
        }

        if (op.Regions[0].Count != 1 || op.Regions[0].First?.Arguments.Count > 0)
        {
            context.Error(op, IRCodes.WrongCount, "has one block without arguments", "write ({ ^bb0: }) for a module without operations");
        }

        foreach (NamedAttr attribute in op.Attributes.Entries)
        {
            if (!attribute.Name.Contains('.', StringComparison.Ordinal))
            {
                context.Error(op, IRCodes.WrongAttribute, $"takes only attributes of dialects beside its own, found '{attribute.Name}'", "write it as dialect.name");
            }
        }
    }
}
