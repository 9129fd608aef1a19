using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>A dialect that was declared by text rather than by classes.</summary>
public sealed class DynamicDialect : Dialect
{
    private readonly DialectDefinition _definition;
    private readonly ConcurrentDictionary<string, Attr> _resolved = new(StringComparer.Ordinal);

    internal DynamicDialect(DialectDefinition definition)
    {
        _definition = definition;
        Ops = [.. definition.Operations.Select(o => new OpInfo(o.FullName, () => new DynamicOperation(o, this), [], o.Traits, Effect.Unknown, "")
        {
            ShapeFactory = o.Shape,
        })];
        TypeNames = [.. definition.Types.Select(t => t.Name)];
        AttrNames = [.. definition.Attrs.Select(t => t.Name)];
    }

    /// <inheritdoc/>
    public override string Name => _definition.Name;

    /// <inheritdoc/>
    public override IReadOnlyList<OpInfo> Ops { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> TypeNames { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> AttrNames { get; }

    /// <inheritdoc/>
    public override IRType? ParseType(IRParser parser, string mnemonic) =>
        _definition.Types.FirstOrDefault(t => t.Name == mnemonic) is { } known
            ? parser.Context.Intern(new DynamicType(parser.Context, known, ParseParameters(parser, known), BodyOf(parser, known)))
            : null;

    /// <inheritdoc/>
    public override Attr? ParseAttr(IRParser parser, string mnemonic) =>
        _definition.Attrs.FirstOrDefault(t => t.Name == mnemonic) is { } known
            ? parser.Context.Intern(new DynamicAttr(parser.Context, known, ParseParameters(parser, known), BodyOf(parser, known)))
            : null;

    /// <summary>The type (as an attribute) or attribute that a constraint names by its text.</summary>
    internal Attr Resolve(string text, Context context)
    {
        if (!_resolved.TryGetValue(text, out Attr? known))
        {
            // Loading has tried every text, so this one reads.
            known = IRParser.ParseAttribute(new SourceText("<irdl.is>", text), context, new DiagnosticBag())
                ?? throw new InvalidOperationException($"'{text}' of dialect '{Name}' does not read in this context");
            _resolved.TryAdd(text, known);
        }

        return known;
    }

    private static string BodyOf(IRParser parser, ParameterizedDefinition definition) => definition.IsOpen ? parser.TakeBody() : "";

    private ImmutableArray<Attr> ParseParameters(IRParser parser, ParameterizedDefinition definition)
    {
        if (definition.IsOpen)
        {
            return [];
        }

        SourceSpan at = parser.Taken(definition.FullName.Length + 1);
        var parameters = ImmutableArray.CreateBuilder<Attr>();
        if (parser.TryTake("<") && !parser.TryTake(">"))
        {
            do
            {
                parameters.Add(parser.ParseAttribute());
            }
            while (parser.TryTake(","));
            parser.Take(">");
        }

        CheckParameters(parser, definition, parameters, at);
        return parameters.ToImmutable();
    }

    private void CheckParameters(IRParser parser, ParameterizedDefinition definition, IReadOnlyList<Attr> parameters, SourceSpan at)
    {
        int wanted = definition.Parameters.Length;
        if (parameters.Count != wanted)
        {
            parser.Fail(IrdlCodes.Parameters, string.Create(CultureInfo.InvariantCulture, $"'{definition.FullName}' takes {wanted} parameter(s), found {parameters.Count}"),
                at, wanted == 0 ? "leave out <…>" : $"write <{string.Join(", ", definition.Names)}>");
        }

        var check = new ConstraintCheck(definition.Constraints, this, parser.Context);
        for (int i = 0; i < wanted; i++)
        {
            if (check.WhyNot(definition.Parameters[i], parameters[i]) is { } reason)
            {
                parser.Fail(IrdlCodes.Parameters, $"parameter '{definition.Names[i]}' of '{definition.FullName}' does not fit: {reason}", at, $"give '{definition.Names[i]}' what is wanted");
            }
        }
    }
}
