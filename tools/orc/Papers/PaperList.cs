using System.Globalization;

namespace Orchestrator.Cli.Papers;

/// <summary>One of the papers that the product's ideas come from.</summary>
/// <param name="Number">1 to 58.</param>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Title">Its title, shortened.</param>
/// <param name="ArXiv">Its number at arXiv, or empty where that is not known.</param>
public sealed record PaperEntry(int Number, string Name, string Title, string ArXiv)
{
    /// <summary>Its claims, or null while nothing here reproduces it.</summary>
    public IPaper? Open() => global::orc.GeneratedRegistry.Papers.FirstOrDefault(p => p.Name == Name).Create?.Invoke();
}

/// <summary>All papers, whether reproduced yet or not.</summary>
public static class PaperList
{
    /// <summary>By number.</summary>
    public static IReadOnlyList<PaperEntry> All { get; } =
    [
        new(1, "t3", "T3: tracking and triggering", "2401.16677"),
        new(2, "agentic-systems", "Agentic heterogeneous systems", "2507.19635"),
        new(3, "sn40l", "SN40L / Samba-CoE", "2405.07518"),
        new(4, "hat5", "HaT5", "2202.05690"),
        new(5, "lifl", "LIFL", "2405.10968"),
        new(6, "co2", "CO2", "2401.16265"),
        new(7, "holmes", "Holmes", "2312.03549"),
        new(8, "ttspm", "TTSPM: scaling over scaling", "2505.20522"),
        new(9, "cloudformer", "CloudFormer", "2509.03394"),
        new(10, "resnet-rs", "ResNet-RS", "2103.07579"),
        new(11, "frontier-partitioning", "Frontier low-bandwidth partitioning", "2501.04266"),
        new(12, "zaya1", "ZAYA1 on AMD", "2511.17127"),
        new(13, "fuyou", "Fuyou", "2403.06504"),
        new(14, "comet", "COMET W4A4KV4", "2410.12168"),
        new(15, "polca", "POLCA", "2308.12908"),
        new(16, "cloudmatrix", "CloudMatrix384", "2506.12708"),
        new(17, "time-series-scaling", "Time-series scaling laws", "2410.12360"),
        new(18, "elaswave", "ElasWave", "2510.00606"),
        new(19, "tpi-llm", "TPI-LLM", "2410.00531"),
        new(20, "elastic-moe", "ElasticMoE", ""),
        new(21, "fastgen", "DeepSpeed-FastGen", "2401.08671"),
        new(22, "srl", "SRL", "2306.16688"),
        new(23, "megascale", "MegaScale", "2402.15627"),
        new(24, "tslam-mini", "TSLAM-Mini", "2505.07877"),
        new(25, "atts", "ATTS", "2509.15148"),
        new(26, "fastswitch", "FastSwitch", "2411.18424"),
        new(27, "ul2", "UL2", "2205.05131"),
        new(28, "composition-of-experts", "Composition of Experts", "2412.01868"),
        new(29, "asyncflow", "AsyncFlow", "2507.01663"),
        new(30, "massive-ds", "MassiveDS", "2407.12854"),
        new(31, "scalerl", "ScaleRL", "2510.13786"),
        new(32, "kvshare", "KVShare", "2503.16525"),
        new(33, "nanoflow", "NanoFlow", "2408.12757"),
        new(34, "peft-survey", "PEFT survey", "2403.14608"),
        new(35, "idt5", "idT5", "2302.00856"),
        new(36, "skip", "SKIP / TKLQT", "2504.11750"),
        new(37, "apex", "APEX", "2411.17651"),
        new(38, "cxl-allocation", "CXL-aware allocation", "2507.03305"),
        new(39, "as-vit", "As-ViT", "2202.11921"),
        new(40, "blackboard", "Blackboard multi-agent", "2510.01285"),
        new(41, "r2e-gym", "R2E-Gym", "2504.07164"),
        new(42, "multikernelbench", "MultiKernelBench", "2507.17773"),
        new(43, "mos", "MoS", "2410.00938"),
        new(44, "zero-infinity", "ZeRO-Infinity", "2104.07857"),
        new(45, "redco", "Redco", "2310.16355"),
        new(46, "lowformer", "LowFormer", "2409.03460"),
        new(47, "fp4-design", "FP4 training design space", "2509.17791"),
        new(48, "energonai", "EnergonAI", "2209.02341"),
        new(49, "reft", "REFT", "2310.12670"),
        new(50, "model-scaling", "Fast and accurate model scaling", "2103.06877"),
        new(51, "deepseek-v3", "DeepSeek-V3 insights", "2505.09343"),
        new(52, "frontier-training", "Training on Frontier", "2312.12705"),
        new(53, "bytescale", "ByteScale", "2502.21231"),
        new(54, "timeseriesgym", "TimeSeriesGym", "2505.13291"),
        new(55, "data-filtering", "Data-filtering scaling laws", "2404.07177"),
        new(56, "smallthinker", "SmallThinker", "2507.20984"),
        new(57, "matmul-free", "MatMul-free language models", "2406.02528"),
        new(58, "kinetics", "Kinetics", "2506.05333"),
    ];

    /// <summary>The paper of a name or a number, or null.</summary>
    public static PaperEntry? Find(string nameOrNumber) => int.TryParse(nameOrNumber, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        ? All.FirstOrDefault(p => p.Number == number)
        : All.FirstOrDefault(p => string.Equals(p.Name, nameOrNumber, StringComparison.OrdinalIgnoreCase));
}
