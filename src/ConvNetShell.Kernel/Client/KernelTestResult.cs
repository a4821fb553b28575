namespace ConvNetShell.Kernel.Client;

/// <summary>How a kernel did when it was tried.</summary>
/// <param name="Name">The kernel's name.</param>
/// <param name="Succeeded">Whether it ran the cell.</param>
/// <param name="Ready">How long it took from its start to its first answer.</param>
/// <param name="FirstCell">How long it took from its start to the first cell's end.</param>
/// <param name="RoundTrip">How long a cell takes, there and back: the median of several.</param>
/// <param name="Message">The error, or the cell's result.</param>
/// <param name="Path">The kernel's folder.</param>
public sealed record KernelTestResult(
    string Name,
    bool Succeeded,
    TimeSpan Ready,
    TimeSpan FirstCell,
    TimeSpan RoundTrip,
    string Message,
    string Path
);
