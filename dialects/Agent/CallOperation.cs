using System.Globalization;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>What every call of something outside may say: how long it may take, how often it is tried, where it may run.</summary>
public abstract class CallOperation : Operation
{
    private static readonly string[] Places = ["cpu", "gpu", "npu"];

    /// <summary>The longest time, in microseconds, 1 or more.</summary>
    [Attr("within_us")]
    public long? WithinUs => GetAttr<IntegerAttr>("within_us")?.Value;

    /// <summary>How many more times it is tried after a failure, 0 or more.</summary>
    [Attr("retry")]
    public long? Retry => GetAttr<IntegerAttr>("retry")?.Value;

    /// <summary>The kind of device: cpu, gpu or npu.</summary>
    [Attr("on")]
    public string? On => GetAttr<StringAttr>("on")?.Value;

    /// <summary>What it must run beside.</summary>
    [Attr("near")]
    public SymbolRefAttr? Near => GetAttr<SymbolRefAttr>("near");

    /// <summary>What it may not run beside.</summary>
    [Attr("apart")]
    public SymbolRefAttr? Apart => GetAttr<SymbolRefAttr>("apart");

    /// <summary>A region that its data may not leave.</summary>
    [Attr("never_leaves")]
    public string? NeverLeaves => GetAttr<StringAttr>("never_leaves")?.Value;

    /// <summary>How likely it is that the call is made at all, 0 to 1.</summary>
    [Attr("probability")]
    public double? Probability => GetAttr<FloatAttr>("probability")?.Value;

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.AtLeast(context, this, "within_us", WithinUs, 1);
        Rules.AtLeast(context, this, "retry", Retry, 0);
        Rules.Probability(context, this, "probability", Probability);
        if (On is { } on)
        {
            Rules.OneOf(context, this, "on", on, Places);
        }

        foreach (SymbolRefAttr other in new[] { Near, Apart }.OfType<SymbolRefAttr>())
        {
            context.Resolve<Operation>(this, other, "declaration");
        }
    }

    /// <summary>Names and types of what is passed, against what is declared; a parameter that may be absent may be left out.</summary>
    private protected void VerifyArguments(VerifyContext context, IReadOnlyList<string> given, string callee, IReadOnlyList<string> names, IReadOnlyList<IRType> types, Func<int, bool> mayLack)
    {
        if (given.Count != OperandCount)
        {
            context.Error(this, IRCodes.WrongCount, string.Create(CultureInfo.InvariantCulture, $"names {given.Count} arguments and passes {OperandCount}"), "name each argument once");
            return;
        }

        Rules.AllDiffer(context, this, "arguments", given);
        for (int i = 0; i < given.Count; i++)
        {
            int index = names.ToList().IndexOf(given[i]);
            if (index < 0)
            {
                context.Error(this, IRCodes.OpRule, $"passes '{given[i]}', which {callee} does not take",
                    Diagnostics.NearestName.Suggest(given[i], names) ?? (names.Count == 0 ? "it takes nothing" : $"it takes {string.Join(", ", names)}"));
            }
            else
            {
                Rules.Fits(context, this, $"argument '{given[i]}'", GetOperand(i).Type, types[index]);
            }
        }

        for (int i = 0; i < names.Count; i++)
        {
            if (!given.Contains(names[i]) && types[i] is not OptionalType && !mayLack(i))
            {
                context.Error(this, IRCodes.OpRule, $"does not pass '{names[i]}', which {callee} needs", $"pass '{names[i]}' as {types[i]}");
            }
        }
    }
}
