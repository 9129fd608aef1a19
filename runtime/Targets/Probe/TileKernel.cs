using System.Globalization;
using System.Text;

namespace Orchestrator.Targets.Probe;

/// <summary>
/// Multiplies 6 × 64 tiles: <c>c[6][64] += a[depth][6] · b[depth][64]</c>, operands packed so that each step reads forward. 24 sums of 16 floats fill the
/// 32 registers of AVX-512 with room for four of b and one of a; of the shapes tried this one was the fastest.
/// </summary>
internal static class TileKernel
{
    public const int Rows = 6;
    public const int Columns = 64;
    public const string Name = "tile";
    private const int Width = 16;
    private const int Vectors = Columns / Width;

    /// <summary>LLVM IR of <c>void tile(ptr a, ptr b, ptr c, i64 depth)</c>.</summary>
    public static string Text()
    {
        var text = new StringBuilder("declare <16 x float> @llvm.fma.v16f32(<16 x float>, <16 x float>, <16 x float>)\n\n");
        text.Append("define void @tile(ptr noalias %a, ptr noalias %b, ptr noalias %c, i64 %depth) nounwind {\nentry:\n");
        Each((i, j) => text.Append(Invariant($"  %q{i}_{j} = getelementptr inbounds float, ptr %c, i64 {(i * Columns) + (j * Width)}\n"))
            .Append(Invariant($"  %z{i}_{j} = load <16 x float>, ptr %q{i}_{j}, align 4\n")));
        text.Append("  br label %loop\nloop:\n  %k = phi i64 [ 0, %entry ], [ %k.next, %loop ]\n");
        Each((i, j) => text.Append(Invariant($"  %c{i}_{j} = phi <16 x float> [ %z{i}_{j}, %entry ], [ %d{i}_{j}, %loop ]\n")));
        text.Append(Invariant($"  %ka = mul i64 %k, {Rows}\n  %kb = mul i64 %k, {Columns}\n"));
        text.Append("  %pa = getelementptr inbounds float, ptr %a, i64 %ka\n  %pb = getelementptr inbounds float, ptr %b, i64 %kb\n");
        for (int j = 0; j < Vectors; j++)
        {
            text.Append(Invariant($"  %pb{j} = getelementptr inbounds float, ptr %pb, i64 {j * Width}\n  %b{j} = load <16 x float>, ptr %pb{j}, align 4\n"));
        }

        for (int i = 0; i < Rows; i++)
        {
            text.Append(Invariant($"  %pa{i} = getelementptr inbounds float, ptr %pa, i64 {i}\n  %s{i} = load float, ptr %pa{i}, align 4\n"));
            text.Append(Invariant($"  %i{i} = insertelement <16 x float> poison, float %s{i}, i64 0\n"));
            text.Append(Invariant($"  %a{i} = shufflevector <16 x float> %i{i}, <16 x float> poison, <16 x i32> zeroinitializer\n"));
        }

        Each((i, j) => text.Append(Invariant(
            $"  %d{i}_{j} = call <16 x float> @llvm.fma.v16f32(<16 x float> %a{i}, <16 x float> %b{j}, <16 x float> %c{i}_{j})\n")));
        text.Append("  %k.next = add i64 %k, 1\n  %more = icmp slt i64 %k.next, %depth\n  br i1 %more, label %loop, label %done\ndone:\n");
        Each((i, j) => text.Append(Invariant($"  store <16 x float> %d{i}_{j}, ptr %q{i}_{j}, align 4\n")));
        return text.Append("  ret void\n}\n").ToString();
    }

    private static void Each(Action<int, int> visit)
    {
        for (int n = 0; n < Rows * Vectors; n++)
        {
            visit(n / Vectors, n % Vectors);
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
