using System.Runtime.CompilerServices;

namespace Orchestrator.IR;

/// <summary>
/// Replaces an operation that must go. It is given the operands as they are after the conversion, and either does all of its work and says true,
/// or changes nothing and says false; <see cref="ConversionRewriter.Refuse"/> tells the user why.
/// </summary>
public abstract class ConversionPattern
{
    /// <summary>With the converter by which its operands are adapted; null leaves them as they are.</summary>
    protected ConversionPattern(TypeConverter? types = null) => Types = types;

    /// <summary>By what operands are adapted.</summary>
    public TypeConverter? Types { get; }

    /// <summary>The name in messages.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>Of two patterns that fit, the one with the larger benefit is tried first; 1 unless said otherwise.</summary>
    public virtual int Benefit => 1;

    /// <summary>The whole name of the only operations that the pattern converts, or null when the class decides.</summary>
    public virtual string? RootName => null;

    /// <summary>Whether the pattern converts operations named and made like <paramref name="op"/>; asked once for each name.</summary>
    public virtual bool LooksAt(Operation op) => RootName is not { } name || name == op.Name.Text;

    /// <summary>Converts <paramref name="op"/>, whose operands are <paramref name="operands"/> after the conversion.</summary>
    public abstract bool Convert(Operation op, IReadOnlyList<Value> operands, ConversionRewriter rewriter);
}

/// <summary>A conversion of operations of one class, or of all that implement an interface.</summary>
public abstract class ConversionPattern<TOp> : ConversionPattern where TOp : class
{
    /// <summary>With the converter by which its operands are adapted; null leaves them as they are.</summary>
    protected ConversionPattern(TypeConverter? types = null) : base(types)
    {
    }

    /// <inheritdoc/>
    public sealed override bool LooksAt(Operation op) => op is TOp && base.LooksAt(op);

    /// <inheritdoc/>
    public sealed override bool Convert(Operation op, IReadOnlyList<Value> operands, ConversionRewriter rewriter) => Convert(Unsafe.As<TOp>(op), operands, rewriter);

    /// <summary>Converts <paramref name="op"/>, whose operands are <paramref name="operands"/> after the conversion.</summary>
    protected abstract bool Convert(TOp op, IReadOnlyList<Value> operands, ConversionRewriter rewriter);
}

/// <summary>Converts the type of an operation that can be called, in its attribute <c>function_type</c>, and the arguments of its body.</summary>
public sealed class ConvertSignature(TypeConverter types) : ConversionPattern<ICallableOp>(types)
{
    /// <inheritdoc/>
    protected override bool Convert(ICallableOp op, IReadOnlyList<Value> operands, ConversionRewriter rewriter)
    {
        var callable = (Operation)op; // Callables are operations.
        if (callable.GetAttr<TypeAttr>("function_type")?.Type is not FunctionType type)
        {
            return rewriter.Refuse("it has no function_type");
        }

        if (Types?.Convert(type.Inputs) is not { } inputs || Types.Convert(type.Results) is not { } results)
        {
            return rewriter.Refuse($"no rule says what becomes of {type}");
        }

        if (op.CallableRegion?.First is { } entry && !rewriter.ConvertArguments(entry, Types))
        {
            return rewriter.Refuse("no rule says what becomes of an argument of its body");
        }

        rewriter.Plain.SetAttr(callable, "function_type", callable.Context.TypeOf(callable.Context.Function(inputs, results)));
        return true;
    }
}
