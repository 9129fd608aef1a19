namespace Orchestrator.CostModels.Operators;

internal static class ChipFacts
{
    private static readonly (string Name, string Vendor, string Family, double Units, double Cache)[] Table =
    [
        ("V100", "NVIDIA", "volta", 80, 6), ("T4", "NVIDIA", "turing", 40, 4), ("A100", "NVIDIA", "ampere", 108, 40), ("A40", "NVIDIA", "ampere_consumer", 84, 6),
        ("A10G", "NVIDIA", "ampere_consumer", 80, 6), ("A30", "NVIDIA", "ampere", 56, 24), ("L4", "NVIDIA", "ada", 58, 48), ("L40S", "NVIDIA", "ada", 142, 96),
        ("RTX 3090", "NVIDIA", "ampere_consumer", 82, 6), ("RTX A6000", "NVIDIA", "ampere_consumer", 84, 6), ("RTX 4090", "NVIDIA", "ada", 128, 72),
        ("RTX 6000 Ada", "NVIDIA", "ada", 142, 96), ("RTX 5090", "NVIDIA", "blackwell_consumer", 170, 96), ("RTX PRO 6000", "NVIDIA", "blackwell_consumer", 188, 128),
        ("H100 SXM", "NVIDIA", "hopper", 132, 50), ("H100 PCIe", "NVIDIA", "hopper", 114, 50), ("H100 NVL", "NVIDIA", "hopper", 132, 50), ("H800", "NVIDIA", "hopper", 132, 50),
        ("H20-3e", "NVIDIA", "hopper", 78, 60), ("H200", "NVIDIA", "hopper", 132, 50), ("GH200", "NVIDIA", "hopper", 132, 50),
        ("B200", "NVIDIA", "blackwell", 148, 126), ("GB200", "NVIDIA", "blackwell", 148, 126), ("B300", "NVIDIA", "blackwell", 148, 126), ("GB300", "NVIDIA", "blackwell", 148, 126),
        ("DGX Spark", "NVIDIA", "blackwell_consumer", 48, 24), ("Jetson AGX Orin", "NVIDIA", "ampere_consumer", 16, 4), ("Jetson AGX Thor", "NVIDIA", "blackwell", 20, 32),
        ("MI210", "AMD", "cdna2", 104, 8), ("MI250", "AMD", "cdna2", 208, 16), ("MI300X", "AMD", "cdna3", 304, 256), ("MI308X", "AMD", "cdna3", 80, 256), ("MI325X", "AMD", "cdna3", 304, 256),
        ("MI350X", "AMD", "cdna4", 256, 256), ("MI355X", "AMD", "cdna4", 256, 256), ("Gaudi2", "Intel", "gaudi", 24, 48), ("Gaudi3", "Intel", "gaudi", 64, 96),
        ("Max 1550", "Intel", "xe_hpc", 128, 408), ("Arc Pro B60", "Intel", "xe", 20, 18), ("Arc B580", "Intel", "xe", 20, 18), ("Arc A770", "Intel", "xe", 32, 16),
        ("Ascend 910B", "Huawei", "ascend", 24, 192), ("Ascend 910C", "Huawei", "ascend", 48, 384), ("TPU", "Google", "tpu", 4, 128),
    ];

    public static (string Vendor, string Family, double Units, double Cache) Of(string kind)
    {
        foreach ((string name, string vendor, string family, double units, double cache) in Table)
        {
            if (kind.StartsWith(name, StringComparison.Ordinal) && (kind.Length == name.Length || !char.IsLetterOrDigit(kind[name.Length])))
            {
                return (vendor, family, units, cache * 1e6);
            }
        }

        return ("", "", 0, 0);
    }
}
