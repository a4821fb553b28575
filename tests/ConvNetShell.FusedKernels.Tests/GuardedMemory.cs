using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace ConvNetShell.FusedKernels.Tests;

/// <summary>
/// Memory between two pages that nobody may touch: an access before the first byte or after the last one ends the process.
/// </summary>
/// <param name="isAtEnd">Whether the last byte touches the page behind; otherwise the first one touches the page before. The other side has
/// up to a page of slack.</param>
internal sealed unsafe partial class GuardedMemory(bool isAtEnd) : INativeMemory, IDisposable
{
    private const int NoAccess = 0,
        ReadWrite = 3,
        PrivateAnonymous = 0x22,
        Alignment = 64;
    private readonly ConcurrentDictionary<nint, (nint Start, nint Length)> maps = []; // kernels of several threads, and finalizers

    /// <summary>Gets how many allocations nobody freed.</summary>
    public int Count => maps.Count;

    public nint Allocate(nuint bytes) => Allocate((nint)bytes, Alignment);

    public void Free(nint address)
    {
        Assert.True(maps.TryRemove(address, out (nint Start, nint Length) map));
        Assert.Equal(0, Unmap(map.Start, map.Length));
    }

    /// <summary>Returns guarded numbers; those of a caller need no alignment, so both of the limits are exact to a number.</summary>
    public Span<T> Numbers<T>(int count)
        where T : unmanaged => new((void*)Allocate(count * sizeof(T), sizeof(T)), count);

    public Span<T> Copy<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        Span<T> copy = Numbers<T>(numbers.Length);
        numbers.CopyTo(copy);
        return copy;
    }

    /// <summary>
    /// Returns whether the process may read an address; asks the system, which reports a fault instead of ending the process.
    /// </summary>
    public static bool CanRead(nint address) => TryRead(address, new byte[1]);

    /// <summary>
    /// Returns whether these bytes are at an address. After a free, the system may map other memory there at once, so being readable proves
    /// nothing.
    /// </summary>
    public static bool Holds(nint address, ReadOnlySpan<byte> bytes)
    {
        byte[] found = new byte[bytes.Length];
        return TryRead(address, found) && bytes.SequenceEqual(found);
    }

    public void Dispose()
    {
        foreach (nint address in maps.Keys.ToArray())
        {
            Free(address);
        }
    }

    private nint Allocate(nint bytes, int alignment)
    {
        nint page = Environment.SystemPageSize,
            whole = (bytes + page - 1) / page * page,
            length = whole + 2 * page;
        nint start = Map(0, length, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, start);
        Assert.Equal(0, Protect(start, page, NoAccess));
        Assert.Equal(0, Protect(start + page + whole, page, NoAccess));
        nint address = start + page + (isAtEnd ? (whole - bytes) / alignment * alignment : 0);
        Assert.True(maps.TryAdd(address, (start, length)));
        return address;
    }

    private static bool TryRead(nint address, byte[] bytes)
    {
        int* ends = stackalloc int[2];
        Assert.Equal(0, Pipe(ends));
        bool isRead = Write(ends[1], address, bytes.Length) == bytes.Length;
        fixed (byte* first = bytes)
        {
            isRead = isRead && Read(ends[0], (nint)first, bytes.Length) == bytes.Length;
        }
        _ = Close(ends[0]);
        _ = Close(ends[1]);
        return isRead;
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "pipe")]
    private static partial int Pipe(int* ends);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, nint address, nint count);

    [LibraryImport("libc", EntryPoint = "read")]
    private static partial nint Read(int file, nint address, nint count);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
