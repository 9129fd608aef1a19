using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels.Training;

namespace Orchestrator.Cli.Papers;

/// <summary>Redco: two rules that cut every transformer over devices as Megatron-LM does by hand.</summary>
[Paper("redco")]
internal sealed class Redco : IPaper
{
    // Halves of the blocks of five architectures, and the matrices that Megatron-LM (arXiv 1909.08053, section 3) cuts by rows: the last of each half.
    private static readonly (string Model, BlockMatrix[] Half, string ByRows)[] Halves =
    [
        ("GPT-J", [new("q_proj"), new("k_proj"), new("v_proj"), new("out_proj", "q_proj", "k_proj", "v_proj")], "out_proj"),
        ("GPT-J", [new("fc_in"), new("fc_out", "fc_in")], "fc_out"),
        ("LLaMA", [new("q_proj"), new("k_proj"), new("v_proj"), new("o_proj", "q_proj", "k_proj", "v_proj")], "o_proj"),
        ("LLaMA", [new("gate_proj"), new("up_proj"), new("down_proj", "gate_proj", "up_proj")], "down_proj"),
        ("T5", [new("SelfAttention.q"), new("SelfAttention.k"), new("SelfAttention.v"), new("SelfAttention.o", "SelfAttention.q", "SelfAttention.k", "SelfAttention.v")], "SelfAttention.o"),
        ("T5", [new("EncDecAttention.q"), new("EncDecAttention.k"), new("EncDecAttention.v"), new("EncDecAttention.o", "EncDecAttention.q", "EncDecAttention.k", "EncDecAttention.v")], "EncDecAttention.o"),
        ("T5", [new("wi"), new("wo", "wi")], "wo"),
        ("OPT", [new("q_proj"), new("k_proj"), new("v_proj"), new("out_proj", "q_proj", "k_proj", "v_proj")], "out_proj"),
        ("OPT", [new("fc1"), new("fc2", "fc1")], "fc2"),
        ("GPT-2", [new("c_attn"), new("attn.c_proj", "c_attn")], "attn.c_proj"),
        ("GPT-2", [new("c_fc"), new("mlp.c_proj", "c_fc")], "mlp.c_proj"),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        int matrices = Halves.Sum(h => h.Half.Length);
        string halves = $"{Halves.Length} halves of blocks of {string.Join(", ", Halves.Select(h => h.Model).Distinct())}";
        (int wrong, int numbers) = Numbers();
        const string states = "16 bytes a weight (weights and gradients in 16 bits, Adam in 32), activations not counted";
        return
        [
            NumberClaim.Exactly("Two rules give the layout of Megatron-LM", Origin.Derived, 0, $"of {matrices} matrices differ", Differences(), 0, halves),
            NumberClaim.Exactly("Half a block needs one all-reduce", Origin.Derived, 1, "collective at most in a half", Halves.Max(h => MatrixCut.Collectives(h.Half, MatrixCut.Alternate(h.Half))), 0, halves),
            NumberClaim.Exactly("No other cut needs as few collectives", Origin.Derived, Halves.Length, $"of {Halves.Length} halves", Halves.Count(Only), 0, "every way to cut each matrix by rows or columns tried; " + halves),
            NumberClaim.Exactly("A cut block gives the numbers of the whole", Origin.Derived, 0, $"of {numbers} numbers differ", wrong, 0, "both halves in whole numbers, width 16, 8 heads, inner size 32, over 2, 4 and 8 devices"),
            NumberClaim.Limit(Relation.AtMost, "LLaMA-7B trains on 4 A100 of 40 GB", Origin.Text, Known.Device("A100 SXM 40GB").Memory?.Value / 1e9 ?? double.NaN, "GB a device", States("huggyllama/llama-7b", 4), states),
            NumberClaim.Limit(Relation.AtMost, "OPT-66B trains on 16 x 4 TPU v4", Origin.Text, Known.Device("TPU v4").Memory?.Value / 1e9 ?? double.NaN, "GB a device", States("facebook/opt-66b", 64), states),
            new UnreachedClaim("Training of models up to 66B, how fast", Origin.Abstract, "no figure in the abstract", "it was measured on accelerators that are not here"),
            new UnreachedClaim("A pipeline is written as three functions", Origin.Abstract, "three functions", "the library is not part of this program"),
        ];
    }

    private static double States(string model, int devices) => Known.Model(model).Parameters * TrainingLayoutSearch.StateBytesPerParameter / devices / 1e9;

    private static bool Only((string Model, BlockMatrix[] Half, string ByRows) half) =>
        MatrixCut.Tried(half.Half) == (MatrixCut.Collectives(half.Half, MatrixCut.Alternate(half.Half)), 1);

    private static int Differences() => Halves.Sum(h =>
        h.Half.Zip(MatrixCut.Alternate(h.Half)).Count(m => m.Second != (m.First.Name == h.ByRows ? Cut.Rows : Cut.Columns)));

    private static (int Wrong, int Numbers) Numbers()
    {
        const int tokens = 3;
        const int width = 16;
        const int inner = 32;
        const int heads = 8;
        var random = new Random(11);
        long[,] Drawn(int rows, int columns) => CutBlock.Make(rows, columns, (_, _) => random.Next(-9, 10));
        long[,] x = Drawn(tokens, width);
        (long[,] up, long[,] down, long[,] output) = (Drawn(width, inner), Drawn(inner, width), Drawn(width, width));
        long[][,] projections = [Drawn(width, width), Drawn(width, width), Drawn(width, width)];
        (int wrong, int numbers) = (0, 0);
        foreach (int devices in new[] { 2, 4, 8 })
        {
            wrong += Unequal(CutBlock.FeedForward(x, up, down, 1), CutBlock.FeedForward(x, up, down, devices));
            wrong += Unequal(CutBlock.Attention(x, projections, output, heads, 1), CutBlock.Attention(x, projections, output, heads, devices));
            numbers += 2 * x.Length;
        }

        return (wrong, numbers);
    }

    private static int Unequal(long[,] a, long[,] b) => a.Cast<long>().Zip(b.Cast<long>()).Count(p => p.First != p.Second);
}
