using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>Checks declarations: kinds, targets, options.</summary>
internal sealed class DeclarationChecker(FlowProgram program, DiagnosticBag diagnostics)
{
    private readonly Quantities _quantities = new(diagnostics);

    public void Check(NamedDeclaration declaration)
    {
        switch (declaration)
        {
            case ModelDeclaration model:
                model.References.ToList().ForEach(r => Literal(r, "the model's name"));
                Quality(model);
                break;
            case ToolDeclaration tool:
                Word(tool.Kind, "kind of tool", OptionTable.ToolKinds);
                Literal(tool.Target, "the tool's target");
                Method(tool);
                break;
            case IndexDeclaration index:
                Word(index.Kind, "kind of index", OptionTable.IndexKinds);
                Literal(index.Target, "the index's source");
                break;
        }

        Options(declaration);
    }

    private void Method(ToolDeclaration tool)
    {
        if (tool.Method is { } method && tool.Kind.Text == "http")
        {
            Word(method, "HTTP method", OptionTable.Methods);
        }
        else if (tool.Method is { } word && tool.Kind.Text != "mcp")
        {
            diagnostics.Error(FlowCodes.Shape, $"a tool of kind '{tool.Kind.Text}' has no '{word.Text}'", word.Span, $"write {tool.Kind.Text} \"…\"");
        }
    }

    // One figure for each model that may serve, or for each number format of each.
    private void Quality(ModelDeclaration model)
    {
        if (model.Options.FirstOrDefault(o => o.Name.Text == "quality") is not { } quality)
        {
            return;
        }

        int formats = model.Options.FirstOrDefault(o => o.Name.Text == "precision")?.Value is ChoiceOption several ? several.Choices.Count : 1;
        int given = quality.Value is AmountsOption amounts ? amounts.Amounts.Count : 1;
        int models = model.References.Count;
        if (given != models && given != models * formats)
        {
            string many = formats > 1 ? $", or {models * formats}: of each model in each number format" : "";
            diagnostics.Error(FlowCodes.Shape, $"{given} figures of quality are given for {models} {(models == 1 ? "model" : "models")}", quality.Span,
                $"give {models}, in the order of the models{many}; {OptionTable.Example("quality", OptionForm.Quality)}");
        }
    }

    private void Share(NumberExpression number, string place) =>
        _quantities.Check(number, number.Unit.Length == 0 ? Measure.None : Measure.Share, place, 0, 1);

    private void Word(Name name, string what, string[] known)
    {
        if (!known.Contains(name.Text))
        {
            diagnostics.Error(FlowCodes.UnknownName, $"there is no {what} '{name.Text}'", name.Span, NearestName.Suggest(name.Text, known) ?? $"write {string.Join(", ", known)}");
        }
    }

    private void Literal(TextExpression text, string what)
    {
        if (text.Literal is not { Length: > 0 })
        {
            diagnostics.Error(FlowCodes.Shape, $"{what} is fixed text that is not empty", text.Span, "write it without {…}; braces in it are doubled: {{ and }}");
        }
    }

    private void Options(NamedDeclaration declaration)
    {
        IReadOnlyDictionary<string, OptionForm> known = OptionTable.For(declaration);
        var seen = new Dictionary<string, Option>(StringComparer.Ordinal);
        foreach (Option option in OptionTable.Of(declaration))
        {
            string name = option.Name.Text;
            if (!known.TryGetValue(name, out OptionForm form))
            {
                string remedy = NearestName.Suggest(name, known.Keys) ?? $"{Kinds.WithArticle(Kinds.Of(declaration))} has {string.Join(", ", known.Keys)}";
                diagnostics.Error(FlowCodes.UnknownOption, $"{Kinds.WithArticle(Kinds.Of(declaration))} has no option '{name}'", option.Name.Span, remedy);
                continue;
            }

            string group = OptionTable.Effects.Contains(name) ? "effect" : name;
            if (!seen.TryAdd(group, option))
            {
                diagnostics.Add(Diagnostic.Error(FlowCodes.DuplicateName, group == name ? $"'{name}' is given twice" : $"'{name}' contradicts '{seen[group].Name.Text}'", option.Span, "keep one of them")
                    .WithNote("the other is here", seen[group].Span));
            }

            Value(option, form);
        }
    }

    private void Value(Option option, OptionForm form)
    {
        string place = $"'{option.Name.Text}'";
        Expression? plain = (option.Value as PlainOption)?.Value;
        switch (form)
        {
            case OptionForm.Flag when option.Value is null:
            case OptionForm.Text when plain is TextExpression { Literal: not null }:
            case OptionForm.Secret when IsEnvironment(plain) || (option.Name.Text == "endpoint" && plain is TextExpression { Literal: not null }):
            case OptionForm.Encoder when plain is TextExpression { Literal: not null }:
                return;
            case OptionForm.Encoder when plain is NameExpression model:
                Encoder(model.Name);
                return;
            case OptionForm.Time when plain is NumberExpression n:
                _quantities.Check(n, Measure.Time, place, 1);
                return;
            case OptionForm.Tokens when plain is NumberExpression n:
                _quantities.Check(n, Measure.Tokens, place, 1, whole: true);
                return;
            case OptionForm.Memory when plain is NumberExpression n:
                _quantities.Check(n, Measure.Memory, place, 1);
                return;
            case OptionForm.Number when plain is NumberExpression n:
                _quantities.Check(n, Measure.None, place, 0, 2);
                return;
            case OptionForm.Precision when option.Value is ChoiceOption choice:
                choice.Choices.ToList().ForEach(c => Word(c, "precision", OptionTable.Precisions));
                return;
            case OptionForm.Precision when plain is NameExpression one:
                Word(one.Name, "precision", OptionTable.Precisions);
                return;
            case OptionForm.Quality when option.Value is AmountsOption amounts:
                amounts.Amounts.ToList().ForEach(a => Share(a, place));
                return;
            case OptionForm.Quality when plain is NumberExpression n:
                Share(n, place);
                return;
            case OptionForm.Latency when option.Value is LatencyOption latency:
                foreach (Latency point in latency.Points)
                {
                    _quantities.Check(point.Time, Measure.Time, place, 1);
                    Word(point.Percentile, "percentile", ["p50", "p95", "p99"]);
                }

                return;
        }

        diagnostics.Error(
            plain is NumberExpression ? FlowCodes.WrongUnit : FlowCodes.TypeMismatch, $"this is not a value for {place}", option.Span,
            $"write {OptionTable.Example(option.Name.Text, form)}");
    }

    private void Encoder(Name name)
    {
        if (program.Names.GetValueOrDefault(name.Text) is ModelDeclaration)
        {
            return;
        }

        IEnumerable<string> models = program.Names.Values.OfType<ModelDeclaration>().Select(m => m.Name.Text);
        diagnostics.Error(FlowCodes.UnknownName, $"there is no model '{name.Text}'", name.Span,
            NearestName.Suggest(name.Text, models) ?? "declare the model, or write \"hash-ngrams\" for the built-in encoder");
    }

    /// <summary>The variable of <c>env("NAME")</c>, or null.</summary>
    public static string? Environment(Expression? value) =>
        value is CallExpression { Callee.Text: "env", Arguments: [{ Name: null, Value: TextExpression { Literal: { Length: > 0 } name } }] } ? name : null;

    private static bool IsEnvironment(Expression? value) => Environment(value) is not null;
}
