using Xunit;

namespace Orchestrator.Tests;

/// <summary>Compares text with a file that is kept; <c>ORC_BLESS=1</c> writes the file instead, for a person to read the difference before committing.</summary>
internal static class Golden
{
    /// <summary>Fails when <paramref name="actual"/> differs from the file at <paramref name="path"/>, line ends aside.</summary>
    public static void Check(string path, string actual)
    {
        actual = actual.ReplaceLineEndings("\n");
        if (Environment.GetEnvironmentVariable("ORC_BLESS") == "1")
        {
            File.WriteAllText(path, actual);
        }

        Assert.True(File.Exists(path), $"{path} is missing; ORC_BLESS=1 writes it");
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }
}
