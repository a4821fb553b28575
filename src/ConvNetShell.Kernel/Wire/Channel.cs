namespace ConvNetShell.Kernel.Wire;

/// <summary>The sockets that carry messages.</summary>
internal enum Channel
{
    /// <summary>Requests, in order.</summary>
    Shell,

    /// <summary>Requests that do not wait for the shell's.</summary>
    Control,

    /// <summary>Questions to the user, and their answers.</summary>
    Stdin,

    /// <summary>Messages to all front ends.</summary>
    Iopub,
}
