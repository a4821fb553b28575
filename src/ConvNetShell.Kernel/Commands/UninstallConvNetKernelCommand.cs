using System.Management.Automation;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Spec;

namespace ConvNetShell.Kernel.Commands;

/// <summary>Takes an installed Jupyter kernel away again.</summary>
/// <example>
/// <code>Uninstall-ConvNetKernel</code>
/// Removes the kernel from Jupyter's list.
/// </example>
/// <example>
/// <code>Uninstall-ConvNetKernel -Name convnetshell -WhatIf</code>
/// Says what would be removed.
/// </example>
[Cmdlet(VerbsLifecycle.Uninstall, "ConvNetKernel", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Uninstall-ConvNetKernel")]
[OutputType(typeof(void))]
public sealed class UninstallConvNetKernelCommand : KernelCommandBase
{
    /// <summary>Gets or sets for whom it was installed: User (the default), System or Prefix.</summary>
    [Parameter]
    public KernelScope Scope { get; set; }

    /// <summary>Gets or sets the environment's folder for -Scope Prefix. Default: the active environment.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Gets or sets the kernel's name. Default: convnetshell.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(KernelNameCompleter))]
    [ValidatePattern("^[a-zA-Z0-9._-]+$")]
    public string Name { get; set; } = StandardName;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        try
        {
            string folder = KernelFolders.Find(
                Prefix is null ? Scope : KernelScope.Prefix,
                Prefix is null ? null : FullPath(Prefix),
                Name.ToLowerInvariant()
            );
            if (!File.Exists(Path.Combine(folder, KernelSpec.FileName)))
            {
                WriteError(
                    new ErrorRecord(
                        new ItemNotFoundException(
                            $"The name must be that of an installed kernel: {KernelFolders.Listed()}. Received: '{Name}', "
                                + $"looked for in {folder}."
                        ),
                        "Kernel.NotFound",
                        ErrorCategory.ObjectNotFound,
                        Name
                    )
                );
            }
            else if (ShouldProcess(folder, "Uninstall the Jupyter kernel"))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(error, "Kernel.NotRemoved", ErrorCategory.WriteError, Name);
        }
        catch (ArgumentException error)
        {
            Fail(error, "Kernel.NoEnvironment", ErrorCategory.InvalidArgument, Scope);
        }
    }
}
