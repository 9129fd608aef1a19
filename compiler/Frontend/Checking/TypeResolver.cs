using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>Finds out what written types mean.</summary>
internal sealed class TypeResolver(FlowProgram program, DiagnosticBag diagnostics)
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    /// <summary>The meaning of <paramref name="syntax"/>; what is wrong is reported once and becomes unknown.</summary>
    public FlowType Resolve(TypeSyntax syntax)
    {
        if (!program.Written.TryGetValue(syntax, out FlowType? type))
        {
            type = syntax switch
            {
                NamedTypeSyntax named => Named(named),
                RecordTypeSyntax record => Record(record, ""),
                OptionalTypeSyntax optional => FlowType.Optional(Resolve(optional.Inner)),
                CasesTypeSyntax cases => Cases(cases, ""),
                _ => throw new InvalidOperationException($"no type is made of {syntax.GetType().Name}"),
            };
            program.Written[syntax] = type;
        }

        return type;
    }

    /// <summary>The type that a declaration gives a name.</summary>
    public FlowType Declared(TypeDeclaration declaration)
    {
        string name = declaration.Name.Text;
        if (program.NamedTypes.TryGetValue(name, out FlowType? known))
        {
            return known;
        }

        // The number of types open at once is bounded, as each needs stack.
        if (_open.Count >= 64 || !_open.Add(name))
        {
            diagnostics.Error(FlowCodes.Recursion, $"type '{name}' contains itself", declaration.Name.Span, "use json for the part that repeats, or a list of identifiers");
            return program.NamedTypes[name] = FlowType.Unknown;
        }

        FlowType type = declaration.Type switch
        {
            RecordTypeSyntax record => Record(record, name),
            CasesTypeSyntax cases => Cases(cases, name),
            TypeSyntax other => Resolve(other),
        };
        _open.Remove(name);
        program.Written[declaration.Type] = type;
        program.NamedTypes.TryAdd(name, type);
        return program.NamedTypes[name];
    }

    private FlowType Named(NamedTypeSyntax syntax)
    {
        string name = syntax.Name.Text;
        if (name == "list")
        {
            if (syntax.Argument is null)
            {
                diagnostics.Error(FlowCodes.UnknownType, "a list needs the type of its elements", syntax.Span, "write list<text>, for example");
                return FlowType.Unknown;
            }

            return new ListType(Resolve(syntax.Argument));
        }

        if (syntax.Argument is not null)
        {
            diagnostics.Error(FlowCodes.UnknownType, $"'{name}' takes no type in angle brackets", syntax.Span, $"write '{name}', or list<{name}>");
            return FlowType.Unknown;
        }

        if (FlowType.Basics.TryGetValue(name, out FlowType? basic))
        {
            return basic;
        }

        if (program.Names.GetValueOrDefault(name) is TypeDeclaration declaration)
        {
            return Declared(declaration);
        }

        Report(syntax.Name);
        return FlowType.Unknown;
    }

    private void Report(Name name)
    {
        if (program.Names.TryGetValue(name.Text, out NamedDeclaration? other))
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.WrongKind, $"'{name.Text}' is {Kinds.WithArticle(Kinds.Of(other))}, not a type", name.Span, "name a type here")
                .WithNote("it is declared here", other.Name.Span));
            return;
        }

        IEnumerable<string> known = FlowType.Basics.Keys.Append("list").Concat(program.Names.Values.OfType<TypeDeclaration>().Select(t => t.Name.Text));
        string? foreign = name.Text.ToUpperInvariant() switch
        {
            "STRING" or "STR" => "text is called 'text'",
            "INTEGER" or "LONG" => "whole numbers are 'int'",
            "FLOAT" or "DOUBLE" or "NUMBER" or "REAL" => "numbers with a fraction are 'decimal'",
            "BOOLEAN" => "truth values are 'bool'",
            "ARRAY" => "lists are 'list<T>'",
            "ANY" or "OBJECT" or "DICT" or "MAP" => "values of any shape are 'json'",
            _ => null,
        };
        diagnostics.Error(
            FlowCodes.UnknownType, $"there is no type '{name.Text}'", name.Span,
            foreign ?? NearestName.Suggest(name.Text, known) ?? $"declare it with: type {name.Text} = {{ … }}");
    }

    private RecordType Record(RecordTypeSyntax syntax, string name)
    {
        var fields = new List<RecordField>();
        foreach (FieldSyntax field in syntax.Fields)
        {
            FlowType type = Resolve(field.Type);
            if (fields.Exists(f => f.Name == field.Name.Text))
            {
                diagnostics.Error(FlowCodes.DuplicateName, $"the record has two fields '{field.Name.Text}'", field.Name.Span, "give one of them another name");
                continue;
            }

            fields.Add(new RecordField(field.Name.Text, type));
        }

        return new RecordType(name, [.. fields]);
    }

    private CasesType Cases(CasesTypeSyntax syntax, string name)
    {
        foreach (IGrouping<string, Name> twice in syntax.Cases.GroupBy(c => c.Text, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            diagnostics.Error(FlowCodes.DuplicateName, $"the case '{twice.Key}' is there twice", twice.Last().Span, "remove one");
        }

        return new CasesType(name, [.. syntax.Cases.Select(c => c.Text).Distinct(StringComparer.Ordinal)]);
    }
}
