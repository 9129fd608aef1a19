using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>Runs the invoice sample's own steps with Node.</summary>
internal static class InvoiceScripts
{
    // All pages in one process: starting Node takes longer than reading an invoice.
    private const string ReadAll = """
        const [order, fields, check] = await Promise.all(process.argv.slice(2).map((file) => import(file)));
        let text = '';
        for await (const piece of process.stdin) { text += piece; }
        const results = JSON.parse(text).map(({ page, vendors }) => {
          const read = order.readingOrder({ page });
          return { text: read.text, ...check.validate({ page: read, fields: fields.extractFields({ page: read, vendors }) }) };
        });
        process.stdout.write(JSON.stringify(results));
        """;

    private static string Script(string name) => Repository.PathOf("samples", "invoice-intake", name);

    /// <summary>Order, extract and validate for each page of lines: { text, ok, fields, summary }.</summary>
    public static JsonArray Read(IEnumerable<JsonObject> pages, JsonArray? vendors = null)
    {
        var arguments = new JsonArray([.. pages.Select(p => new JsonObject { ["page"] = p.DeepClone(), ["vendors"] = vendors?.DeepClone() ?? new JsonArray() })]);
        string output = Node(arguments.ToJsonString(), out int code, out string error,
            "--input-type=module", "-e", ReadAll, ".", Script("reading-order.mjs"), Script("fields.mjs"), Script("validate.mjs"));
        Assert.True(code == 0, error);
        return JsonNode.Parse(output)!.AsArray(); // a step that ends well prints JSON
    }

    /// <summary>Runs one step as the workflow does: arguments on stdin, the value on stdout.</summary>
    public static string Step(string name, string input, out int code, out string error) => Node(input, out code, out error, Script(name));

    private static string Node(string input, out int code, out string error, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo("node") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
        }

        Assert.SkipWhen(process is null, "node is not on PATH");
        using (process)
        {
            Task<string> errors = process!.StandardError.ReadToEndAsync(); // skipped when null
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            process.StandardInput.Write(input);
            process.StandardInput.Close();
            process.WaitForExit();
            (code, error) = (process.ExitCode, errors.GetAwaiter().GetResult());
            return output.GetAwaiter().GetResult();
        }
    }
}
