using System.Management.Automation;

namespace ConvNetShell.Kernel.Breakpoints;

/// <summary>How cells run: one that can be stopped as a block that has the name of a file, in the scope of all cells.</summary>
internal static class DebuggedCell
{
    /// <summary>Corrects the history, which is to have the cell and not what ran it: parameters script and code.</summary>
    public const string HistoryScript = """
        param($script, $code)
        $entry = Microsoft.PowerShell.Core\Get-History | Microsoft.PowerShell.Core\Where-Object CommandLine -EQ $script
        if (-not $entry) { return }
        Microsoft.PowerShell.Core\Clear-History -Id $entry.Id
        [pscustomobject]@{
            CommandLine = $code
            ExecutionStatus = $entry.ExecutionStatus
            StartExecutionTime = $entry.StartExecutionTime
            EndExecutionTime = $entry.EndExecutionTime
        } | Microsoft.PowerShell.Core\Add-History
        """;

    private const string Run = ". $args[0]";

    /// <summary>Adds a cell to a pipeline.</summary>
    /// <param name="shell">The pipeline.</param>
    /// <param name="code">The cell's text.</param>
    /// <param name="block">The cell as a block that can be stopped; <see langword="null"/> to run it as it is.</param>
    /// <param name="outside">Makes a script one of the kernel's own, whose lines are none of a cell's.</param>
    /// <returns>What stands in the history for the cell.</returns>
    public static string Add(PowerShell shell, string code, ScriptBlock? block, Func<string, string> outside)
    {
        string script = block is null ? code : outside(Run);
        shell.AddScript(script, useLocalScope: false);
        if (block is not null)
        {
            shell.AddArgument(block);
        }

        return script;
    }
}
