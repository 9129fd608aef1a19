using System.Globalization;
using System.Text;

namespace Orchestrator.Codegen.Llvm;

/// <summary>
/// Writes the kernel that searches vectors as textual LLVM IR:
/// <c>i32 name(ptr query, ptr rows, i64 n, i64 dim, i32 k, ptr ids, ptr scores)</c>.
/// It compares the query (<c>dim</c> floats) with <c>n</c> rows (row-major floats) by cosine and writes the best <c>k</c> in falling order of score,
/// equal scores by rising row: <c>ids</c> as i32, <c>scores</c> as float. It answers how many it wrote, min(k, n), or -1 when it was made for
/// another dimension. A vector of length 0, and a score that is no number, counts as score 0.
/// </summary>
public static class VectorSearchKernel
{
    /// <summary>The module's text. Throws <see cref="ArgumentException"/> for options out of their ranges.</summary>
    public static string Emit(VectorSearchOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Check(options);
        var text = new StringBuilder();
        string vector = Invariant($"<{options.Width} x float>");
        string dimension = options.Dimension is { } d ? Invariant($"{d}") : "any";
        text.Append(Invariant($"; cosine and top-k over rows of {dimension} floats, {options.Width} at a time\n"));
        text.Append(Invariant($"declare {vector} @llvm.fma.v{options.Width}f32({vector}, {vector}, {vector})\n"));
        text.Append("declare float @llvm.fma.f32(float, float, float)\ndeclare float @llvm.sqrt.f32(float)\n");
        text.Append(Invariant($"declare float @llvm.vector.reduce.fadd.v{options.Width}f32(float, {vector})\n\n"));
        var products = new ProductLoop(options);
        products.AppendFunction(text, options.Name + "_length", withLength: false);
        products.AppendFunction(text, options.Name + "_row", withLength: !options.RowsAreUnit);
        AppendSearch(text, options);
        return text.ToString();
    }

    private static void Check(VectorSearchOptions options)
    {
        if (options.Width is not (1 or 2 or 4 or 8 or 16 or 32))
        {
            throw new ArgumentException("the width must be 1, 2, 4, 8, 16 or 32", nameof(options));
        }

        if (options.Unroll is < 1 or > 8 || options.Dimension is < 1)
        {
            throw new ArgumentException("unroll must be 1 to 8 and the dimension at least 1", nameof(options));
        }

        if (options.Name.Length == 0 || char.IsAsciiDigit(options.Name[0]) || !options.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            throw new ArgumentException("the name must be of ASCII letters, digits and underscores", nameof(options));
        }
    }

    // The list of the best is kept sorted by insertion. Rows come in rising order and enter only when strictly better, so equals keep that order.
    private const string SearchText = """
        define i32 @<name>(ptr noalias readonly %query, ptr noalias readonly %rows, i64 %n, i64 %dim, i32 %k, ptr noalias %ids, ptr noalias %scores) nounwind {
        entry:
          %fits = <guard>
          br i1 %fits, label %start, label %refuse
        refuse:
          ret i32 -1
        start:
          %k64 = sext i32 %k to i64
          %own = call {float, float} @<name>_length(ptr %query, ptr %query, i64 %dim)
          %query.square = extractvalue {float, float} %own, 0
          %query.length = call float @llvm.sqrt.f32(float %query.square)
          %none = icmp sle i64 %k64, 0
          %empty = icmp sle i64 %n, 0
          %nothing = or i1 %none, %empty
          br i1 %nothing, label %done, label %row
        row:
          %i = phi i64 [ 0, %start ], [ %i.next, %next ]
          %count = phi i64 [ 0, %start ], [ %count.next, %next ]
          %offset = mul i64 %i, %dim
          %at = getelementptr inbounds float, ptr %rows, i64 %offset
          %pair = call {float, float} @<name>_row(ptr %query, ptr %at, i64 %dim)
          %product = extractvalue {float, float} %pair, 0
        <length>
          %quotient = fdiv float %product, %length
          %long = fcmp ogt float %length, 0.0
          %number = fcmp ord float %quotient, 0.0
          %sound = and i1 %long, %number
          %score = select i1 %sound, float %quotient, float 0.0
          %room = icmp slt i64 %count, %k64
          br i1 %room, label %enter, label %compare
        compare:
          %last = sub i64 %count, 1
          %last.at = getelementptr inbounds float, ptr %scores, i64 %last
          %worst = load float, ptr %last.at, align 4
          %better = fcmp ogt float %score, %worst
          br i1 %better, label %enter, label %next
        enter:
          %hole = phi i64 [ %count, %row ], [ %last, %compare ]
          %grown = phi i64 [ 1, %row ], [ 0, %compare ]
          br label %shift
        shift:
          %j = phi i64 [ %hole, %enter ], [ %before, %move ]
          %first = icmp eq i64 %j, 0
          br i1 %first, label %put, label %look
        look:
          %before = sub i64 %j, 1
          %before.at = getelementptr inbounds float, ptr %scores, i64 %before
          %before.score = load float, ptr %before.at, align 4
          %lower = fcmp olt float %before.score, %score
          br i1 %lower, label %move, label %put
        move:
          %to = getelementptr inbounds float, ptr %scores, i64 %j
          store float %before.score, ptr %to, align 4
          %id.from = getelementptr inbounds i32, ptr %ids, i64 %before
          %id = load i32, ptr %id.from, align 4
          %id.to = getelementptr inbounds i32, ptr %ids, i64 %j
          store i32 %id, ptr %id.to, align 4
          br label %shift
        put:
          %put.score = getelementptr inbounds float, ptr %scores, i64 %j
          store float %score, ptr %put.score, align 4
          %put.id = getelementptr inbounds i32, ptr %ids, i64 %j
          %i32 = trunc i64 %i to i32
          store i32 %i32, ptr %put.id, align 4
          br label %next
        next:
          %more = phi i64 [ %grown, %put ], [ 0, %compare ]
          %count.next = add i64 %count, %more
          %i.next = add i64 %i, 1
          %again = icmp slt i64 %i.next, %n
          br i1 %again, label %row, label %done
        done:
          %found = phi i64 [ 0, %start ], [ %count.next, %next ]
          %result = trunc i64 %found to i32
          ret i32 %result
        }

        """;

    private static void AppendSearch(StringBuilder text, VectorSearchOptions options)
    {
        string guard = options.Dimension is { } known ? Invariant($"icmp eq i64 %dim, {known}") : "icmp sge i64 %dim, 0";
        string length = options.RowsAreUnit
            ? "  %length = fadd float %query.length, 0.0"
            : "  %row.square = extractvalue {float, float} %pair, 1\n  %row.length = call float @llvm.sqrt.f32(float %row.square)\n"
              + "  %length = fmul float %query.length, %row.length";
        text.Append(SearchText.Replace("<name>", options.Name, StringComparison.Ordinal)
            .Replace("<guard>", guard, StringComparison.Ordinal).Replace("<length>", length, StringComparison.Ordinal)).Append('\n');
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
