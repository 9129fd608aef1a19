namespace Orchestrator.Frontend.Checking;

/// <summary>The functions of the language: what kind of declaration comes first, then the values.</summary>
internal sealed record Builtin(string Name, string? Declares, int Values, string Form)
{
    public static readonly IReadOnlyDictionary<string, Builtin> All = new Builtin[]
    {
        new("lookup", "index", 1, "lookup(index, query, top: 8)"),
        new("embed", "model", 1, "embed(model, text)"),
        new("transcribe", "model", 1, "transcribe(model, audio)"),
        new("speak", "model", 1, "speak(model, text)"),
        new("recall", "memory", 1, "recall(memory, key)"),
        new("remember", "memory", 2, "remember(memory, key, value)"),
        new("available", "model, tool or index", 0, "available(model)"),
        new("join", null, 2, "join(texts, \", \")"),
        new("contains", null, 2, "contains(text, part)"),
        new("exists", null, 1, "exists(value)"),
    }.ToDictionary(b => b.Name, StringComparer.Ordinal);

    /// <summary>Whether the built-in function asks something outside, so that words such as <c>within</c> may follow.</summary>
    public bool IsCall => Name is "lookup" or "embed" or "transcribe" or "speak";
}
