using System.Management.Automation;

namespace ConvNetShell.Kernel.Commands;

/// <summary>Base of the cmdlets of the kernel: where its module is, and errors with an id.</summary>
public abstract class KernelCommandBase : PSCmdlet
{
    /// <summary>The name under which a kernel is installed.</summary>
    protected const string StandardName = "convnetshell";

    private const string ManifestName = "ConvNetShell.psd1";
    private static readonly string OwnFolder = Path.GetDirectoryName(typeof(KernelCommandBase).Assembly.Location)!;

    /// <summary>
    /// Gets the manifest of the module this cmdlet came with; null where there is none. The assembly alone can be imported too, as
    /// kernels in pwsh do, and a program can have its own copy of it.
    /// </summary>
    private protected string? Manifest =>
        new[] { MyInvocation.MyCommand.Module?.ModuleBase, Path.Combine(OwnFolder, "..", "..") }
            .OfType<string>()
            .Select(folder => Path.GetFullPath(Path.Combine(folder, ManifestName)))
            .FirstOrDefault(File.Exists);

    /// <summary>Gets the folder of the module's assemblies.</summary>
    private protected string AssemblyFolder =>
        Manifest is { } manifest ? Path.Combine(Path.GetDirectoryName(manifest)!, "module", "bin") : OwnFolder;

    /// <summary>Turns a path of the user's into a full path of the file system.</summary>
    private protected string FullPath(string path) => SessionState.Path.GetUnresolvedProviderPathFromPSPath(path);

    /// <summary>Ends the pipeline with an error.</summary>
    private protected void Fail(Exception error, string id, ErrorCategory category, object? target) =>
        ThrowTerminatingError(new ErrorRecord(error, id, category, target));
}
