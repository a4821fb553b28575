namespace ConvNetShell.Kernel.Spec;

/// <summary>For whom a kernel is installed.</summary>
public enum KernelScope
{
    /// <summary>The present user.</summary>
    User,

    /// <summary>Everybody on the machine.</summary>
    System,

    /// <summary>A Python environment: a folder with share/jupyter.</summary>
    Prefix,
}
