using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Operators;

/// <summary>One device of the machine.</summary>
/// <param name="Name">The fleet's name, with a number where there are several.</param>
/// <param name="Device">Its numbers.</param>
/// <param name="Room">Bytes for weights and for kept keys and values.</param>
internal sealed record MachineDevice(string Name, Device Device, Bytes Room);

/// <summary>The devices of a fleet one by one, as operators are placed on them.</summary>
/// <param name="Devices">Those that can hold something.</param>
/// <param name="LeftOut">Devices that cannot be used, with why.</param>
internal sealed record OperatorMachine(ImmutableArray<MachineDevice> Devices, ImmutableArray<string> LeftOut)
{
    /// <summary>Most devices that operators are placed on.</summary>
    public const int MostDevices = 8;

    /// <summary>Share of a device's memory that weights may take; the rest is for the runtime. Source: vLLM's default <c>gpu_memory_utilization</c>, 0.9.</summary>
    public const double MemoryShare = 0.9;

    private static readonly string[] Executors = ["onnx", "kernel", "llm", "encoder"];

    /// <summary>The machine; mistakes go to <paramref name="mistakes"/>.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="live">Bytes that each device sets aside for data between operators.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public static OperatorMachine Of(Fleet fleet, Bytes live, DiagnosticBag mistakes)
    {
        var devices = ImmutableArray.CreateBuilder<MachineDevice>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        foreach (Device device in fleet.Devices)
        {
            if (WhyNot(device, live) is { } reason)
            {
                leftOut.Add($"{device.Name}: {reason}");
                continue;
            }

            var room = new Bytes(device.Memory!.Value * MemoryShare - live.Value); // WhyNot asked for it
            for (int i = 1; i <= device.Count; i++)
            {
                string name = device.Count == 1 ? device.Name : string.Create(CultureInfo.InvariantCulture, $"{device.Name}/{i}");
                if (devices.Count < MostDevices)
                {
                    devices.Add(new MachineDevice(name, device, room));
                }
                else
                {
                    leftOut.Add($"{name}: operators are placed on at most {MostDevices} devices");
                }
            }
        }

        foreach (string place in devices.GroupBy(d => d.Device.Place).Where(p => p.Count() > 1 && fleet.LinkBetween(p.Key, p.Key) is null).Select(p => p.Key))
        {
            mistakes.Add(Diagnostic.Error("ORC3061", $"the fleet does not say how data moves between the devices at '{place}'", SourceSpan.None,
                $"add under links: - {{ between: [{place}, {place}], bandwidth: 24 GB/s, latency: 10 us, source: … }}"));
        }

        if (devices.Count == 0)
        {
            mistakes.Add(Diagnostic.Error("ORC3062", "the fleet has no device that operators can be placed on: " + string.Join("; ", leftOut), SourceSpan.None,
                "give a processor, GPU or NPU of the catalogue, with its memory"));
        }

        return new OperatorMachine(devices.ToImmutable(), leftOut.ToImmutable());
    }

    private static string? WhyNot(Device device, Bytes live) =>
        device.Tier is not ("cpu" or "gpu" or "npu") ? "is not a processor, GPU or NPU"
        : !Executors.Any(device.Runs.Contains) ? "runs neither of " + string.Join(", ", Executors)
        : device.Memory is not { } memory ? "its memory is not known"
        : memory.Value * MemoryShare <= live.Value ? $"its memory does not hold the data between operators ({live})"
        : null;
}
