using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Frontend.Importers.Onnx;

/// <summary>
/// Makes a module of an ONNX file: one function with an operation of the <c>onnx</c> dialect for each operator, by onnx-mlir's names. Weights are constants with
/// a type and no bytes, so external data need not be there. A dimension that the file leaves open is the given one, else 1. Mistakes are <c>ORC3070</c> (no ONNX file),
/// <c>ORC3071</c> (a value that nothing makes) and <c>ORC3072</c> (a given size that does not fit).
/// </summary>
public sealed class OnnxImporter
{
    private readonly Context _context;
    private readonly OnnxModel _model;
    private readonly SourceText _source;
    private readonly Block _entry = new Region().EnsureBlock();
    private readonly OpBuilder _builder;
    private readonly Dictionary<string, OnnxFact> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _open = new(StringComparer.Ordinal);
    private readonly List<string> _assumed = [];

    private OnnxImporter(Context context, OnnxModel model, SourceText source)
    {
        (_context, _model, _source) = (context, model, source);
        _builder = OpBuilder.AtEnd(context, _entry);
    }

    /// <summary>The module, or null after reporting to <paramref name="mistakes"/>. Its attribute <c>inference</c> says which sizes it is for.</summary>
    /// <param name="path">What to call the file.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="sizes">Sizes of inputs by name.</param>
    /// <param name="context">Where types come from.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static Operation? Import(string path, ReadOnlySpan<byte> file, IReadOnlyDictionary<string, ImmutableArray<long>> sizes, Context context, DiagnosticBag mistakes)
    {
        var source = new SourceText(path, "");
        try
        {
            return new OnnxImporter(context, OnnxReader.Read(file), source).Module(sizes, mistakes);
        }
        catch (BrokenModelException broken)
        {
            mistakes.Error("ORC3070", string.Create(CultureInfo.InvariantCulture, $"this is not an ONNX model: {broken.Message} (byte {broken.Offset} of {file.Length})"), new SourceSpan(source, 0, 0),
                "export or download the file again; a pointer of Git LFS is a text of three lines, not the model");
            return null;
        }
    }

    private Operation? Module(IReadOnlyDictionary<string, ImmutableArray<long>> sizes, DiagnosticBag mistakes)
    {
        foreach (string name in sizes.Keys.Where(n => _model.Inputs.All(i => i.Name != n)))
        {
            mistakes.Error("ORC3072", $"the model has no input '{name}'", new SourceSpan(_source, 0, 0),
                NearestName.Suggest(name, _model.Inputs.Select(i => i.Name)) ?? "its inputs are " + string.Join(", ", _model.Inputs.Select(i => i.Name)));
        }

        foreach (OnnxValue input in _model.Inputs)
        {
            Input(input, sizes.TryGetValue(input.Name, out ImmutableArray<long> given) ? given : default, mistakes);
        }

        foreach (OnnxNode node in mistakes.HasErrors ? [] : _model.Nodes)
        {
            if (node.Inputs.FirstOrDefault(i => i.Length > 0 && !_facts.ContainsKey(i) && !_model.Weights.ContainsKey(i)) is { } missing)
            {
                mistakes.Error("ORC3071", string.Create(CultureInfo.InvariantCulture, $"'{node.Label}' ({node.Kind}) reads '{missing}', which nothing before it makes (byte {node.Offset})"),
                    new SourceSpan(_source, 0, 0), "export the model again: operators must stand in the order in which they can run");
                return null;
            }

            Add(node);
        }

        return mistakes.HasErrors ? null : Finish();
    }

    private Operation Finish()
    {
        Value[] results = [.. _model.Outputs.Where(o => _values.ContainsKey(o.Name)).Select(o => _values[o.Name])];
        _builder.Create("func.return", results);
        FunctionType type = _context.Function([.. _entry.Arguments.Select(a => a.Type)], [.. results.Select(r => r.Type)]);
        Operation module = _context.CreateModule(new SourceSpan(_source, 0, 0));
        module.SetAttr("sym_name", _context.String(Path.GetFileNameWithoutExtension(_source.Path)));
        string inputs = string.Join(", ", _model.Inputs.Select(i => $"{i.Name}={string.Join('x', _facts[i.Name].Shape ?? [])}"));
        string assumed = _assumed.Count == 0 ? "" : $" (left open by the file and taken as 1: {string.Join(", ", _assumed.Distinct())}; --input gives them)";
        module.SetAttr("inference", _context.String(inputs + assumed));
        OpBuilder.AtEnd(_context, module.Regions[0].EnsureBlock()).Create(
            "func.func",
            attributes: [new("sym_name", _context.String("main_graph")), new("function_type", _context.TypeOf(type))],
            regions: [_entry.Region!]); // made with the block
        return module;
    }

