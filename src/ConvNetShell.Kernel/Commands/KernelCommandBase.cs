using System.Management.Automation;

namespace ConvNetShell.Kernel.Commands;

/// <summary>Base of the cmdlets of the kernel: where its module is, and errors with an id.</summary>
public abstract class KernelCommandBase : PSCmdlet
{
    /// <summary>The name under which a kernel is installed.</summary>
    protected const string StandardName = "convnetshell";

    /// <summary>Gets the manifest of the module this cmdlet came with; null where there is none.</summary>
    private protected static string? Manifest
    {
        get
        {
            string path = Path.GetFullPath(Path.Combine(AssemblyFolder, "..", "..", "ConvNetShell.psd1"));
            return File.Exists(path) ? path : null;
        }
    }

    /// <summary>Gets the folder of the module's assemblies.</summary>
    private protected static string AssemblyFolder => Path.GetDirectoryName(typeof(KernelCommandBase).Assembly.Location)!;

    /// <summary>Turns a path of the user's into a full path of the file system.</summary>
    private protected string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Ends the pipeline with an error.</summary>
    private protected void Fail(Exception error, string id, ErrorCategory category, object? target) =>
        ThrowTerminatingError(new ErrorRecord(error, id, category, target));
}
