using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Shells;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Runs the Jupyter kernel in this process until a front end shuts it down. Front ends start it with the command that
/// Install-ConvNetKernel has written; there is no need to call it by hand.
/// </summary>
/// <example>
/// <code>Start-ConvNetKernel ./connection.json</code>
/// Serves Jupyter with the ports and the key of that file until a front end ends it.
/// </example>
[Cmdlet(VerbsLifecycle.Start, "ConvNetKernel", HelpUri = ProjectLinks.Help + "Start-ConvNetKernel")]
[OutputType(typeof(void))]
public sealed class StartConvNetKernelCommand : KernelCommandBase
{
    private JupyterKernel? kernel;

    /// <summary>Gets or sets the connection file the front end has written: address, ports and key.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string ConnectionFile { get; set; } = null!;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        TextWriter log = Console.Error;
        try
        {
            using (
                kernel = new JupyterKernel(
                    FullPath(ConnectionFile),
                    new KernelOptions
                    {
                        // the initial state of this session, in pwsh or cnsh
                        SessionState = Runspace.DefaultRunspace.InitialSessionState.Clone(),
                        ModulePath = Manifest,
                        WorkingDirectory = SessionState.Path.CurrentFileSystemLocation.Path,
                        Log = log.WriteLine,
                    }
                )
            )
            {
                kernel.Run();
            }
        }
        catch (Exception error) when (error is IOException or InvalidDataException)
        {
            Fail(error, "Kernel.NotStarted", ErrorCategory.OpenError, ConnectionFile);
        }
    }

    /// <inheritdoc />
    protected override void StopProcessing() => kernel?.Stop();
}
