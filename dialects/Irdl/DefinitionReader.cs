using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>Turns verified IRDL operations into definitions.</summary>
internal sealed class DefinitionReader(IReadOnlyList<DialectOp> dialects, IReadOnlyCollection<Dialect> known, DiagnosticBag bag)
{
    private const int ConstraintsMax = 4096;

    // Names with sigil of all types and attributes that the files declare.
    private readonly HashSet<string> _declared = [.. dialects.SelectMany(d => Inside(d.Body).Select(o => (Op: o, Sigil: Sigil(o)))
        .Where(o => o.Sigil.Length > 0).Select(o => $"{o.Sigil}{d.SymName}.{o.Op.SymbolName}"))];

    private HashSet<string>? _bases;

    public List<DialectDefinition> ReadAll()
    {
        List<DialectDefinition> all = [];
        foreach (DialectOp dialect in dialects)
        {
            if (known.Any(d => d.Name == dialect.SymName))
            {
                bag.Error(IrdlCodes.DialectTwice, $"dialect '{dialect.SymName}' is built in", dialect.Span, "give the declared one another name");
            }
            else
            {
                int earlier = all.FindIndex(d => d.Name == dialect.SymName);
                if (earlier >= 0)
                {
                    all[earlier] = Join(all[earlier], ReadDialect(dialect));
                }
                else
                {
                    all.Add(ReadDialect(dialect));
                }
            }
        }

        return all;
    }

    // Modules and files may each add to a dialect; that is the only way to have a type and an operation of one name.
    private DialectDefinition Join(DialectDefinition first, DialectDefinition more)
    {
        CheckDiffer(first.Types.Select(t => (t.FullName, t.Span)), more.Types.Select(t => (t.FullName, t.Span)));
        CheckDiffer(first.Attrs.Select(t => (t.FullName, t.Span)), more.Attrs.Select(t => (t.FullName, t.Span)));
        CheckDiffer(first.Operations.Select(t => (t.FullName, t.Span)), more.Operations.Select(t => (t.FullName, t.Span)));
        return first with
        {
            Types = first.Types.AddRange(more.Types),
            Attrs = first.Attrs.AddRange(more.Attrs),
            Operations = first.Operations.AddRange(more.Operations),
        };
    }

    private void CheckDiffer(IEnumerable<(string Name, SourceSpan Span)> first, IEnumerable<(string Name, SourceSpan Span)> more)
    {
        var seen = first.ToDictionary(f => f.Name, f => f.Span, StringComparer.Ordinal);
        foreach ((string name, SourceSpan span) in more.Where(m => seen.ContainsKey(m.Name)))
        {
            bag.Add(Diagnostic.Error(IrdlCodes.DialectTwice, $"'{name}' is declared twice", span, "give one of them another name").WithNote("it is declared here first", seen[name]));
        }
    }

    private DialectDefinition ReadDialect(DialectOp dialect) => new(dialect.SymName, dialect.Span)
    {
        Types = [.. Inside(dialect.Body).OfType<TypeOp>().Select(t => ReadParameterized(dialect, t))],
        Attrs = [.. Inside(dialect.Body).OfType<AttributeOp>().Select(t => ReadParameterized(dialect, t))],
        Operations = [.. Inside(dialect.Body).OfType<OperationOp>().Select(o => ReadOperation(dialect, o))],
    };

    private ParameterizedDefinition ReadParameterized(DialectOp dialect, DefinitionOperation op)
    {
        (ImmutableArray<Constraint> constraints, Dictionary<Value, int> numbers) = ReadConstraints(op.Regions[0]);
        ParametersOp? parameters = Inside(op.Regions[0]).OfType<ParametersOp>().FirstOrDefault();
        return new ParameterizedDefinition(dialect.SymName, op.SymbolName ?? "", op.Span)
        {
            IsOpen = op.Attributes.Get(Extensions.Open) is not null,
            Constraints = constraints,
            Names = parameters?.PartNames ?? [],
            Parameters = [.. (parameters?.Operands ?? []).Select(v => numbers[v])],
        };
    }

    private OperationDefinition ReadOperation(DialectOp dialect, OperationOp op)
    {
        (ImmutableArray<Constraint> constraints, Dictionary<Value, int> numbers) = ReadConstraints(op.Body);
        ImmutableHashSet<string> mixed = Extensions.ReadMixed(op);
        ImmutableArray<PartDefinition> Parts<T>() where T : PartsOperation => Inside(op.Body).OfType<T>().FirstOrDefault() is { } parts
            ? [.. parts.PartNames.Select((name, i) => new PartDefinition(name, parts.Counts[i], numbers[parts.GetOperand(i)], mixed.Contains(name)))]
            : [];
        RegionsOp? regions = Inside(op.Body).OfType<RegionsOp>().FirstOrDefault();
        string name = (op.Attributes.Get(Extensions.Name) as StringAttr)?.Value ?? op.SymName;
        return new OperationDefinition($"{dialect.SymName}.{name}", op.Span)
        {
            Traits = Extensions.ReadTraits(op, bag),
            HasOpenRegions = op.Attributes.Get(Extensions.OpenRegions) is not null,
            Constraints = constraints,
            Operands = Parts<OperandsOp>(),
            Results = Parts<ResultsOp>(),
            Attributes = Parts<AttributesOp>(),
            Regions = regions is null ? [] : [.. regions.PartNames.Select((name, i) => ReadRegion(name, regions.GetOperand(i), numbers))],
        };
    }

