namespace Orchestrator.CostModels.Operators;

/// <summary>A matrix multiply as a row of a table asks for it.</summary>
/// <param name="Source">Who measured; empty for a planned one.</param>
/// <param name="Label">The device as written.</param>
/// <param name="Device">Its datasheet.</param>
/// <param name="Format">Number format.</param>
/// <param name="Software">Kernels' origin with version; empty when not stated.</param>
/// <param name="M">Rows of A: tokens.</param>
/// <param name="N">Columns of B: outputs.</param>
/// <param name="K">Inner size.</param>
public sealed record GemmRow(string Source, string Label, Accelerator Device, GemmFormat Format, string Software, double M, double N, double K)
{
    /// <summary>Columns that a table of multiplies has.</summary>
    public static readonly string[] Columns = ["source", "hardware", "dtype", "m", "n", "k"];

    /// <summary>Measurements that share software, device and format.</summary>
    public string Group => string.Join('|', Source, Device.Kind, Format.Name, Software);

    /// <summary>What the group shares with others, widest first.</summary>
    public IReadOnlyList<string> Kin { get; } =
    [
        "all",
        "class:" + Format.Class,
        "vendor:" + Device.Vendor,
        "family:" + Device.Family,
        "origin:" + Origin(Source, Software),
        "family class:" + Device.Family + " " + Format.Class,
        "origin class:" + Origin(Source, Software) + " " + Format.Class,
        "kind:" + Device.Kind,
    ];

    /// <summary>Reads a row.</summary>
    /// <exception cref="TableException">A size is missing, not a number or not above zero.</exception>
    public static GemmRow Of(TableRow row)
    {
        string source = row["source"];
        return new GemmRow(
            source, row["hardware"], Accelerator.Of(row["hardware"]), GemmFormat.Of(row["dtype"]), SoftwareOf(source, row["model"]),
            row.Positive("m"), row.Positive("n"), row.Positive("k"));
    }

    /// <summary>Kernel library without its version: kernels of one library are alike on kin devices.</summary>
    public static string Origin(string source, string software)
    {
        int space = software.IndexOf(' ', StringComparison.Ordinal);
        return source == "aic" ? (space > 0 ? software[..space] : software) : source;
    }

    // Only some sources name the software in their model column; a model's name says nothing about the kernel that multiplies.
    private static string SoftwareOf(string source, string model) => source switch
    {
        "aic" or "aic_npu" or "apex" => model,
        "aiter" => model.Contains("bpreshuffle", StringComparison.Ordinal) ? "bpreshuffle" : "plain",
        _ => "",
    };
}
