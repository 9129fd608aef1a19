using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>The answer of <c>orc opt --json</c>, written without reflection.</summary>
internal static class OptJson
{
    public static string Render(OptResult result)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("diagnostics");
            foreach (Diagnostic diagnostic in result.Diagnostics.Items)
            {
                Write(json, diagnostic);
            }

            json.WriteEndArray();
            if (result.Crash is { } crash)
            {
                json.WriteStartObject("crash");
                json.WriteString("pass", crash.Pass);
                json.WriteString("operation", crash.Operation);
                json.WriteString("place", crash.Span.ToString());
                json.WriteString("message", crash.Message);
                json.WriteEndObject();
            }

            if (result.Text is { } text)
            {
                json.WriteString("text", text);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Diagnostic diagnostic)
    {
        json.WriteStartObject();
        json.WriteString("code", diagnostic.Code);
        json.WriteString("severity", diagnostic.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            Severity.Remark => "remark",
            _ => "note",
        });
        WritePlace(json, diagnostic.Span);
        json.WriteString("message", diagnostic.Message);
        json.WriteString("remedy", diagnostic.Remedy);
        json.WriteStartArray("notes");
        foreach (DiagnosticNote note in diagnostic.Notes)
        {
            json.WriteStartObject();
            WritePlace(json, note.Span);
            json.WriteString("message", note.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter json, SourceSpan span)
    {
        (int line, int column) = span.Source?.Locate(span.Start) ?? (0, 0);
        json.WriteString("file", span.Source?.Path);
        json.WriteNumber("line", line);
        json.WriteNumber("column", column);
        json.WriteNumber("length", span.Length);
    }
}
