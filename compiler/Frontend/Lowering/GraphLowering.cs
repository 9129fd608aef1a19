using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR;
using Block = Orchestrator.Frontend.Syntax.Block;

namespace Orchestrator.Frontend.Lowering;

/// <summary>Makes a graph of a checked workflow. Operations stand in written order; what depends on what follows from the values.</summary>
internal sealed partial class GraphLowering(FlowProgram program, Context context)
{
    // A name has one value wherever it is seen, and blocks beside each other cannot see each other's names: one table is enough.
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<Expression, Sequence<Modifier>> _modifiers = new(ReferenceEqualityComparer.Instance);
    private readonly OpBuilder _builder = new(context);

    public void Lower(WorkflowDeclaration workflow, OpBuilder module)
    {
        var region = new Region();
        _builder.SetInsertionPointToEnd(region.EnsureBlock());
        foreach (Parameter parameter in workflow.Parameters)
        {
            NamedAttr[] attributes = [new("name", context.String(parameter.Name.Text))];
            if (parameter.Default is { } value)
            {
                attributes = [.. attributes, new("default", Constant(value))];
            }

            _values[parameter.Name.Text] = Emit("agent.input", program.Meaning(parameter.Type), parameter.Name.Span, [], attributes);
        }

        Fill(workflow.Body);
        module.Create("agent.graph", attributes:
        [
            new("sym_name", context.String(workflow.Name.Text)),
            new("result_type", context.TypeOf(TypeLowering.Lower(context, program.Meaning(workflow.Result)))),
        ], regions: [region], span: workflow.Name.Span);
    }

    private Value Emit(string name, FlowType type, SourceSpan span, ReadOnlySpan<Value> operands, ReadOnlySpan<NamedAttr> attributes = default, ReadOnlySpan<Region> regions = default) =>
        _builder.Create(name, operands, [TypeLowering.Lower(context, type)], attributes, regions, span).Result;

    // The steps of a block at the insertion point, then its value as what the region gives.
    private void Fill(Block block) => Yield(Steps(block, block.Statements), block.Value?.Span ?? block.Span);

    private void Yield(Value value, SourceSpan span) => _builder.Create("agent.yield", [value], span: span);

    private Value Steps(Block block, IEnumerable<Statement> statements)
    {
        foreach (PromiseItem promise in block.Promises)
        {
            Promise(promise);
        }

        foreach (Statement statement in statements)
        {
            Step(statement);
        }

        return Value(block.Value ?? throw new InvalidOperationException("the checker lets blocks with a value through only"));
    }

    private void Step(Statement statement)
    {
        if (statement is AssignStatement assign)
        {
            _values[assign.Name.Text] = Named(Value(assign.Value), assign.Name.Text);
        }
        else if (statement is ExpressionStatement step)
        {
            Value(step.Value);
        }
    }

    // The author's name for a value stays with it, as a named location, so that plans and reports can speak of it.
    private Value Named(Value value, string name)
    {
        if (value.DefiningOp is { WrittenLocation: null } op && op.Name.Text is not ("agent.input" or "agent.constant"))
        {
            op.Location = context.NameLocation(name, op.Location);
        }

        return value;
    }

    // A region with one block, made by 'fill' with the insertion point in it.
    private Region Inside(Action fill, FlowType? argument = null, Name? name = null)
    {
        var region = new Region();
        IR.Block block = region.EnsureBlock();
        if (argument is not null)
        {
            BlockArgument value = block.AddArgument(TypeLowering.Lower(context, argument), name?.Span ?? SourceSpan.None);
            if (name is not null)
            {
                _values[name.Text] = value;
            }
        }

        (IR.Block? outer, Operation? before) = (_builder.Block, _builder.Before);
        _builder.SetInsertionPointToEnd(block);
        fill();
        if (before is not null)
        {
            _builder.SetInsertionPoint(before);
        }
        else if (outer is not null)
        {
            _builder.SetInsertionPointToEnd(outer);
        }

        return region;
    }

    private Region Inside(Block block) => Inside(() => Fill(block));

    private Region Inside(Expression value) => Inside(() => Yield(Value(value), value.Span));

    private void Promise(PromiseItem item)
    {
        PromiseReading reading = new PromiseReader(new DiagnosticBag()).Read(item) ?? throw new InvalidOperationException("the checker lets promises through that can be read only");
        var attributes = new List<NamedAttr> { new("kind", context.String(reading.Kind)) };
        if (reading.Percentile is { } percentile)
        {
            attributes.Add(new("percentile", context.Int(percentile)));
        }

        attributes.Add(reading switch
        {
            { Kind: "latency" or "first_token", Number: { } time } => new("limit_us", context.Int(Amounts.Whole(time))),
            { Kind: "rate", Number: { } rate } => new("per_second", context.Double(Amounts.Real(rate))),
            { Kind: "budget", Number: { } money } => new("limit_microusd", context.Int(Amounts.Whole(money))),
            { Kind: "quality", Number: { } least } => new("value", context.Double(Amounts.Real(least))),
            _ => new("value", context.String(reading.Text ?? "")),
        });
        _builder.Create("agent.promise", attributes: attributes.ToArray(), span: item.Span);
    }
}