    private void Input(OnnxValue input, ImmutableArray<long> given, DiagnosticBag mistakes)
    {
        OnnxDimension[] dimensions = input.Shape ?? (given.IsDefault ? [] : [.. given.Select(_ => new OnnxDimension(-1, ""))]);
        if (!given.IsDefault && (given.Length != dimensions.Length || dimensions.Zip(given).Any(p => p.First.Size >= 0 && p.First.Size != p.Second)))
        {
            mistakes.Error("ORC3072", $"the input '{input.Name}' cannot be {string.Join('x', given)}", new SourceSpan(_source, 0, 0),
                $"its dimensions are {string.Join('x', dimensions.Select(d => d.Size >= 0 ? d.Size.ToString(CultureInfo.InvariantCulture) : d.Name.Length > 0 ? d.Name : "?"))}");
        }

        long[] shape = new long[dimensions.Length];
        for (int i = 0; i < shape.Length; i++)
        {
            OnnxDimension d = dimensions[i];
            bool named = d.Name.Length > 0;
            if (d.Size < 0 && given.IsDefault && !(named && _open.ContainsKey(d.Name)))
            {
                _assumed.Add($"{input.Name}[{(named ? d.Name : i.ToString(CultureInfo.InvariantCulture))}]");
            }

            shape[i] = d.Size >= 0 ? d.Size : !given.IsDefault && i < given.Length ? given[i] : named ? _open.GetValueOrDefault(d.Name, 1) : 1;
            if (named)
            {
                _open[d.Name] = shape[i];
            }
        }

        _facts[input.Name] = new OnnxFact(input.Element, shape);
        _values[input.Name] = _entry.AddArgument(TypeOf(_facts[input.Name]));
    }

    private void Add(OnnxNode node)
    {
        OnnxFact[] inputs = [.. node.Inputs.Select(Fact)];
        OnnxFact[] told = ShapeRules.Outputs(node, inputs, _model.Opset);
        for (int i = 0; i < told.Length; i++)
        {
            told[i] = told[i].Shape is not null && told[i].Element != 0 ? told[i] : Said(node.Outputs[i], told[i]);
            _facts[node.Outputs[i]] = told[i];
        }

        // What follows from shapes and constants alone is known now.
        if (node.Kind == "Constant" || (told.Length > 0 && told.All(t => t.Values is not null)))
        {
            for (int i = 0; i < told.Length; i++)
            {
                Weight(node.Outputs[i], told[i]);
            }

            return;
        }

        bool own = node.Domain.Length == 0;
        NamedAttr[] name =
        [
            new("onnx_node_name", _context.String(node.Label)),
            .. own ? [] : new NamedAttr[] { new("domain_name", _context.String(node.Domain)), new("function_name", _context.String(node.Kind)) },
        ];
        Operation op = _builder.Create(
            "onnx." + (own ? node.Kind : "Custom"),
            [.. node.Inputs.Select(ValueOf)],
            [.. told.Select(TypeOf)],
            [.. name, .. node.Attributes.Values.Where(a => a.Name.Length > 0 && name.All(n => n.Name != a.Name)).Select(AttributeOf).OfType<NamedAttr>()]);
        for (int i = 0; i < told.Length; i++)
        {
            _values[node.Outputs[i]] = op.Results[i];
        }
    }

    // What the file says itself, with the sizes of open dimensions; what it leaves out stays as it was told.
    private OnnxFact Said(string name, OnnxFact told)
    {
        if (!_model.Said.TryGetValue(name, out OnnxValue? said))
        {
            return told;
        }

        int element = told.Element != 0 ? told.Element : said.Element;
        long[]? shape = said.Shape is { } dimensions && dimensions.All(d => d.Size >= 0 || _open.ContainsKey(d.Name))
            ? [.. dimensions.Select(d => d.Size >= 0 ? d.Size : _open[d.Name])]
            : null;
        return new OnnxFact(element, told.Shape ?? shape, told.Values);
    }

    private OnnxFact Fact(string name) => _facts.TryGetValue(name, out OnnxFact? fact) ? fact
        : _model.Weights.TryGetValue(name, out OnnxTensor? weight) ? new OnnxFact(weight.Element, weight.Shape, weight.Values)
        : OnnxFact.Unknown;

    private Value ValueOf(string name)
    {
        if (_values.TryGetValue(name, out Value? value))
        {
            return value;
        }

        if (name.Length > 0)
        {
            return Weight(name, Fact(name));
        }

        return _values[""] = _builder.Create("onnx.NoValue", [], [_context.None]).Result;
    }

    private Value Weight(string name, OnnxFact fact) =>
        _values[name] = _builder.Create("onnx.Constant", [], [TypeOf(fact)], [new("onnx_node_name", _context.String(name))]).Result;

    private NamedAttr? AttributeOf(OnnxAttribute attribute) =>
        attribute.Int is { } number ? new NamedAttr(attribute.Name, _context.Int(number))
        : attribute.Float is { } real ? new NamedAttr(attribute.Name, _context.Double(real))
        : attribute.Text is { } text ? new NamedAttr(attribute.Name, _context.String(text))
        : attribute.Ints.Count > 0 ? new NamedAttr(attribute.Name, _context.Array([.. attribute.Ints.Select(i => _context.Int(i))]))
        : attribute.Floats.Count > 0 ? new NamedAttr(attribute.Name, _context.Array([.. attribute.Floats.Select(f => _context.Double(f))]))
        : null;

    private IRType TypeOf(OnnxFact fact) => _context.Tensor(fact.Shape is { } shape ? [.. shape] : default, fact.Element switch
    {
        2 or 3 or 8 => _context.Integer(8),
        4 or 5 => _context.Integer(16),
        6 or 12 => _context.Integer(32),
        7 or 13 => _context.I64,
        9 => _context.I1,
        10 => _context.Float("f16"),
        11 => _context.F64,
        16 => _context.Float("bf16"),
        17 => _context.Float("f8E4M3FN"),
        18 => _context.Float("f8E4M3FNUZ"),
        19 => _context.Float("f8E5M2"),
        20 => _context.Float("f8E5M2FNUZ"),
        21 or 22 => _context.Integer(4),
        23 => _context.Float("f4E2M1FN"),
        _ => _context.Float("f32"),
    });
}
