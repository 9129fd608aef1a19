namespace Orchestrator.IR;

// An array that grows piece by piece, so that growing copies nothing and leaves nothing behind.
internal sealed class EntryTable<T> where T : struct
{
    private const int PieceBits = 10;
    private const int PieceSize = 1 << PieceBits;

    private T[]?[] _pieces = new T[]?[4];

    /// <summary>Indices below this may be there.</summary>
    public int Count => _pieces.Length << PieceBits;

    /// <summary>The entry at <paramref name="index"/>, for which room was made, or which is below <see cref="Count"/>.</summary>
    public ref T At(int index) => ref (_pieces[index >> PieceBits] ??= new T[PieceSize])[index & (PieceSize - 1)];

    /// <summary>Makes room for <paramref name="index"/>.</summary>
    public void Reserve(int index)
    {
        int piece = index >> PieceBits;
        if (piece >= _pieces.Length)
        {
            Array.Resize(ref _pieces, Math.Max(piece + 1, 2 * _pieces.Length));
        }
    }
}
