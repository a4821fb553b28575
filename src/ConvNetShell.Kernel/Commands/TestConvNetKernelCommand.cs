using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Client;
using ConvNetShell.Kernel.Spec;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Starts the Jupyter kernel as a front end does, runs cells in it and measures. Without -Name the kernel need not be
/// installed: the one that Install-ConvNetKernel would install is tried. A kernel that runs no cell is an error beside the
/// result, so that pwsh -Command ends with a code that is not 0.
/// </summary>
/// <example>
/// <code>Test-ConvNetKernel</code>
/// Starts the module's kernel, runs a cell, and says how long both took.
/// </example>
/// <example>
/// <code>Test-ConvNetKernel -Name convnetshell</code>
/// A kernel of another name.
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ConvNetKernel", HelpUri = ProjectLinks.Help + "Test-ConvNetKernel")]
[OutputType(typeof(KernelTestResult))]
public sealed class TestConvNetKernelCommand : KernelCommandBase, IDisposable
{
    private readonly CancellationTokenSource stop = new();

    /// <summary>Gets or sets the name of an installed kernel. Default: the module's own, which need not be installed.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(KernelNameCompleter))]
    [ValidatePattern("^[a-zA-Z0-9._-]+$")]
    public string? Name { get; set; }

    /// <summary>Gets or sets how many seconds the kernel has for each answer. Default: 30.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = 30;

    /// <inheritdoc />
    public void Dispose() => stop.Dispose();

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        if (Name is not null && !File.Exists(Path.Combine(Find(Name), KernelSpec.FileName)))
        {
            var missing = new ItemNotFoundException(
                $"The name must be that of an installed kernel: {KernelFolders.Listed()}. Received: '{Name}'."
            );
            WriteError(new ErrorRecord(missing, "Kernel.NotFound", ErrorCategory.ObjectNotFound, Name));
            return;
        }
        string temporary = Path.Combine(Path.GetTempPath(), $"convnetshell-{Guid.NewGuid():N}");
        try
        {
            KernelTestResult result = KernelTrial.Run(
                Name ?? StandardName,
                Name is null ? Write(temporary) : Find(Name),
                TimeSpan.FromSeconds(TimeoutSeconds),
                stop.Token
            );
            WriteObject(result);
            if (!result.Succeeded)
            {
                var error = new InvalidOperationException(
                    $"The kernel {result.Name} has not run a cell. Expected: {KernelTrial.Cell} = {KernelTrial.Expected}. "
                        + $"Received: {result.Message}"
                );
                WriteError(new ErrorRecord(error, "Kernel.Failed", ErrorCategory.InvalidResult, result.Path));
            }
        }
        catch (OperationCanceledException)
        {
            // The user stopped the pipeline; PowerShell knows.
        }
        catch (Exception error) when (error is IOException or InvalidDataException or ExternalException)
        {
            Fail(error, "Kernel.NotStarted", ErrorCategory.OpenError, Name);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    /// <inheritdoc />
    protected override void StopProcessing() => stop.Cancel();

    private string Write(string folder)
    {
        KernelSpec.Write(folder, Launcher.Command(AssemblyFolder), "ConvNetShell");
        return folder;
    }

    private static string Find(string name)
    {
        string user = KernelFolders.Find(KernelScope.User, null, name);
        return Directory.Exists(user) ? user : KernelFolders.Find(KernelScope.System, null, name);
    }
}
