using System.Management.Automation;

namespace ConvNetShell.Testing;

/// <summary>What a script wrote.</summary>
/// <param name="Output">Its objects.</param>
/// <param name="Errors">Its errors in order; one that ended the script is the last.</param>
/// <param name="Warnings">Its warnings.</param>
/// <param name="Information">Its information records.</param>
/// <param name="Terminated">Whether an error ended it.</param>
public sealed record EngineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<InformationRecord> Information,
    bool Terminated
);
