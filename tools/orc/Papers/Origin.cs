namespace Orchestrator.Cli.Papers;

/// <summary>How sure it is that a paper says what a claim says of it.</summary>
public enum Origin
{
    /// <summary>Read in the paper's own text or its authors' repository.</summary>
    Text,

    /// <summary>Read in somebody else's summary of the paper.</summary>
    Summary,

    /// <summary>Read in the paper's abstract only.</summary>
    Abstract,

    /// <summary>Read in the card of the model that the paper builds on.</summary>
    ModelCard,

    /// <summary>Follows by arithmetic from figures that were read.</summary>
    Derived,

    /// <summary>Remembered and not confirmed: never a figure to be judged by.</summary>
    Recalled,
}

/// <summary>How an <see cref="Origin"/> is printed.</summary>
internal static class OriginText
{
    public static string Of(Origin origin) => origin switch
    {
        Origin.Text => "paper's text",
        Origin.Summary => "a summary of the paper",
        Origin.Abstract => "abstract",
        Origin.ModelCard => "model card",
        Origin.Derived => "follows from the paper's figures",
        _ => "recalled, not read",
    };
}
