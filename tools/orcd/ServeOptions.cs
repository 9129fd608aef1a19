using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.Daemon;

/// <summary>What the daemon was started with.</summary>
/// <param name="Directories">Plan directories, at least one.</param>
/// <param name="Host">Address to listen on.</param>
/// <param name="Port">Port to listen on, 1 to 65535.</param>
/// <param name="Runs">Runs at the same time, at least 1; more are told to come back later.</param>
internal sealed record ServeOptions(ImmutableArray<string> Directories, string Host, int Port, int Runs)
{
    /// <summary>Largest body of a request in bytes.</summary>
    public const int BodyLimit = 64 << 20;

    /// <summary>How long runs may go on after the daemon was told to stop.</summary>
    public static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(10);

    public static ServeOptions? Read(string[] args, out string mistake)
    {
        mistake = "";
        if (args is [] or ["--help"] or ["-h"])
        {
            return null;
        }

        if (args[0] != "serve")
        {
            mistake = $"there is no command '{args[0]}'";
            return null;
        }

        var options = new ServeOptions([], "127.0.0.1", 8417, 16);
        for (int i = 1; i < args.Length && mistake.Length == 0; i++)
        {
            options = args[i].StartsWith("--", StringComparison.Ordinal) ? options.With(args[i], i + 1 < args.Length ? args[++i] : "", out mistake) : options with { Directories = options.Directories.Add(args[i]) };
        }

        mistake = mistake.Length == 0 && options.Directories.IsEmpty ? "no plan directory is given" : mistake;
        return mistake.Length == 0 ? options : null;
    }

    private ServeOptions With(string option, string value, out string mistake)
    {
        mistake = "";
        bool isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        switch (option)
        {
            case "--host" when value.Length > 0:
                return this with { Host = value };
            case "--port" when isNumber && number is > 0 and < 65536:
                return this with { Port = number };
            case "--runs" when isNumber && number is > 0 and <= 10_000:
                return this with { Runs = number };
            default:
                mistake = option is "--host" or "--port" or "--runs" ? $"'{value}' is no value for {option}" : $"there is no option '{option}'";
                return this;
        }
    }
}
