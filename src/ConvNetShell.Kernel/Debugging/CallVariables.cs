using System.Management.Automation;
using ConvNetShell.Kernel.Breakpoints;
using ConvNetShell.Kernel.Engine;

namespace ConvNetShell.Kernel.Debugging;

/// <summary>The variables of the calls of a stopped cell; to be used on the cell's thread.</summary>
internal static class CallVariables
{
    private const string Cmdlet = "Microsoft.PowerShell.Utility\\Get-Variable",
        Invocation = "MyInvocation",
        Global = "Global";

    /// <summary>
    /// Returns the variables of a call by their names, without the engine's own and those of all cells. A block that runs in the scope of
    /// its caller, as that of ForEach-Object does, has the caller's.
    /// </summary>
    /// <param name="stop">Where the cell is stopped.</param>
    /// <param name="frame">One of its calls.</param>
    public static IReadOnlyDictionary<string, PSVariable> Of(CellStop stop, CallStackFrame frame)
    {
        HashSet<PSVariable> global = [.. Read(Global)];
        var found = new SortedDictionary<string, PSVariable>(StringComparer.OrdinalIgnoreCase);
        foreach (PSVariable variable in Read(ScopeOf(stop, frame)))
        {
            if (!global.Contains(variable) && !SessionVariables.IsAutomatic(variable.Name))
            {
                found[variable.Name] = variable;
            }
        }

        return found;
    }

    // The engine has no number of a call's scope. Each scope knows the invocation that made it, and so does each call.
    private static int ScopeOf(CellStop stop, CallStackFrame frame)
    {
        int scope = 0;
        foreach (CallStackFrame call in stop.Calls)
        {
            int next = scope;
            object? invocation;
            while ((invocation = Read(next, Invocation).FirstOrDefault()?.Value) is not null && invocation != call.InvocationInfo)
            {
                next++;
            }

            scope = invocation is null ? scope : next;
            if (call == frame)
            {
                break;
            }
        }

        return scope;
    }

    private static IEnumerable<PSVariable> Read(object scope, string name = "*")
    {
        using PowerShell shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand(Cmdlet).AddParameter("Name", name).AddParameter("Scope", scope.ToString());
        try
        {
            return [.. shell.AddParameter("ErrorAction", ActionPreference.Ignore).Invoke<PSVariable>()];
        }
        catch (PSArgumentOutOfRangeException)
        {
            return []; // there are fewer scopes
        }
        catch (CmdletInvocationException error) when (error.InnerException is PSArgumentOutOfRangeException)
        {
            return [];
        }
    }
}
