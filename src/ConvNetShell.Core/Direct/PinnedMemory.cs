using System.Runtime.CompilerServices;

namespace ConvNetShell.Core.Direct;

/// <summary>Numbers at an address that stays, where a vector register's worth begins; all zero at first. A pixel and a vector may reach past the last of them.</summary>
/// <typeparam name="T">The kind of number.</typeparam>
internal sealed unsafe class PinnedMemory<T>
    where T : unmanaged
{
    private const int Alignment = 64; // bytes: a vector register
    private const int Behind = 256; // bytes: a pixel of the most channels there are, and a vector
    private readonly T[] room;

    /// <param name="count">How many numbers.</param>
    public PinnedMemory(int count)
    {
        Count = count;
        room = GC.AllocateArray<T>(count + (Alignment + Behind) / sizeof(T), pinned: true);
        nint start = (nint)Unsafe.AsPointer(ref room[0]);
        Start = (T*)((start + Alignment - 1) & -Alignment);
    }

    /// <summary>Gets how many numbers there are.</summary>
    public int Count { get; }

    /// <summary>Gets the address of the first.</summary>
    public T* Start { get; }

    /// <summary>Returns some of the numbers.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="count">How many.</param>
    public Span<T> Slice(int first, int count) => new(Start + first, count);
}
