namespace Orchestrator.CostModels.Training;

/// <summary>
/// A model of many languages cut down to the tokens of one: rows of the embeddings go, everything else stays as it is (idT5, arXiv 2302.00856).
/// </summary>
public static class VocabularyPruning
{
    /// <summary>The card of a model that keeps so many tokens; its total follows from its shapes.</summary>
    /// <param name="model">A card with an architecture.</param>
    /// <param name="kept">Tokens kept, 1 to the model's vocabulary.</param>
    /// <exception cref="ArgumentOutOfRangeException">More tokens than the model knows, or none.</exception>
    public static ModelCard Keep(ModelCard model, double kept)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (!(kept >= 1 && kept <= model.Vocabulary))
        {
            throw new ArgumentOutOfRangeException(nameof(kept), kept, $"{model.Name} knows {model.Vocabulary} tokens: keep 1 to as many");
        }

        return model with { Vocabulary = kept, PublishedParameters = null };
    }

    /// <summary>Weights that go: <c>matrices * width * (vocabulary - kept)</c>, with one matrix where input and output share it, otherwise two.</summary>
    public static double Saved(ModelCard model, double kept)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (model.Tied ? 1 : 2) * (model.Width ?? 0) * ((model.Vocabulary ?? 0) - kept);
    }
}
