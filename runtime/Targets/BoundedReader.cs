using System.Text;

namespace Orchestrator.Targets;

/// <summary>Reads streams that may never end.</summary>
internal static class BoundedReader
{
    /// <summary>All bytes as UTF-8 text; null when there are more than <paramref name="limit"/>.</summary>
    public static async Task<string?> ReadAsync(Stream stream, int limit, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        byte[] buffer = new byte[16384];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > limit)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The last <paramref name="limit"/> bytes or so as text, into <paramref name="tail"/> as they come; reads to the end.</summary>
    public static async Task ReadTailAsync(Stream stream, StringBuilder tail, int limit, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            lock (tail)
            {
                tail.Append(Encoding.UTF8.GetString(buffer, 0, read));
                if (tail.Length > 2 * limit)
                {
                    tail.Remove(0, tail.Length - limit);
                }
            }
        }
    }
}
