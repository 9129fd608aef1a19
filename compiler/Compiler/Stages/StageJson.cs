using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Orchestrator.Compiler.Stages;

/// <summary>JSON without reflection for what stages write themselves.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class StageJson : JsonSerializerContext;
