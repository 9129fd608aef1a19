using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.CostModels;

/// <summary>Marks a cost model and names it.</summary>
/// <param name="name">As it appears in <see cref="Estimate.Model"/>.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class CostModelAttribute(string name) : Attribute
{
    /// <summary>The name.</summary>
    public string Name { get; } = name;
}

/// <summary>What one execution of a phase takes on a device: the question to a cost model.</summary>
/// <param name="Work">The work.</param>
/// <param name="Service">Symbol in the workflow.</param>
/// <param name="Target">Model reference, URL, command or file: stable across workflows.</param>
/// <param name="Phase">The task's phase.</param>
/// <param name="Device">Where.</param>
/// <param name="Precision">Number format, or empty where the device's own is used.</param>
/// <param name="Degree">Devices that share each operation (tensor parallel), at least 1.</param>
/// <param name="Batch">Sequences under way at once, at least 1.</param>
/// <param name="Calibration">What runs taught.</param>
public sealed record CostQuestion(
    Workload Work, string Service, string Target, string Phase, Device Device, string Precision, int Degree, double Batch, Calibration Calibration);

/// <summary>An estimate, or what is missing for one.</summary>
/// <param name="Estimate">The estimate, null when the model cannot tell.</param>
/// <param name="PerUse">Charge of one execution in US dollars that replaces the device's hourly price; null when the hourly price counts.</param>
/// <param name="Missing">What the model would need, for people; empty when the question is not one for this model.</param>
public readonly record struct CostAnswer(Estimate? Estimate, Dollars? PerUse, string Missing)
{
    /// <summary>The question is none for this model.</summary>
    public static CostAnswer NotMine => new(null, null, "");

    /// <summary>The model would answer if it knew something.</summary>
    public static CostAnswer Lacks(string what) => new(null, null, what);

    /// <summary>The answer.</summary>
    public static implicit operator CostAnswer(Estimate estimate) => new(estimate, null, "");
}

/// <summary>What an estimate rests on, best first.</summary>
public enum Evidence
{
    /// <summary>Runs on the device at hand.</summary>
    Measurement,

    /// <summary>A figure that the fleet file gives for the service.</summary>
    Agreement,

    /// <summary>Physics and catalogues.</summary>
    Model,

    /// <summary>What the workflow's author expects.</summary>
    Expectation,

    /// <summary>A part of the work is known, the rest is not.</summary>
    Fragment,

    /// <summary>Only an upper bound is known.</summary>
    Bound,
}

/// <summary>Says what work takes on a device. Pure: the same question has the same answer.</summary>
public interface ICostModel
{
    /// <summary>What its answers rest on; models with better evidence are asked first.</summary>
    Evidence Evidence { get; }

    /// <summary>The answer, or what is missing.</summary>
    CostAnswer Answer(CostQuestion question);
}

/// <summary>The cost models, most trusted first: measurements before agreements, agreements before models, models before bounds.</summary>
public static class CostModels
{
    /// <summary>Every class marked <see cref="CostModelAttribute"/>, by evidence, then by name: the order in which they are asked.</summary>
    public static ImmutableArray<(string Name, ICostModel Model)> All { get; } =
        [.. GeneratedRegistry.CostModels.Select(m => (m.Name, Model: m.Create())).OrderBy(m => m.Model.Evidence).ThenBy(m => m.Name, StringComparer.Ordinal)];

    /// <summary>Whether an estimate of this name rests on physics and catalogues, so that runs can correct it.</summary>
    public static bool IsModel(string name) => All.Any(m => m.Name == name && m.Model.Evidence == Evidence.Model);

    /// <summary>The first answer; without one, an unknown estimate that says what is missing.</summary>
    public static CostAnswer Answer(CostQuestion question)
    {
        var missing = new List<string>();
        foreach ((_, ICostModel model) in All)
        {
            CostAnswer answer = model.Answer(question);
            if (answer.Estimate is { } estimate)
            {
                return model.Evidence == Evidence.Model ? answer with { Estimate = Corrected(estimate, question) } : answer;
            }

            if (answer.Missing.Length > 0)
            {
                missing.Add(answer.Missing);
            }
        }

        string why = missing.Count > 0 ? string.Join("; ", missing) : "nothing says how long this takes: give 'expect' or run it";
        return new CostAnswer(Estimate.Unknown(question.Work.Resident ?? Bytes.Zero, why), null, why);
    }

    // Physics and catalogues are corrected by what they were off on this machine.
    private static Estimate Corrected(Estimate estimate, CostQuestion question) =>
        MachineFactor.Learned(question.Calibration, question.Device.Kind, estimate.Model, question.Target, question.Phase, question.Work.SizeText()) is { } factor
            ? factor.Correct(estimate)
            : estimate;
}
