namespace ConvNetShell.Pester.Tests;

/// <summary>How the suite is run: by which Pester and in what kind of process.</summary>
internal sealed record Condition
{
    /// <summary>Pester's version.</summary>
    public required string Pester { get; init; }

    /// <summary>The culture of the process, as de-DE; the machine's own by default.</summary>
    public string? Culture { get; init; }

    /// <summary>Whether tests run under Set-StrictMode -Version Latest.</summary>
    public bool Strict { get; init; }

    /// <summary>Assemblies and native libraries that the process loads before the module.</summary>
    public IReadOnlyList<string> Assemblies { get; init; } = [];

    /// <summary>Whether tests of some seconds, which have the tag Slow, are left out.</summary>
    public bool OnlyQuick { get; init; }

    /// <summary>The folder with ConvNetShell.psd1, module and tests/Pester.</summary>
    public string Root { get; init; } = Settings.Root;
}