    private RegionDefinition ReadRegion(string name, Value value, Dictionary<Value, int> numbers)
    {
        if (value.DefiningOp is not RegionOp region)
        {
            bag.Error(IrdlCodes.Structure, $"region '{name}' is given no region", value.Span, "make it with irdl.region");
            return new RegionDefinition(name, default, 0);
        }

        return new RegionDefinition(name, region.ConstrainedArguments ? [.. region.Operands.Select(v => numbers.GetValueOrDefault(v))] : default,
            (int)(region.NumberOfBlocks?.BigValue ?? 0));
    }

    private (ImmutableArray<Constraint> Constraints, Dictionary<Value, int> Numbers) ReadConstraints(Region body)
    {
        var constraints = ImmutableArray.CreateBuilder<Constraint>();
        var numbers = new Dictionary<Value, int>();
        List<int> depths = [];
        foreach (ConstraintOperation op in Inside(body).OfType<ConstraintOperation>())
        {
            Constraint constraint = ReadConstraint(op, numbers);
            int depth = 1 + (constraint.Inside.IsEmpty ? 0 : constraint.Inside.Max(i => depths[i]));
            if (depth > Constraint.DepthMax || constraints.Count == ConstraintsMax)
            {
                bag.Error(IrdlCodes.TooComplex, depth > Constraint.DepthMax ? $"constraints nest more than {Constraint.DepthMax} deep" : $"a definition has more than {ConstraintsMax} constraints",
                    op.Span, "say it with fewer");
                break;
            }

            depths.Add(depth);
            numbers.Add(op.Result, constraints.Count);
            constraints.Add(constraint);
        }

        // After a mistake the rest is not read; whatever uses it gets the first.
        foreach (ConstraintOperation op in Inside(body).OfType<ConstraintOperation>())
        {
            numbers.TryAdd(op.Result, 0);
        }

        return (constraints.ToImmutable(), numbers);
    }

    private Constraint ReadConstraint(ConstraintOperation op, Dictionary<Value, int> numbers)
    {
        ImmutableArray<int> inside = [.. op.Operands.Select(v => numbers[v])];
        switch (op)
        {
            case IsOp exact:
                return new Constraint(ConstraintKind.Is, exact.Expected.ToString(), [], op.Span);
            case BaseOp { BaseName: { } name }:
                return new Constraint(ConstraintKind.Base, KnownBase(op, name), [], op.Span);
            case BaseOp { BaseRef: { } reference }:
                return new Constraint(ConstraintKind.Base, DeclaredBase(op, reference), [], op.Span);
            case ParametricOp parametric:
                return new Constraint(ConstraintKind.Parametric, DeclaredBase(op, parametric.BaseType), inside, op.Span);
            case AnyOfOp:
                return new Constraint(ConstraintKind.AnyOf, "", inside, op.Span);
            case AllOfOp:
                return new Constraint(ConstraintKind.AllOf, "", inside, op.Span);
            case CPredOp when op.Result.HasUses:
                bag.Error(IrdlCodes.NotSupported, $"'{op.Name}' is a condition in C++, which only a C++ compiler can check", op.Span,
                    "say it with irdl.is, irdl.base, irdl.any_of and irdl.all_of, or use irdl.any and check it in a pass");
                break;
        }

        return new Constraint(ConstraintKind.Any, "", [], op.Span);
    }

    private string KnownBase(Operation op, string name)
    {
        _bases ??= [.. BaseNames.Builtin, .. _declared, .. known.SelectMany(d => d.TypeNames.Select(t => $"!{d.Name}.{t}").Concat(d.AttrNames.Select(a => $"#{d.Name}.{a}")))];
        if (!_bases.Contains(name))
        {
            bag.Error(IrdlCodes.UnknownBase, $"there is no {(name[0] == '!' ? "type" : "attribute")} called {name}", op.Span,
                NearestName.Suggest(name, _bases) ?? "name a builtin one such as !builtin.integer, or declare it and write irdl.base @dialect::@name");
        }

        return name;
    }

    private string DeclaredBase(Operation op, SymbolRefAttr reference)
    {
        string name = $"{reference.Root}.{string.Join('.', reference.Nested)}";
        if (_declared.Contains("!" + name))
        {
            return "!" + name;
        }

        if (!_declared.Contains("#" + name))
        {
            IEnumerable<string> symbols = _declared.Select(d => d[1..].Split('.', 2)).Select(p => $"@{p[0]}::@{p[1]}");
            bag.Error(IrdlCodes.UnknownBase, $"{reference} is not declared", op.Span, NearestName.Suggest(reference.ToString(), symbols) ?? "declare it with irdl.type or irdl.attribute");
        }

        return "#" + name;
    }

    private static IEnumerable<Operation> Inside(Region region) => region.Blocks.SelectMany(b => b.Operations);

    private static string Sigil(Operation op) => op switch { TypeOp => "!", AttributeOp => "#", _ => "" };
}
