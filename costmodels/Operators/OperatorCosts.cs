using Orchestrator.Plan;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Times of single operators on devices of a fleet, for plans: the tables that come with the program, by the best measured kernels of the
/// device and format. All times are microseconds with a 90 % interval.
/// </summary>
public static class OperatorCosts
{
    private static readonly Lazy<GemmPredictor> Multiplies = new(() => new GemmPredictor());
    private static readonly Lazy<MoePredictor> Mixtures = new(() => new MoePredictor());
    private static readonly Lazy<VectorPredictor> Vectors = new(() => new VectorPredictor());
    private static readonly Lazy<AttentionPredictor> Attentions = new(() => new AttentionPredictor());

    /// <summary>C[m,n] = A[m,k] B[k,n] in a number format of <see cref="GemmFormat"/>: <c>bf16</c>, <c>fp8_block</c>, <c>int4_wo</c>, <c>nvfp4</c> …</summary>
    /// <param name="device">The device; figures of a fleet file count.</param>
    /// <param name="format">Number format; an unknown one is taken as 16 bits within a wide interval.</param>
    /// <param name="m">Rows of A: tokens.</param>
    /// <param name="n">Columns of B: outputs.</param>
    /// <param name="k">Inner size.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public static Prediction Gemm(Device device, string format, double m, double n, double k)
    {
        Positive(m, nameof(m));
        Positive(n, nameof(n));
        Positive(k, nameof(k));
        return Multiplies.Value.Predict(
            new GemmCall { Source = "", Software = "", Device = Accelerator.Of(device), Format = GemmFormat.Of(format), M = m, N = n, K = k });
    }

    /// <summary>The routed experts of one layer on one of the devices that share them, without communication.</summary>
    /// <param name="device">The device.</param>
    /// <param name="format">Number format, as at <see cref="Gemm"/>.</param>
    /// <param name="tokens">Tokens that enter the layer on all devices together.</param>
    /// <param name="hidden">Width of the model.</param>
    /// <param name="inner">Inner width of one expert.</param>
    /// <param name="topK">Experts per token.</param>
    /// <param name="experts">Routed experts of the layer.</param>
    /// <param name="tensorParallel">Devices that share each expert.</param>
    /// <param name="expertParallel">Devices that the experts are dealt out to.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public static Prediction Moe(
        Device device, string format, double tokens, double hidden, double inner, double topK, double experts, double tensorParallel = 1, double expertParallel = 1)
    {
        Positive(tokens, nameof(tokens));
        Positive(hidden, nameof(hidden));
        Positive(inner, nameof(inner));
        Positive(topK, nameof(topK));
        Positive(experts, nameof(experts));
        Positive(tensorParallel, nameof(tensorParallel));
        Positive(expertParallel, nameof(expertParallel));
        return Mixtures.Value.Predict(new MoeCall
        {
            Source = "",
            Software = "",
            Device = Accelerator.Of(device),
            Format = GemmFormat.Of(format),
            Tokens = tokens,
            Hidden = hidden,
            Inner = inner,
            TopK = topK,
            Experts = experts,
            TensorParallel = tensorParallel,
            ExpertParallel = expertParallel,
        });
    }

    /// <summary>An operation of <see cref="VectorOperation"/> over tokens: <c>norm</c>, <c>rope</c>, <c>activation</c>, <c>add</c>, <c>embedding</c>.</summary>
    /// <param name="device">The device.</param>
    /// <param name="operation">Its name; an unknown one reads and writes each element once, within a wide interval.</param>
    /// <param name="tokens">Rows.</param>
    /// <param name="width">Elements per row: the model's width, or for an activation the feed-forward's inner width.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not above 0.</exception>
    public static Prediction Vector(Device device, string operation, double tokens, double width)
    {
        Positive(tokens, nameof(tokens));
        Positive(width, nameof(width));
        return Vectors.Value.Predict(new VectorCall
        {
            Source = "",
            Software = "",
            Device = Accelerator.Of(device),
            Operation = VectorOperation.Of(operation),
            Tokens = tokens,
            Width = width,
            Expanded = width,
        });
    }

    /// <summary>Causal attention of one layer over new and kept tokens.</summary>
    /// <param name="device">The device, by the catalogue's figures of its kind.</param>
    /// <param name="shape">The sizes; a cache of one byte an element is taken as fp8, any other as 16 bits.</param>
    public static Prediction Attention(Device device, AttentionShape shape)
    {
        ArgumentNullException.ThrowIfNull(device);
        return Attentions.Value.Predict(device.Kind, "", shape.KvElementBytes == 1 ? "fp8" : "bf16", shape);
    }

    private static void Positive(double value, string name)
    {
        if (!(value > 0) || !double.IsFinite(value))
        {
            throw new ArgumentOutOfRangeException(name, value, "must be a number above 0");
        }
    }
}
