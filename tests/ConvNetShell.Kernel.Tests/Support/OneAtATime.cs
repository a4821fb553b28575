namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>The tests that share this process's kernel, its sessions or what PowerShell keeps once a process.</summary>
internal static class OneAtATime
{
    /// <summary>The collection's name.</summary>
    public const string Name = "One at a time";
}
