using Orchestrator.CostModels;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Papers;

/// <summary>Catalogue entries that papers are computed from; one that is missing is a bug of the catalogue.</summary>
internal static class Known
{
    public static ModelCard Model(string name) =>
        Catalogue.Default.FindModel(name) ?? throw new InvalidDataException("the model catalogue lost " + name);

    public static Device Device(string kind, string catalogue = "vendor") =>
        Catalogue.Default.Find(catalogue, kind) ?? throw new InvalidDataException($"the {catalogue} catalogue lost {kind}");

    /// <summary>Dense operations per second of a device in a format.</summary>
    public static double Peak(string kind, string format, string catalogue = "vendor") =>
        Device(kind, catalogue).Peak.TryGetValue(format, out Sourced? peak) ? peak.Value : throw new InvalidDataException($"no {format} peak of {kind}");

    /// <summary>Bytes per second of a device's memory.</summary>
    public static double Bandwidth(string kind, string catalogue = "vendor") =>
        Device(kind, catalogue).Bandwidth?.Value ?? throw new InvalidDataException("no bandwidth of " + kind);

    /// <summary>A further figure of a device by its key, <c>int4_flops</c> or <c>tdp_w</c>.</summary>
    public static double Figure(string kind, string name, string catalogue = "vendor") =>
        Device(kind, catalogue).Figures.TryGetValue(name, out Sourced? figure) ? figure.Value : throw new InvalidDataException($"no {name} of {kind}");
}
