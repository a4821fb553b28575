using System.Runtime.InteropServices;

namespace ConvNetShell.FusedKernels;

/// <summary>
/// Numbers outside the managed heap, aligned to a vector register and zero at first. <see cref="Slack"/> bytes follow the last number,
/// because kernels read a pixel and a
/// vector past it and write a vector past it.
/// </summary>
/// <typeparam name="T">The number type.</typeparam>
internal sealed unsafe class NativeBuffer<T> : SafeHandle
    where T : unmanaged
{
    /// <summary>The bytes behind the last number: a pixel with the most channels, and a vector.</summary>
    public const int Slack = 256;

    private readonly INativeMemory memory;

    /// <param name="count">How many numbers.</param>
    /// <param name="memory">Allocates and frees the bytes.</param>
    public NativeBuffer(int count, INativeMemory memory)
        : base(0, ownsHandle: true)
    {
        (Count, this.memory) = (count, memory);
        nuint bytes = (nuint)count * (nuint)sizeof(T) + Slack;
        SetHandle(memory.Allocate(bytes));
        NativeMemory.Clear((void*)handle, bytes);
    }

    /// <summary>Gets the count of numbers, without the slack.</summary>
    public int Count { get; }

    /// <summary>Gets the address of the first number.</summary>
    public T* Start => (T*)handle;

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Returns some of the numbers.</summary>
    /// <param name="first">The index of the first.</param>
    /// <param name="count">How many.</param>
    public Span<T> Slice(int first, int count) => new(Start + first, count);

    /// <inheritdoc />
    protected override bool ReleaseHandle()
    {
        memory.Free(handle);
        return true;
    }
}
