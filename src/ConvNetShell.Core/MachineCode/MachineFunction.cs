using System.Runtime.InteropServices;

namespace ConvNetShell.Core.MachineCode;

/// <summary>Instructions in memory the processor may run. They stay until the process ends: there are few, and each is used by all trainings.</summary>
internal sealed unsafe partial class MachineFunction
{
    private const int ReadWrite = 3, ReadExecute = 5, PrivateAnonymous = 0x22; // PROT_READ | PROT_WRITE, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS
    private readonly delegate* unmanaged<nint*, void> entry;

    private MachineFunction(nint memory) => entry = (delegate* unmanaged<nint*, void>)memory;

    /// <summary>Makes a function.</summary>
    /// <param name="code">The instructions; where they are called the address of the arguments is in rdi.</param>
    /// <returns>The function, or <see langword="null"/> where the system gives no memory for it, or lets nothing run that was made here.</returns>
    public static MachineFunction? TryMake(ReadOnlySpan<byte> code)
    {
        nint memory = Map(0, code.Length, ReadWrite, PrivateAnonymous, -1, 0);
        if (memory == -1)
        {
            return null;
        }
        code.CopyTo(new Span<byte>((void*)memory, code.Length));
        if (Protect(memory, code.Length, ReadExecute) == 0)
        {
            return new MachineFunction(memory);
        }
        _ = Unmap(memory, code.Length);
        return null;
    }

    /// <summary>Runs the instructions.</summary>
    /// <param name="arguments">What they work on; addresses and numbers.</param>
    public void Run(nint* arguments) => entry(arguments);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);
}
