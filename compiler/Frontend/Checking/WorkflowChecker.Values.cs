using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

// Expressions without calls and without blocks.
internal sealed partial class WorkflowChecker
{
    private FlowType Infer(Expression expression, Scope scope, FlowType? expected)
    {
        FlowType type = expression switch
        {
            TextExpression text => Text(text, scope),
            NumberExpression number => Number(number),
            TruthExpression => FlowType.Bool,
            NameExpression name => NameOf(name.Name, scope),
            FieldExpression field => Field(field, scope),
            IndexExpression index => Index(index, scope),
            BinaryExpression binary => Binary(binary, scope),
            UnaryExpression unary => Unary(unary, scope),
            ListExpression list => List(list, scope, expected),
            RecordExpression record => Record(record, scope, expected),
            CallExpression call => Call(call, scope),
            ModifiedExpression modified => Modified(modified, scope, expected),
            _ => Construct(expression, scope, expected),
        };
        program.Types[expression] = type;
        return type;
    }

    private FlowType Text(TextExpression text, Scope scope)
    {
        foreach (Expression value in text.Parts.Select(p => p.Value).OfType<Expression>())
        {
            FlowType type = Infer(value, scope, null);
            if (type == FlowType.Audio || type == FlowType.Image || type == FlowType.Bytes || type == FlowType.Vector)
            {
                Mismatch(value, scope, type, "text", text.Span, "it is put into this text",
                    type == FlowType.Audio ? "turn it into text with transcribe(model, audio)" : "pass it to the model as a second argument: model(\"…\", value)");
            }
        }

        return FlowType.Text;
    }

    private FlowType Number(NumberExpression number)
    {
        if (number.Unit.Length > 0)
        {
            diagnostics.Error(FlowCodes.WrongUnit, $"'{Quantities.Written(number)}' is not a value: units stand in options, promises and words after calls", number.Span,
                $"write '{number.Value.ToString(System.Globalization.CultureInfo.InvariantCulture)}'" + (number.Unit.StartsWith('/') ? ", and a division with spaces: 'a / b'" : ""));
            return FlowType.Unknown;
        }

        if (number.IsWhole && number.Value > long.MaxValue)
        {
            diagnostics.Error(FlowCodes.OutOfRange, "this number is too large for an int", number.Span, $"the largest is {long.MaxValue}; write it with a fraction for a decimal");
        }

        return number.IsWhole ? FlowType.Int : FlowType.Decimal;
    }

