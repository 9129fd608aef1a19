using System.Collections.Immutable;
using System.Text.Json;

namespace Orchestrator.Plan;

/// <summary>What a <see cref="Step"/> does when it is executed.</summary>
public enum StepKind
{
    /// <summary>Gives an input of the workflow; attribute <c>name</c>.</summary>
    Input,

    /// <summary>Gives a literal; attribute <c>value</c> (JSON).</summary>
    Constant,

    /// <summary>Joins text; attribute <c>parts</c>, one more than operands.</summary>
    Template,

    /// <summary>Takes a field of a record; attribute <c>name</c>.</summary>
    Field,

    /// <summary>Builds a record; attribute <c>names</c>.</summary>
    Record,

    /// <summary>Builds a list.</summary>
    List,

    /// <summary>Computes; attribute <c>kind</c> (<c>eq ne lt le gt ge and or not add sub mul div neg index length join available</c>).</summary>
    Operator,

    /// <summary>Asks a model; service is the model; attributes <c>max_tokens</c>, <c>schema</c> (JSON schema of structured output), <c>temperature</c>.</summary>
    Call,

    /// <summary>Calls a tool; attribute <c>arg_names</c>.</summary>
    Tool,

    /// <summary>Searches an index; attribute <c>top</c>.</summary>
    Lookup,

    /// <summary>Embeds text.</summary>
    Embed,

    /// <summary>Speech to text.</summary>
    Transcribe,

    /// <summary>Text to speech.</summary>
    Speak,

    /// <summary>Reads a memory; operand: key.</summary>
    Recall,

    /// <summary>Writes a memory; operands: key, value.</summary>
    Remember,

    /// <summary>Asks a person; attributes <c>schema</c>, <c>timeout_us</c>; region 0, if any, gives the value when nobody answers.</summary>
    Human,

    /// <summary>Two regions; operand: condition.</summary>
    If,

    /// <summary>Attribute <c>patterns</c>; one region each and a last one for the rest; operand: subject.</summary>
    Match,

    /// <summary>One region with one argument per element of operand 0; attributes <c>in_order</c>, <c>at_most</c>.</summary>
    Map,

    /// <summary>
    /// Region 0 takes the state and yields (condition); region 1, nested in scope, yields the next state. Attribute <c>at_most</c>.
    /// The value is the state when the condition holds, else the last.
    /// </summary>
    Loop,

    /// <summary>The first region to finish gives the value; the others are cancelled.</summary>
    Race,

    /// <summary>Region 0 runs for every element of operand 0; the first <c>k</c> results are the value; attributes <c>k</c>, <c>n</c>, <c>deadline_us</c>.</summary>
    Gather,

    /// <summary>Region 0 runs <c>n</c> times, region 1 scores each candidate, the best (first on ties) is the value.</summary>
    Best,

    /// <summary>Region 0, and region 1 if it fails.</summary>
    Try,

    /// <summary>Runs region 0: a workflow called from a workflow, or a block with its own promise.</summary>
    Block,
}

/// <summary>
/// One executable step. A leaf step is served by one declaration and is placed through its tasks; a control step holds regions.
/// Operands and result are value ids, dense in the graph.
/// </summary>
/// <param name="Id">Position in <see cref="TaskGraph.Steps"/>.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Name">The author's name for its value, made unique in the graph.</param>
/// <param name="Region">The region it stands in.</param>
/// <param name="Operands">Value ids it reads.</param>
/// <param name="Result">Value id it defines.</param>
/// <param name="Regions">Ids of its regions, none for a leaf.</param>
/// <param name="Service">Symbol of the model, tool, index or memory it uses, or null.</param>
/// <param name="After">Steps of the same region that must finish first though no data flows: the written order of effects on the same service.</param>
/// <param name="Attributes">What its kind documents, as JSON. Call options: <c>within_us</c>, <c>retry</c>.</param>
/// <param name="Type">The type of its value in Flow's notation.</param>
/// <param name="Location"><c>file:line:col</c>, or empty.</param>
public sealed record Step(
    int Id,
    StepKind Kind,
    string Name,
    int Region,
    ImmutableArray<int> Operands,
    int Result,
    ImmutableArray<int> Regions,
    string? Service,
    ImmutableArray<int> After,
    ImmutableSortedDictionary<string, JsonElement> Attributes,
    string Type,
    string Location);

/// <summary>A sequence of steps with a value: the body of the workflow or of a control step.</summary>
/// <param name="Id">Position in <see cref="TaskGraph.Regions"/>.</param>
/// <param name="Parent">The control step that holds it, -1 for the root.</param>
/// <param name="Arguments">Value ids defined on entry (element, state, candidate).</param>
/// <param name="Steps">Ids of its steps in written order.</param>
/// <param name="Yield">Value ids that it gives.</param>
/// <param name="Probability">How often it runs when its parent does: branch probability 0..1; 1 where it always runs.</param>
/// <param name="ExpectedRuns">How many times it runs in one execution of its parent: rounds, items, candidates; at least 0.</param>
/// <param name="BoundRuns">The most times that it can run.</param>
/// <param name="ExpectationKnown">Whether the author gave (or runs taught) the expectation; when not, the bound stands in for it.</param>
public sealed record StepRegion(
    int Id,
    int Parent,
    ImmutableArray<int> Arguments,
    ImmutableArray<int> Steps,
    ImmutableArray<int> Yield,
    double Probability,
    double ExpectedRuns,
    double BoundRuns,
    bool ExpectationKnown);

