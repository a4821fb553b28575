using System.Collections.ObjectModel;
using System.Management.Automation;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The global variables and functions that a user has made in a session. They may be read from any thread, also while a cell runs; they may
/// be changed on the session's own thread.
/// </summary>
/// <param name="state">The session.</param>
internal sealed class SessionVariables(SessionState state)
{
    /// <summary>Takes over functions, by name, and a folder: parameters functions and folder.</summary>
    public const string ImportScript = """
        param($functions, $folder)
        foreach ($name in $functions.Keys) { Set-Item -LiteralPath "function:global:$name" -Value $functions[$name] -Force }
        if ($folder) { Set-Location -LiteralPath $folder }
        """;

    private const int Attempts = 50;

    // Made by the engine while a cell runs, or each session's own.
    private static readonly HashSet<string> Automatic = new(
        "$ ? ^ _ args Error foreach input LASTEXITCODE LASTRESULT Matches MyInvocation PSBoundParameters PSCmdlet PSCommandPath PSItem "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Concat(["PSDebugContext", "PSScriptRoot", "PWD", "StackTrace", "switch", "this", "ConvNetDisplay"]),
        StringComparer.OrdinalIgnoreCase
    );

    private readonly HashSet<string> first = new(Names(state, "variable:"), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> firstFunctions = new(Names(state, "function:"), StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets the folder of the session.</summary>
    public string Folder => state.Path.CurrentFileSystemLocation.Path;

    /// <summary>Says whether a name is one of the variables that the engine makes while a cell runs.</summary>
    public static bool IsAutomatic(string name) => Automatic.Contains(name);

    /// <summary>Returns the user's variables by their names.</summary>
    public IReadOnlyDictionary<string, PSVariable> Read()
    {
        var found = new SortedDictionary<string, PSVariable>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in Names(state, "variable:").Where(name => !first.Contains(name) && !Automatic.Contains(name)))
        {
            if (
                state.PSVariable.Get("global:" + name) is { } variable
                && variable.GetType() == typeof(PSVariable) // not a slot of a function that runs
                && !variable.Options.HasFlag(ScopedItemOptions.Private)
            )
            {
                found[name] = variable;
            }
        }

        return found;
    }

    /// <summary>Returns the user's functions.</summary>
    public IReadOnlyList<FunctionInfo> Functions() =>
        [
            .. Children(state, "function:")
                .Select(item => item.BaseObject)
                .OfType<FunctionInfo>()
                .Where(function => !firstFunctions.Contains(function.Name) && string.IsNullOrEmpty(function.ModuleName)),
        ];

    /// <summary>Makes a variable of another session one of this session: both have the same one then.</summary>
    public void Share(PSVariable variable)
    {
        Remove(variable.Name);
        state.PSVariable.Set(variable);
    }

    /// <summary>Removes a variable.</summary>
    public void Remove(string name)
    {
        if (state.PSVariable.Get("global:" + name) is { } variable && variable.GetType() == typeof(PSVariable))
        {
            state.PSVariable.Remove(variable);
        }
    }

    private static IEnumerable<string> Names(SessionState state, string drive) =>
        Children(state, drive)
            .Select(item =>
                item.BaseObject switch
                {
                    PSVariable variable => variable.Name,
                    CommandInfo function => function.Name,
                    _ => string.Empty,
                }
            )
            .Where(name => name.Length > 0);

    private static Collection<PSObject> Children(SessionState state, string drive)
    {
        int attempts = 0;
        while (true)
        {
            try
            {
                return state.InvokeProvider.ChildItem.Get(drive, recurse: false);
            }
            catch (Exception error)
                when (error is InvalidOperationException or ArgumentException or RuntimeException && ++attempts < Attempts)
            {
                Thread.Sleep(1); // the cell that runs has made a variable meanwhile
            }
        }
    }
}