    private FlowType NameOf(Name name, Scope scope)
    {
        if (scope.Find(name.Text) is { } local)
        {
            local.IsUsed = true;
            return local.Type;
        }

        if (scope.FindLater(name.Text) is { } later)
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.UnknownName, $"'{name.Text}' has no value yet", name.Span, "move the line that gives it its value up")
                .WithNote("it gets its value here", later));
        }
        else if (program.Names.TryGetValue(name.Text, out NamedDeclaration? declared))
        {
            string kind = Kinds.Of(declared);
            string remedy = declared is TypeDeclaration ? $"write a case of it, such as {name.Text}.case" : declared is IndexDeclaration ? $"search it: lookup({name.Text}, query, top: 8)"
                : declared is MemoryDeclaration ? $"read it: recall({name.Text}, key)" : $"call it: {name.Text}(…)";
            diagnostics.Add(Diagnostic.Error(FlowCodes.WrongKind, $"'{name.Text}' is {Kinds.WithArticle(kind)}, not a value", name.Span, remedy)
                .WithNote("it is declared here", declared.Name.Span));
        }
        else
        {
            diagnostics.Error(FlowCodes.UnknownName, $"nothing is called '{name.Text}'", name.Span, RemedyFor(name.Text, scope));
        }

        return FlowType.Unknown;
    }

    private static string RemedyFor(string name, Scope scope) => name switch
    {
        "let" or "var" or "const" or "val" => "names are given without a word before them: name = value",
        "return" => "leave 'return' out: the last line of a block is its value",
        "null" or "nil" or "none" or "None" => "leave an optional field out; 'value ?? other' stands in for what is missing",
        "while" or "loop" => "write repeat value as t at most 4 times { … until done … }",
        "True" or "False" => "write true or false",
        _ => NearestName.Suggest(name, scope.Names()) ?? "give it a value before with 'name = value', or write text between double quotes",
    };

    private FlowType Field(FieldExpression field, Scope scope)
    {
        if (field.Target is NameExpression { Name: var owner } && scope.Find(owner.Text) is null
            && program.Names.GetValueOrDefault(owner.Text) is TypeDeclaration declaration && types.Declared(declaration) is CasesType cases)
        {
            if (!cases.Cases.Contains(field.Field.Text))
            {
                diagnostics.Add(Diagnostic.Error(FlowCodes.UnknownField, $"'{owner.Text}' has no case '{field.Field.Text}'", field.Field.Span,
                    NearestName.Suggest(field.Field.Text, cases.Cases) ?? $"it has {string.Join(", ", cases.Cases)}").WithNote("it is declared here", declaration.Name.Span));
            }

            return cases;
        }

        FlowType target = Infer(field.Target, scope, null);
        FlowType inner = target is OptionalType optional ? optional.Inner : target;
        string name = field.Field.Text;
        FlowType? found = inner switch
        {
            RecordType record => record.Find(name),
            _ when inner == FlowType.Json || inner.IsUnknown => inner == FlowType.Json ? FlowType.Json : FlowType.Unknown,
            _ => null,
        };
        if (found is null && name == "length" && (inner is ListType or CasesType || inner == FlowType.Text) && target is not OptionalType)
        {
            return FlowType.Int;
        }

        if (found is null)
        {
            string[] names = inner is RecordType r ? [.. r.Fields.Select(f => f.Name)] : inner is ListType || inner == FlowType.Text ? ["length"] : [];
            string remedy = NearestName.Suggest(name, names) ?? (inner is ListType ? $"take an element first: x[0].{name}" : names.Length > 0 ? $"it has {string.Join(", ", names)}" : "only records and json have fields");
            diagnostics.Add(WithOrigin(Diagnostic.Error(FlowCodes.UnknownField, $"{target} has no field '{name}'", field.Field.Span, remedy), field.Target, scope, target));
            return FlowType.Unknown;
        }

        return target is OptionalType ? FlowType.Optional(found) : found;
    }

    private FlowType Index(IndexExpression index, Scope scope)
    {
        FlowType target = Infer(index.Target, scope, null);
        FlowType position = Infer(index.Position, scope, FlowType.Int);
        Expect(index.Position, position, FlowType.Int, index.Target.Span, "an element is chosen by its number, from 0", scope);
        if (target is ListType list)
        {
            return list.Element;
        }

        if (target == FlowType.Json || target.IsUnknown)
        {
            return target;
        }

        Mismatch(index.Target, scope, target, "list", index.Span, "an element of it is taken", "only lists and json have numbered elements");
        return FlowType.Unknown;
    }

    private FlowType List(ListExpression list, Scope scope, FlowType? expected)
    {
        FlowType? element = (expected as ListType)?.Element;
        FlowType? joined = null;
        foreach (Expression item in list.Items)
        {
            FlowType type = Infer(item, scope, element);
            FlowType? both = joined is null ? type : FlowType.Join(joined, type);
            if (both is null)
            {
                Mismatch(item, scope, type, joined!.ToString(), list.Items[0].Span, "the elements before it have that type", "make all elements of one type");
            }

            joined = both ?? joined;
        }

        // An empty list has the type that its place wants.
        return joined is not null ? new ListType(joined) : element is not null ? new ListType(element) : new ListType(FlowType.Unknown);
    }

    private RecordType Record(RecordExpression record, Scope scope, FlowType? expected)
    {
        var wanted = (expected is OptionalType o ? o.Inner : expected) as RecordType;
        var fields = new List<RecordField>();
        foreach (RecordEntry entry in record.Entries)
        {
            FlowType type = Infer(entry.Value, scope, wanted?.Find(entry.Name.Text));
            if (fields.Exists(f => f.Name == entry.Name.Text))
            {
                diagnostics.Error(FlowCodes.DuplicateName, $"the record has two fields '{entry.Name.Text}'", entry.Name.Span, "remove one");
                continue;
            }

            fields.Add(new RecordField(entry.Name.Text, type));
        }

        return new RecordType("", [.. fields]);
    }
}
