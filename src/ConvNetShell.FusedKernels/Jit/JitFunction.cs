using System.Runtime.InteropServices;

namespace ConvNetShell.FusedKernels.Jit;

/// <summary>
/// Machine code in executable memory. The memory is unmapped when the cache has disposed it and the last renter has returned it.
/// </summary>
internal sealed unsafe partial class JitFunction : SafeHandle, ICompiledFunction
{
    private const int ReadWrite = 3,
        ReadExecute = 5,
        PrivateAnonymous = 0x22; // PROT_READ | PROT_WRITE, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS
    private readonly int length;

    private JitFunction(nint memory, int length)
        : base(0, ownsHandle: true)
    {
        this.length = length;
        SetHandle(memory);
    }

    /// <summary>Gets the address of the first instruction.</summary>
    public nint Address => handle;

    /// <inheritdoc />
    public override bool IsInvalid => handle == 0;

    /// <summary>Copies machine code into executable memory.</summary>
    /// <param name="code">The instructions; rdi has the address of the arguments when they are called.</param>
    /// <returns>The function, or <see langword="null"/> if the system gives no memory or forbids executing generated code.</returns>
    public static JitFunction? TryCreate(ReadOnlySpan<byte> code)
    {
        nint memory = Map(0, code.Length, ReadWrite, PrivateAnonymous, -1, 0);
        if (memory == -1)
        {
            return null;
        }
        code.CopyTo(new Span<byte>((void*)memory, code.Length));
        if (Protect(memory, code.Length, ReadExecute) == 0)
        {
            return new JitFunction(memory, code.Length);
        }
        _ = Unmap(memory, code.Length);
        return null;
    }

    /// <inheritdoc />
    public void Run(nint* arguments) => ((delegate* unmanaged<nint*, void>)handle)(arguments);

    /// <inheritdoc />
    public void Return() => DangerousRelease();

    /// <inheritdoc />
    protected override bool ReleaseHandle() => Unmap(handle, length) == 0;

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);
}
