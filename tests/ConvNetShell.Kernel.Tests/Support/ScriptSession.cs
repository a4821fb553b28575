using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace ConvNetShell.Kernel.Tests.Support;

/// <summary>A session of PowerShell in this process; scripts run one after the other on the thread that calls.</summary>
public sealed class ScriptSession : IDisposable
{
    private readonly Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());

    /// <summary>Opens the session in a folder and imports a module.</summary>
    public ScriptSession(string folder, string module)
    {
        runspace.ThreadOptions = PSThreadOptions.UseCurrentThread;
        runspace.Open();
        Invoke("param($folder, $module) Set-Location -LiteralPath $folder; Import-Module $module -ErrorAction Stop", folder, module);
    }

    /// <summary>Runs a script and returns what it wrote; throws its first error.</summary>
    public IReadOnlyList<PSObject> Invoke(string script, params object?[] arguments)
    {
        (IReadOnlyList<PSObject> output, IReadOnlyList<ErrorRecord> errors) = Collect(script, arguments);
        return errors.Count == 0 ? output : throw new RuntimeException(errors[0].ToString(), errors[0].Exception, errors[0]);
    }

    /// <summary>Runs a script and returns what it wrote and its errors; one that ended it is the last.</summary>
    public (IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors) Collect(string script, params object?[] arguments)
    {
        Runspace? outer = Runspace.DefaultRunspace;
        Runspace.DefaultRunspace = runspace;
        using var shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script, useLocalScope: false);
        foreach (object? argument in arguments)
        {
            shell.AddArgument(argument);
        }

        using var output = new PSDataCollection<PSObject>();
        List<ErrorRecord> fatal = [];
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException error)
        {
            fatal.Add(new ErrorRecord(error.ErrorRecord, error));
        }
        finally
        {
            Runspace.DefaultRunspace = outer;
        }

        return ([.. output], [.. shell.Streams.Error, .. fatal]);
    }

    public void Dispose() => runspace.Dispose();
}
