using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Where weights go that are read, and what may be missing.</summary>
public sealed record ImportSettings
{
    /// <summary>Gets the network that takes the weights over; <see langword="null"/> makes one of what the file says.</summary>
    public Network? Into { get; init; }

    /// <summary>Gets a value indicating whether weights that do not fit are left out instead of being an error.</summary>
    public bool AllowPartial { get; init; }

    /// <summary>Gets what receives warnings.</summary>
    public Action<string> Warn { get; init; } = _ => { };
}
