using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell;

namespace ConvNetShell.Host;

/// <summary>The session state of the host: the engine's own commands plus the everyday ones that pwsh brings in other assemblies.</summary>
public static class EverydayCommands
{
    private static readonly HashSet<string> Management = new(StringComparer.Ordinal)
    {
        "Item", "ChildItem", "Content", "Path", "Location", "PSDrive",
    };

    private static readonly (string Name, string Command)[] Aliases =
    [
        ("ac", "Add-Content"), ("cat", "Get-Content"), ("cd", "Set-Location"), ("chdir", "Set-Location"), ("compare", "Compare-Object"), ("copy", "Copy-Item"),
        ("cp", "Copy-Item"), ("del", "Remove-Item"), ("diff", "Compare-Object"), ("dir", "Get-ChildItem"), ("echo", "Write-Output"),
        ("ls", "Get-ChildItem"), ("move", "Move-Item"), ("mv", "Move-Item"), ("popd", "Pop-Location"), ("pushd", "Push-Location"),
        ("pwd", "Get-Location"), ("ren", "Rename-Item"), ("rm", "Remove-Item"), ("sleep", "Start-Sleep"), ("sort", "Sort-Object"),
        ("tee", "Tee-Object"), ("type", "Get-Content"), ("write", "Write-Output"),
    ];

    /// <summary>Builds the session state; each call gives a fresh one.</summary>
    /// <returns>A session state for <see cref="RunspaceFactory"/>.</returns>
    public static InitialSessionState CreateSessionState()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        if (OperatingSystem.IsWindows())
        {
            // For this process only; elsewhere the engine has no execution policy.
            state.ExecutionPolicy = ExecutionPolicy.Bypass;
        }

        SessionStateCmdletEntry[] cmdlets = [.. typeof(EverydayCommands).Assembly.GetTypes().Select(Describe).OfType<SessionStateCmdletEntry>()];
        foreach (IGrouping<string, SessionStateCmdletEntry> module in cmdlets.GroupBy(ModuleOf))
        {
            EngineInternals.SetModuleName(module, module.Key);
        }

        state.Commands.Add(cmdlets);
        // An alias whose command this host lacks would only hide the error a user needs to see.
        var names = cmdlets.Select(cmdlet => cmdlet.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        state.Commands.Add(Aliases
            .Where(alias => names.Contains(alias.Command) && state.Commands[alias.Name].Count == 0)
            .Select(alias => new SessionStateAliasEntry(alias.Name, alias.Command)));
        return state;
    }

    private static SessionStateCmdletEntry? Describe(Type type) =>
        type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
            ? new SessionStateCmdletEntry($"{cmdlet.VerbName}-{cmdlet.NounName}", type, helpFileName: null)
            : null;

    // The names pwsh files them under; completion inside the engine asks for Microsoft.PowerShell.Utility\Sort-Object.
    private static string ModuleOf(SessionStateCmdletEntry cmdlet) =>
        Management.Contains(cmdlet.Name[(cmdlet.Name.IndexOf('-') + 1)..]) ? "Microsoft.PowerShell.Management" : "Microsoft.PowerShell.Utility";
}
