using System.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>Builds the plugin of tutorial 6 in a folder of its own, far from the repository and its settings.</summary>
public sealed class TeaPlugin : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orc-tea-").FullName;

    /// <summary>Where the plugin's .dll is, ending in a slash.</summary>
    public string Folder => Path.Combine(_folder, "out") + "/";

    public async ValueTask InitializeAsync()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("samples", "tutorials", "6-plugin")).Where(f => Path.GetExtension(f) is ".cs" or ".csproj"))
        {
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
        }

        string generator = Directory.EnumerateFiles(Repository.PathOf("compiler", "IR.Generator", "bin"), "Orchestrator.IR.Generator.dll", SearchOption.AllDirectories)
            .OrderByDescending(File.GetLastWriteTimeUtc).First();
        string root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "/", "..", "..", ".."));
        var start = new ProcessStartInfo(Path.Combine(root, "dotnet"),
        [
            "build", "-v", "q", "--nologo", "-nodeReuse:false", "-p:UseSharedCompilation=false", "-o", Folder, $"-p:Orc={AppContext.BaseDirectory}",
            $"-p:Generator={Path.GetDirectoryName(generator)}/",
        ])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_ROOT"] = root;
        using Process build = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        string output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.True(build.ExitCode == 0, output);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
