using System.Collections.Immutable;

namespace Orchestrator.Targets.Vector;

/// <summary>What an index finds: a stretch of a document or a row of a table.</summary>
/// <param name="Id">For citations: <c>returns.md:12-31</c> (lines from 1), or <c>vendors.csv:4</c> (the line on which the row starts).</param>
/// <param name="Text">The lines as they stand in the file, or the row's searched cells joined by a space.</param>
/// <param name="Context">Headings above it, outermost first, joined by a line end; counts for the search but is not part of the text.</param>
/// <param name="Row">The cells of a row by column, empty for a document.</param>
public sealed record Passage(string Id, string Text, string Context, ImmutableArray<KeyValuePair<string, string>> Row);
