namespace ConvNetShell.FusedKernels.Jit;

/// <summary>Describes a function to compile. Equal descriptions give the same machine code, so implementations are records.</summary>
internal interface IJitCode
{
    /// <summary>Returns the machine code.</summary>
    byte[] Assemble();
}
