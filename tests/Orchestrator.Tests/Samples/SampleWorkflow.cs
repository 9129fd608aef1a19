using Orchestrator.Compiler;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>Samples and their fleets as tests compile them: nothing learned, no command line.</summary>
internal static class SampleWorkflow
{
    /// <summary>Names of the samples that are workflows.</summary>
    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Repository.PathOf("samples"))
        .Where(d => File.Exists(Path.Combine(d, "workflow.flow"))).Select(d => Path.GetFileName(d)!).Order(StringComparer.Ordinal); // a listed folder has a name

    /// <summary>Names of the fleets in <c>samples/fleets</c>.</summary>
    public static IEnumerable<string> Fleets => Directory.EnumerateFiles(Repository.PathOf("samples", "fleets"), "*.yaml")
        .Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    /// <summary>The text of a sample's workflow.</summary>
    public static SourceText Text(string sample) =>
        new($"samples/{sample}/workflow.flow", File.ReadAllText(Repository.PathOf("samples", sample, "workflow.flow")));

    /// <summary>A fleet of <c>samples/fleets</c>, which must be free of mistakes.</summary>
    public static Fleet Fleet(string name)
    {
        string path = Repository.PathOf("samples", "fleets", name + ".yaml");
        var bag = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText(path, File.ReadAllText(path)), Catalogue.Default, bag);
        Assert.Empty(bag.Items.Select(d => d.Message));
        return fleet!; // read without mistakes
    }

    /// <summary>Plans a sample, which must be free of mistakes, on a fleet.</summary>
    public static CompileResult Plan(string sample, string fleet)
    {
        CompileResult result = Compile.Run(new CompileRequest { Source = Text(sample), Fleet = Fleet(fleet) }, TestContext.Current.CancellationToken);
        Assert.Empty(result.Diagnostics.Select(d => d.Message));
        return result;
    }
}
