using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

public sealed class UseListTests
{
    private static readonly Context Context = new();

    private static (Operation Definition, Operation[] Users) ManyUses(int count)
    {
        var block = new Block();
        OpBuilder builder = OpBuilder.AtEnd(Context, block);
        Operation definition = builder.Create("t.def", resultTypes: [Context.I64]);
        var users = new Operation[count];
        for (int i = 0; i < count; i++)
        {
            users[i] = builder.Create("t.use", [definition.Result]);
        }

        return (definition, users);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RemovingAUseTouchesAFewSlotsHoweverManyThereAre(bool oldestFirst)
    {
        const int Count = 10_000;
        (Operation definition, Operation[] users) = ManyUses(Count);
        long before = SlotAccess.Count;
        Assert.SkipUnless(before > 0, "slot accesses are counted in debug builds only");
        foreach (Operation user in oldestFirst ? users : users.Reverse())
        {
            user.Erase();
        }

        // Reading the slot and its two neighbours, with room for a constant more.
        Assert.InRange(SlotAccess.Count - before, Count, 6L * Count);
        Assert.False(definition.Result.HasUses);
    }

    [Fact]
    public void ReplacingAValueTouchesAFewSlotsAUse()
    {
        const int Count = 10_000;
        (Operation definition, Operation[] users) = ManyUses(Count);
        Operation other = OpBuilder.BeforeOp(users[0]).Create("t.def", resultTypes: [Context.I64]);
        long before = SlotAccess.Count;
        definition.Result.ReplaceAllUsesWith(other.Result);
        Assert.True(SlotAccess.Count - before <= 8L * Count);
        Assert.Equal(Count, other.Result.Uses.Count());
        Assert.All(users, u => Assert.Same(other.Result, u.GetOperand(0)));
    }

    [Fact]
    public void RandomEditsKeepTheUsesEqualToTheOperands()
    {
        var random = new Random(20_250_101);
        var block = new Block();
        OpBuilder builder = OpBuilder.AtEnd(Context, block);
        Value[] values = [.. Enumerable.Range(0, 5).Select(_ => builder.Create("t.def", resultTypes: [Context.I64]).Result)];
        Operation[] users = [.. Enumerable.Range(0, 4).Select(_ => builder.Create("t.use", [values[0], values[1], values[0]]))];
        for (int step = 0; step < 2_000; step++)
        {
            Operation user = users[random.Next(users.Length)];
            Value value = values[random.Next(values.Length)];
            switch (random.Next(4))
            {
                case 0:
                    user.AppendOperand(value);
                    break;
                case 1 when user.OperandCount > 0:
                    user.RemoveOperand(random.Next(user.OperandCount));
                    break;
                case 2 when user.OperandCount > 0:
                    user.SetOperand(random.Next(user.OperandCount), value);
                    break;
                case 3:
                    values[random.Next(values.Length)].ReplaceAllUsesWith(value);
                    break;
            }

            foreach (Value v in values)
            {
                HashSet<Use> expected = [.. users.SelectMany(u => u.Operands.Select((operand, i) => (operand, i)).Where(e => e.operand == v).Select(e => new Use(u, e.i)))];
                Use[] found = [.. v.Uses];
                Assert.Equal(expected.Count, found.Length);
                Assert.True(expected.SetEquals(found));
            }
        }
    }

    [Fact]
    public void ErasingAUsedOperationIsABug()
    {
        (Operation definition, _) = ManyUses(1);
        Assert.Throws<InvalidOperationException>(definition.Erase);
    }
}
