using System.Globalization;
using Orchestrator.CostModels;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Writes tables of served figures to ask for: every catalogued language model that is told to be one, on every catalogued device that runs such models, under loads
/// and lengths that a seed draws. The rows hold no figures, only questions.
/// </summary>
internal sealed class ServingInput
{
    private const string Header = "hardware,num_devices,model,precision,tp,isl,osl,concurrency_or_batch,metric,notes";

    private static readonly string[] Metrics = ["throughput_out_tok_s", "ttft_ms", "tpot_ms", "e2e_latency_ms"];
    private static readonly string[] Precisions = ["bf16", "fp8", "int4"];
    private static readonly string[] Engines = ["vLLM", "TensorRT-LLM", "SGLang", ""];

    private readonly Random _random;
    private readonly string[] _devices;
    private readonly string[] _models;

    /// <summary>Questions from the tables that come with the program.</summary>
    /// <param name="seed">The same seed writes the same table.</param>
    public ServingInput(int seed)
    {
        _random = new Random(seed);
        Catalogue catalogue = Catalogue.Default;
        _devices = [.. catalogue.Kinds("vendor").Where(k => catalogue.Find("vendor", k) is { Bandwidth: not null, Tier: "gpu" or "npu" or "cpu" }).Order(StringComparer.Ordinal)];
        _models = [.. catalogue.ModelNames.Where(m => catalogue.FindModel(m) is { HasArchitecture: true, Kind: "llm" }).Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes a header and <paramref name="rows"/> rows.</summary>
    public void Write(TextWriter text, int rows)
    {
        text.Write(Header + "\n");
        for (int i = 0; i < rows; i++)
        {
            WriteRow(text);
        }
    }

    private void WriteRow(TextWriter text)
    {
        string[] fields =
        [
            Of(_devices), PowerOfTwo(3), Of(_models), Of(Precisions), "", PowerOfTwo(13), PowerOfTwo(11), _random.Next(8) == 0 ? "inf" : PowerOfTwo(9), Of(Metrics), Of(Engines),
        ];
        Table.WriteLine(text, fields);
    }

    private string Of(string[] choices) => choices[_random.Next(choices.Length)];

    private string PowerOfTwo(int most) => (1 << _random.Next(most + 1)).ToString(CultureInfo.InvariantCulture);
}
