using System.Globalization;
using System.Text;

namespace Orchestrator.Codegen.Llvm;

/// <summary>
/// Writes a function that gives the product of two vectors and, where wanted, the squared length of the second in the same pass over it: a loop over
/// <c>unroll</c> vectors at a time, a loop over single vectors, a loop over what is left.
/// </summary>
internal sealed class ProductLoop(VectorSearchOptions options)
{
    private readonly string _vector = Invariant($"<{options.Width} x float>");

    /// <summary>Appends <c>{float product, float square} name(ptr a, ptr b, i64 dim)</c>; without <paramref name="withLength"/> the square is 0.</summary>
    public void AppendFunction(StringBuilder text, string name, bool withLength)
    {
        string size = options.Dimension is { } known ? Invariant($"{known}") : "%dim";
        int block = options.Width * options.Unroll;
        text.Append(Invariant($"define internal {{float, float}} @{name}(ptr readonly %a, ptr readonly %b, i64 %dim) alwaysinline nounwind {{\n"));
        text.Append("entry:\n");
        text.Append(Invariant($"  %blocks = sub i64 {size}, {block}\n  %singles = sub i64 {size}, {options.Width}\n  br label %wide\n"));
        AppendWide(text, block, withLength);
        AppendSingle(text, withLength);
        AppendRest(text, size, withLength);
        text.Append("}\n\n");
    }

    private void AppendWide(StringBuilder text, int block, bool withLength)
    {
        text.Append("wide:\n  %w = phi i64 [ 0, %entry ], [ %w.next, %wide.body ]\n");
        for (int u = 0; u < options.Unroll; u++)
        {
            text.Append(Invariant($"  %p{u} = phi {_vector} [ zeroinitializer, %entry ], [ %p{u}.next, %wide.body ]\n"));
            text.Append(Invariant($"  %s{u} = phi {_vector} [ zeroinitializer, %entry ], [ %s{u}.next, %wide.body ]\n"));
        }

        text.Append("  %wide.fits = icmp sle i64 %w, %blocks\n  br i1 %wide.fits, label %wide.body, label %join\nwide.body:\n");
        for (int u = 0; u < options.Unroll; u++)
        {
            text.Append(Invariant($"  %w{u} = add i64 %w, {u * options.Width}\n"));
            AppendStep(text, Invariant($"{u}"), Invariant($"%w{u}"), Invariant($"%p{u}"), Invariant($"%s{u}"), withLength);
        }

        text.Append(Invariant($"  %w.next = add i64 %w, {block}\n  br label %wide\njoin:\n"));
        AppendSum(text, 'p');
        AppendSum(text, 's');
        text.Append("  br label %single\n");
    }

    private void AppendSingle(StringBuilder text, bool withLength)
    {
        string last = Invariant($"{options.Unroll - 1}");
        text.Append("single:\n  %v = phi i64 [ %w, %join ], [ %v.next, %single.body ]\n");
        text.Append(Invariant($"  %pv = phi {_vector} [ %p.sum{last}, %join ], [ %pv.next, %single.body ]\n"));
        text.Append(Invariant($"  %sv = phi {_vector} [ %s.sum{last}, %join ], [ %sv.next, %single.body ]\n"));
        text.Append("  %single.fits = icmp sle i64 %v, %singles\n  br i1 %single.fits, label %single.body, label %reduce\nsingle.body:\n");
        AppendStep(text, "v", "%v", "%pv", "%sv", withLength);
        text.Append(Invariant($"  %v.next = add i64 %v, {options.Width}\n  br label %single\nreduce:\n"));
        string reduce = Invariant($"call reassoc float @llvm.vector.reduce.fadd.v{options.Width}f32(float 0.0, {_vector}");
        text.Append(Invariant($"  %product.vector = {reduce} %pv)\n  %square.vector = {reduce} %sv)\n  br label %rest\n"));
    }

    private static void AppendRest(StringBuilder text, string size, bool withLength)
    {
        string square = withLength ? "call float @llvm.fma.f32(float %rb, float %rb, float %square)" : "fadd float %square, 0.0";
        text.Append($$"""
            rest:
              %r = phi i64 [ %v, %reduce ], [ %r.next, %rest.body ]
              %product = phi float [ %product.vector, %reduce ], [ %product.next, %rest.body ]
              %square = phi float [ %square.vector, %reduce ], [ %square.next, %rest.body ]
              %rest.fits = icmp slt i64 %r, {{size}}
              br i1 %rest.fits, label %rest.body, label %done
            rest.body:
              %ra.at = getelementptr inbounds float, ptr %a, i64 %r
              %rb.at = getelementptr inbounds float, ptr %b, i64 %r
              %ra = load float, ptr %ra.at, align 4
              %rb = load float, ptr %rb.at, align 4
              %product.next = call float @llvm.fma.f32(float %ra, float %rb, float %product)
              %square.next = {{square}}
              %r.next = add i64 %r, 1
              br label %rest
            done:
              %half = insertvalue {float, float} undef, float %product, 0
              %both = insertvalue {float, float} %half, float %square, 1
              ret {float, float} %both

            """);
    }

    private void AppendStep(StringBuilder text, string suffix, string index, string product, string square, bool withLength)
    {
        string fma = Invariant($"call {_vector} @llvm.fma.v{options.Width}f32({_vector}");
        text.Append(Invariant($"  %a{suffix}.at = getelementptr inbounds float, ptr %a, i64 {index}\n"));
        text.Append(Invariant($"  %b{suffix}.at = getelementptr inbounds float, ptr %b, i64 {index}\n"));
        text.Append(Invariant($"  %a{suffix} = load {_vector}, ptr %a{suffix}.at, align 4\n"));
        text.Append(Invariant($"  %b{suffix} = load {_vector}, ptr %b{suffix}.at, align 4\n"));
        text.Append(Invariant($"  {product}.next = {fma} %a{suffix}, {_vector} %b{suffix}, {_vector} {product})\n"));
        text.Append(withLength
            ? Invariant($"  {square}.next = {fma} %b{suffix}, {_vector} %b{suffix}, {_vector} {square})\n")
            : Invariant($"  {square}.next = select i1 true, {_vector} {square}, {_vector} zeroinitializer\n"));
    }

    // x.sum0 = x0, x.sum1 = x.sum0 + x1 …
    private void AppendSum(StringBuilder text, char chain)
    {
        text.Append(Invariant($"  %{chain}.sum0 = select i1 true, {_vector} %{chain}0, {_vector} zeroinitializer\n"));
        for (int u = 1; u < options.Unroll; u++)
        {
            text.Append(Invariant($"  %{chain}.sum{u} = fadd {_vector} %{chain}.sum{u - 1}, %{chain}{u}\n"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
