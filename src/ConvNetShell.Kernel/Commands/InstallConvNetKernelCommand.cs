using System.Management.Automation;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Spec;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Installs the Jupyter kernel, so that front ends (jupyter notebook, JupyterLab, VS Code, nbconvert) offer it. The kernel then
/// runs in the program that installed it: in pwsh with this module, or in cnsh.
/// </summary>
/// <example>
/// <code>Install-ConvNetKernel</code>
/// Jupyter offers the kernel from now on; the object names its folder.
/// </example>
/// <example>
/// <code>Install-ConvNetKernel -Scope Prefix -Prefix ~/venv -WhatIf</code>
/// Says what would be written into a virtual environment of Python.
/// </example>
[Cmdlet(VerbsLifecycle.Install, "ConvNetKernel", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Install-ConvNetKernel")]
[OutputType(typeof(DirectoryInfo))]
public sealed class InstallConvNetKernelCommand : KernelCommandBase
{
    /// <summary>Gets or sets for whom it is: User (the default), System, or Prefix for a Python environment.</summary>
    [Parameter]
    public KernelScope Scope { get; set; }

    /// <summary>Gets or sets the environment's folder for -Scope Prefix. Default: the active environment.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Prefix { get; set; }

    /// <summary>Gets or sets the kernel's name, under which programs ask for it. Default: convnetshell.</summary>
    [Parameter(Position = 0)]
    [ValidatePattern("^[a-zA-Z0-9._-]+$")]
    public string Name { get; set; } = StandardName;

    /// <summary>Gets or sets what front ends call it. Default: ConvNetShell.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string DisplayName { get; set; } = "ConvNetShell";

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
            if (ShouldProcess(folder, "Install the Jupyter kernel"))
            {
                KernelSpec.Write(folder, Launcher.Command(AssemblyFolder), DisplayName);
                WriteObject(new DirectoryInfo(folder));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fail(error, "Kernel.NotInstalled", ErrorCategory.WriteError, Name);
        }
        catch (ArgumentException error)
        {
            Fail(error, "Kernel.NoEnvironment", ErrorCategory.InvalidArgument, Scope);
        }
    }
}
