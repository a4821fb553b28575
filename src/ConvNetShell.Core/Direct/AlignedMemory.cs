using System.Runtime.InteropServices;

namespace ConvNetShell.Core.Direct;

/// <summary>Numbers outside the managed heap, where a vector register's worth begins; all zero at first. A pixel and a vector may reach past the last of them.</summary>
/// <typeparam name="T">The kind of number.</typeparam>
internal sealed unsafe class AlignedMemory<T> : SafeHandle
    where T : unmanaged
{
    private const int Alignment = 64; // bytes: a vector register
    private const int Behind = 256; // bytes: a pixel of the most channels there are, and a vector

    /// <param name="count">How many numbers.</param>
    public AlignedMemory(int count)
        : base(0, ownsHandle: true)
    {
        Count = count;
        nuint bytes = (nuint)count * (nuint)sizeof(T) + Behind;
        SetHandle((nint)NativeMemory.AlignedAlloc(bytes, Alignment));
        NativeMemory.Clear((void*)handle, bytes);
    }

    /// <summary>Gets how many numbers there are.</summary>
    public int Count { get; }

    /// <summary>Gets the address of the first.</summary>
    public T* Start => (T*)handle;

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Returns some of the numbers.</summary>
    /// <param name="first">The first, from 0.</param>
    /// <param name="count">How many.</param>
    public Span<T> Slice(int first, int count) => new(Start + first, count);

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        NativeMemory.AlignedFree((void*)handle);
        return true;
    }
}