/// <summary>A placeable piece of a leaf step.</summary>
/// <param name="Id">Position in <see cref="TaskGraph.Tasks"/>.</param>
/// <param name="Name"><c>draft.decode</c>; unique.</param>
/// <param name="Step">The step it is a piece of.</param>
/// <param name="Phase"><c>prefill</c>, <c>decode</c>, <c>lookup</c>, <c>compute</c> …</param>
/// <param name="Service">Symbol of what it serves: tasks of one service may share a pool.</param>
/// <param name="Work">Its workload.</param>
/// <param name="Executions">Expected executions in one run of the workflow (probabilities, rounds and fan-out multiplied).</param>
/// <param name="On">Tier that the author asked for (<c>cpu</c>, <c>gpu</c>, <c>npu</c>), or null.</param>
/// <param name="NeverLeaves">Region that its data may not leave, or null.</param>
public sealed record GraphTask(
    int Id, string Name, int Step, string Phase, string Service, Workload Work, double Executions, string? On, string? NeverLeaves)
{
    /// <summary>Symbol of what must be served at the same place, or null.</summary>
    public string? Near { get; init; }

    /// <summary>Symbol of what must be served at another place, so that both are not lost together; null for none.</summary>
    public string? Apart { get; init; }
}

/// <summary>Data from one task to another.</summary>
/// <param name="From">Producer task.</param>
/// <param name="To">Consumer task.</param>
/// <param name="Data">Bytes in one execution; null when unknown.</param>
/// <param name="Streams">Whether the consumer can start before the producer ends.</param>
public sealed record GraphEdge(int From, int To, Bytes? Data, bool Streams);

/// <summary>A model, tool, index, memory or type that steps use.</summary>
/// <param name="Symbol">Its name in the workflow.</param>
/// <param name="Kind"><c>model</c>, <c>tool</c>, <c>index</c>, <c>memory</c>.</param>
/// <param name="Flavour">For a tool <c>http mcp process wasm onnx kernel</c>, for an index <c>folder table</c>, else empty.</param>
/// <param name="Target">Model reference, URL, command, file or kernel name.</param>
/// <param name="Options">Everything else that was declared, as JSON.</param>
public sealed record Declaration(string Symbol, string Kind, string Flavour, string Target, ImmutableSortedDictionary<string, JsonElement> Options);

/// <summary>An input of the workflow.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type in Flow's notation.</param>
/// <param name="Default">The literal used when it is not given, or null when it must be.</param>
public sealed record GraphInput(string Name, string Type, JsonElement? Default);

/// <summary>One clause of a promise.</summary>
/// <param name="Kind"><c>latency</c>, <c>first_token</c>, <c>rate</c>, <c>budget</c>, <c>region</c>, <c>quality</c>.</param>
/// <param name="Percentile">50, 95 or 99 for latencies, else 0.</param>
/// <param name="Limit">Seconds, runs per second, dollars or quality; 0 for a region.</param>
/// <param name="Text">The region's name, else empty.</param>
/// <param name="Region">The region of the graph that the clause is about.</param>
/// <param name="Location"><c>file:line:col</c>, or empty.</param>
public sealed record PromiseClause(string Kind, int Percentile, double Limit, string Text, int Region, string Location);

/// <summary>The frozen program: executable steps in structured control, their placeable tasks, and data between tasks.</summary>
public sealed record TaskGraph
{
    /// <summary>The workflow's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its inputs in written order.</summary>
    public ImmutableArray<GraphInput> Inputs { get; init; } = [];

    /// <summary>The type of its value.</summary>
    public required string ResultType { get; init; }

    /// <summary>What it uses, by symbol.</summary>
    public ImmutableArray<Declaration> Declarations { get; init; } = [];

    /// <summary>All steps by id.</summary>
    public ImmutableArray<Step> Steps { get; init; } = [];

    /// <summary>All regions by id; 0 is the root.</summary>
    public ImmutableArray<StepRegion> Regions { get; init; } = [];

    /// <summary>All tasks by id.</summary>
    public ImmutableArray<GraphTask> Tasks { get; init; } = [];

    /// <summary>Data between tasks; within one region or from an outer region into an inner one.</summary>
    public ImmutableArray<GraphEdge> Edges { get; init; } = [];

    /// <summary>What was promised in the file.</summary>
    public ImmutableArray<PromiseClause> Promises { get; init; } = [];

    /// <summary>Number of value ids.</summary>
    public int ValueCount { get; init; }
}
