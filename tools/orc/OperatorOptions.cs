using System.CommandLine;
using Orchestrator.Compiler.Operators;

namespace Orchestrator.Cli;

/// <summary>Options that say what one inference of a model reads.</summary>
internal sealed record OperatorOptions(Option<int> Tokens, Option<int> Context, Option<int> Batch, Option<string[]> Input)
{
    /// <summary>Gives them to a command.</summary>
    public static OperatorOptions AddTo(Command command)
    {
        var options = new OperatorOptions(
            new Option<int>("--tokens") { Description = "config.json: tokens that one inference reads; 1 is a decode step", DefaultValueFactory = _ => 1 },
            new Option<int>("--context") { Description = "config.json: tokens whose keys and values are kept already", DefaultValueFactory = _ => 1024 },
            new Option<int>("--batch") { Description = "config.json: sequences at once", DefaultValueFactory = _ => 1 },
            new Option<string[]>("--input")
            {
                Description = "ONNX: size of an input whose dimensions are open, ids=1x128; may be given several times; an open dimension is 1",
                AllowMultipleArgumentsPerToken = false,
                DefaultValueFactory = _ => [],
            });
        command.Options.Add(options.Tokens);
        command.Options.Add(options.Context);
        command.Options.Add(options.Batch);
        command.Options.Add(options.Input);
        return options;
    }

    /// <summary>What a model of a <c>config.json</c> reads.</summary>
    public InferenceSize Size(ParseResult parsed) => new(parsed.GetValue(Tokens), parsed.GetValue(Context), parsed.GetValue(Batch));

    /// <summary>Sizes of inputs of an ONNX file as written.</summary>
    public string[] Inputs(ParseResult parsed) => parsed.GetValue(Input) ?? [];
}
