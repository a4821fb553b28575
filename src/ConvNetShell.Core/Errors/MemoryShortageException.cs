using System.Globalization;

namespace ConvNetShell.Core.Errors;

/// <summary>A computation needs more memory than is free. Nothing was begun.</summary>
/// <param name="work">What needs the memory, as the subject of a sentence.</param>
/// <param name="needed">The bytes it needs.</param>
/// <param name="free">The bytes that are free.</param>
/// <param name="fix">What to change.</param>
public sealed class MemoryShortageException(string work, double needed, long free, string fix)
    : ConvNetException(
        "Memory.Short",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{work} needs {needed / 1e9:N1} GB of memory. Received: {free / 1e9:N1} GB free. {fix}"
        )
    );
