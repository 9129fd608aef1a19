using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>A workflow whose model is described by a file beside it.</summary>
public sealed class ModelFileCommandTests
{
    [Fact]
    public async Task AModelsFileBesideTheWorkflowIsPlanned()
    {
        string folder = Workflow("""{"model_type":"llama","hidden_size":4096,"intermediate_size":14336,"num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"vocab_size":128256,"tie_word_embeddings":false}""");
        Outcome outcome = await Orc.RunAsync("plan", Path.Combine(folder, "workflow.flow"), "--fleet", "samples/support-chat/cloud.yaml");
        Assert.Equal((0, ""), (outcome.Code, outcome.Code == 0 ? "" : outcome.Error + outcome.Output));
        Assert.Contains("writer.decode", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMistakeInItIsShown()
    {
        Outcome outcome = await Orc.RunAsync("plan", Path.Combine(Workflow("""{ "model_type": "lama" }"""), "workflow.flow"), "--fleet", "samples/support-chat/cloud.yaml");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("mine.json:1:17: error: the architecture 'lama' is not known [ORC3041]", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("did you mean 'llama'?", outcome.Error, StringComparison.Ordinal);
    }

    private static string Workflow(string model)
    {
        string folder = Directory.CreateTempSubdirectory("orc").FullName;
        string sample = File.ReadAllText(Repository.PathOf("samples", "support-chat", "workflow.flow"));
        File.WriteAllText(Path.Combine(folder, "workflow.flow"), sample.Replace("meta-llama/Llama-3.1-8B-Instruct", "mine.json", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(folder, "mine.json"), model);
        Directory.CreateDirectory(Path.Combine(folder, "docs"));
        File.WriteAllText(Path.Combine(folder, "docs", "page.md"), "A page.\n");
        return folder;
    }
}
