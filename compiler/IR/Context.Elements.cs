using System.Runtime.InteropServices;

namespace Orchestrator.IR;

// The way to get elements attributes.
public sealed partial class Context
{
    /// <summary>
    /// <c>dense&lt;…&gt;</c> with the bytes that <see cref="DenseElementsAttr"/> describes, of all elements or, when <paramref name="isSplat"/>,
    /// of the one that stands for all. Equal elements are found and kept once.
    /// </summary>
    public DenseElementsAttr Elements(ShapedType type, byte[] data, bool isSplat = false)
    {
        if (type.Element is IntegerType { Width: 1 })
        {
            long count = isSplat ? 1 : type.ElementCount;
            if (count > 0 && BitsAreEqual(data, count))
            {
                (data, isSplat) = ([(byte)((data[0] & 1) == 0 ? 0 : 255)], true);
            }
        }
        else if (!isSplat && type.ElementCount > 0)
        {
            int size = (int)(DenseElementsAttr.ElementBits(type.Element) / 8);
            isSplat = size > 0 && ElementsAreEqual(data, size);
            data = isSplat ? data[..size] : data;
        }

        return Intern(new DenseElementsAttr(this, type, ImmutableCollectionsMarshal.AsImmutableArray(data), isSplat));
    }

    // Each byte but the first equals the one a whole element before.
    private static bool ElementsAreEqual(byte[] data, int size) => data.AsSpan(size).SequenceEqual(data.AsSpan(0, data.Length - size));

    private static bool BitsAreEqual(byte[] data, long count)
    {
        byte all = (byte)((data[0] & 1) == 0 ? 0 : 255);
        int whole = (int)Math.Min(count / 8, data.Length);
        int rest = (int)(count % 8);
        bool equal = !data.AsSpan(0, whole).ContainsAnyExcept(all);
        int mask = (1 << rest) - 1;
        return equal && (rest == 0 || whole >= data.Length || (data[whole] & mask) == (all & mask));
    }
}
