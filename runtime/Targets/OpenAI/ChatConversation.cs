using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.OpenAI;

/// <summary>One call of a model: the prompt, the streamed reply, and for structured output a second try.</summary>
internal static class ChatConversation
{
    private const int ReplyLimit = 16 << 20;

    public static async Task<StepResult> AskAsync(IChatClient chat, StepRequest request, CancellationToken cancellationToken)
    {
        var messages = new List<ChatMessage> { new(ChatRole.User, Contents(request)) };
        ChatOptions options = Options(request.Step, out bool structured);
        Reply first = await ReadAsync(chat, messages, options, request, structured ? null : request.OnPiece, cancellationToken).ConfigureAwait(false);
        if (!structured)
        {
            return first.ToResult(new TextDatum(first.Text));
        }

        if (Parse(first.Text, request.Step, out string problem) is { } value)
        {
            return first.ToResult(value);
        }

        messages.Add(new ChatMessage(ChatRole.Assistant, first.Text));
        messages.Add(new ChatMessage(ChatRole.User, $"That does not fit: {problem}. Answer again with nothing but JSON that fits this schema: {request.Step.Attributes["schema"].GetRawText()}"));
        Reply second = first + await ReadAsync(chat, messages, options, request, null, cancellationToken).ConfigureAwait(false);
        return Parse(second.Text, request.Step, out problem) is { } repaired
            ? second.ToResult(repaired)
            : throw Faults.At("ORC5406", request.Step, $"the model's answer does not fit {request.Step.Type}, asked twice: {problem}", "ask for fewer fields, say in the prompt what each holds, or use a stronger model", transient: true);
    }

    private static List<AIContent> Contents(StepRequest request) => [.. request.Operands.Select(operand => operand switch
    {
        BytesDatum bytes => new DataContent(bytes.Value, bytes.MediaType),
        _ => (AIContent)new TextContent(operand.ToText()),
    })];

    private static ChatOptions Options(Step step, out bool structured)
    {
        var options = new ChatOptions();
        if (step.Attributes.TryGetValue("max_tokens", out JsonElement most) && most.TryGetInt32(out int tokens))
        {
            options.MaxOutputTokens = tokens;
        }

        if (step.Attributes.TryGetValue("temperature", out JsonElement heat) && heat.ValueKind == JsonValueKind.Number)
        {
            options.Temperature = (float)heat.GetDouble();
        }

        structured = step.Attributes.TryGetValue("schema", out JsonElement schema) && schema.ValueKind == JsonValueKind.Object;
        if (structured)
        {
            options.ResponseFormat = ChatResponseFormat.ForJsonSchema(schema, "answer");
        }

        return options;
    }

    private static async Task<Reply> ReadAsync(
        IChatClient chat, List<ChatMessage> messages, ChatOptions options, StepRequest request, Action<string>? onPiece, CancellationToken cancellationToken)
    {
        TimeProvider clock = request.Environment.Clock;
        long start = clock.GetTimestamp();
        TimeSpan? first = null;
        var text = new StringBuilder();
        long read = 0, written = 0;
        await foreach (ChatResponseUpdate update in chat.GetStreamingResponseAsync(messages, options, cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (update.Text is { Length: > 0 } piece)
            {
                first ??= clock.GetElapsedTime(start);
                text.Append(piece);
                onPiece?.Invoke(piece);
                if (text.Length > ReplyLimit)
                {
                    throw Faults.At("ORC5407", request.Step, "the model does not stop", "give the call a bound: max: 500 tokens");
                }
            }

            foreach (UsageContent usage in update.Contents.OfType<UsageContent>())
            {
                read += usage.Details.InputTokenCount ?? 0;
                written += usage.Details.OutputTokenCount ?? 0;
            }
        }

        TimeSpan all = clock.GetElapsedTime(start);
        return new Reply(text.ToString(), first ?? all, all - (first ?? all), read, written);
    }

    // Models like to wrap JSON in a code fence or in a sentence; the outermost object or array is taken.
    private static Datum? Parse(string text, Step step, out string problem)
    {
        string json = text.Trim();
        int start = json.IndexOfAny(['{', '[']);
        int end = json.LastIndexOfAny(['}', ']']);
        if (start >= 0 && end > start)
        {
            json = json[start..(end + 1)];
        }

        try
        {
            return DatumType.Parse(step.Type).Fit(Datum.FromJson(JsonNode.Parse(json)), out problem);
        }
        catch (JsonException e)
        {
            problem = "it is not JSON (" + e.Message + ")";
            return null;
        }
    }

    private sealed record Reply(string Text, TimeSpan Prefill, TimeSpan Decode, long Read, long Written)
    {
        public static Reply operator +(Reply a, Reply b) => new(b.Text, a.Prefill + b.Prefill, a.Decode + b.Decode, a.Read + b.Read, a.Written + b.Written);

        public StepResult ToResult(Datum value) => new(value)
        {
            Phases = [new PhaseTime("prefill", Prefill), new PhaseTime("decode", Decode)],
            Tokens = Read + Written > 0 ? (Read, Written) : null,
        };
    }
}
