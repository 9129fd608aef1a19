using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>PEFT survey: what LoRA adds to a matrix, a model and the memory of training.</summary>
[Paper("peft-survey")]
internal sealed class PeftSurvey : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        ModelCard model = Known.Model("meta-llama/Llama-2-7b-hf");
        Adapter lora = Setting("lora-all-r64");
        NumberFormat wide = Format("bf16");
        ModelCard[] dense = [.. Dense()];
        NumberFormat narrow = Format("int4_g128");
        return
        [
            NumberClaim.Exactly("LoRA adds r x (d_in + d_out) weights to a matrix", Origin.Summary, 65536, "weights", Adapter.Of(8, 4096, 4096), 0, "rank 8 on 4,096 x 4,096"),
            NumberClaim.Exactly("The same over the queries and values of 32 layers", Origin.Derived, 4194304, "weights", Setting("lora").Parameters(model), 0,
                "rank 8 on Llama-2-7B, 2 x 32 matrices"),
            NumberClaim.Exactly("Weights are those of the two low-rank matrices, layer by layer", Origin.Derived, 0, "models differ",
                dense.Length == 0 ? double.NaN : dense.Count(m => Counted(m, (int)lora.Rank) != lora.Parameters(m)), 0,
                $"rank 64 on every matrix of the catalogue's {dense.Length} dense language models"),
            new OrderClaim("Training holds fewer bytes of weights and their states with an adapter, and fewer still over four bits", Origin.Derived, "all > LoRA > QLoRA", "GB",
                [
                    ("all weights", AdapterTraining.FullBytes(model) / 1e9),
                    ("LoRA", AdapterTraining.AdapterBytes(model, lora, wide) / 1e9),
                    ("QLoRA", AdapterTraining.AdapterBytes(model, lora, narrow) / 1e9),
                ])
            {
                How = "Llama-2-7B, rank 64 on every matrix; 16 bytes a trained weight; frozen weights in 16 and 4 bits; without activations",
            },
        ];
    }

    // Language models whose layers are all alike and have no experts.
    private static IEnumerable<ModelCard> Dense() => Catalogue.Default.ModelNames.Select(Known.Model).Distinct().Where(
        m => m is { Kind: "llm", HasArchitecture: true, Experts: <= 1, Underived.Length: 0, FullLayers: null, FeedForwardLayers: null, LinearLayers: null });

    private static double Counted(ModelCard model, int rank)
    {
        double d = model.Width ?? 0;
        double queries = (model.Heads ?? 0) * model.HeadSize;
        double keys = (model.KvHeads ?? 0) * model.HeadSize;
        var matrices = new List<(double Inputs, double Outputs)> { (d, queries), (d, keys), (d, keys), (queries, d), (d, model.FeedForward ?? 0), (model.FeedForward ?? 0, d) };
        if (model.Gated)
        {
            matrices.Add((d, model.FeedForward ?? 0));
        }

        double weights = 0;
        for (int layer = 0; layer < (model.Layers ?? 0); layer++)
        {
            foreach ((double inputs, double outputs) in matrices)
            {
                double down = rank * inputs;
                double up = outputs * rank;
                weights += down + up;
            }
        }

        return weights;
    }

    private static Adapter Setting(string name) => Adapter.Find(name) ?? throw new InvalidDataException("the adapter catalogue lost " + name);

    private static NumberFormat Format(string name) => NumberFormat.Parse(name) ?? throw new InvalidDataException("the format catalogue lost " + name);
}
