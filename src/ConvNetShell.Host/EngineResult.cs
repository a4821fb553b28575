using System.Management.Automation;

namespace ConvNetShell.Host;

/// <summary>What a script wrote to each stream.</summary>
/// <param name="Output">The objects it wrote, unformatted.</param>
/// <param name="Errors">Its errors; a terminating one is the last.</param>
/// <param name="Warnings">The texts of its warnings.</param>
/// <param name="Information">What it wrote with Write-Information and Write-Host.</param>
/// <param name="Terminated">True when a terminating error ended it.</param>
public sealed record EngineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<InformationRecord> Information,
    bool Terminated);
