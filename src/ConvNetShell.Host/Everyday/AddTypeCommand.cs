using System.Reflection;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Add-Type: loads assemblies. Compiling source is pwsh's; this host has no compiler.</summary>
[Cmdlet(VerbsCommon.Add, "Type", DefaultParameterSetName = "FromAssemblyName")]
[OutputType(typeof(Type))]
public sealed class AddTypeCommand : PSCmdlet
{
    /// <summary>Names of assemblies.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "FromAssemblyName")]
    [Alias("AN")]
    public string[] AssemblyName { get; set; } = [];

    /// <summary>Assembly files.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "FromPath")]
    [Alias("LiteralPath", "PSPath", "LP")]
    public string[] Path { get; set; } = [];

    /// <summary>Writes the public types.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        IEnumerable<Assembly> loaded = ParameterSetName == "FromPath"
            ? Path.Select(path => Assembly.LoadFrom(GetUnresolvedProviderPathFromPSPath(path)))
            : AssemblyName.Select(name => Assembly.Load(name));
        foreach (Assembly assembly in loaded.ToArray())
        {
            if (PassThru)
            {
                WriteObject(assembly.GetExportedTypes(), enumerateCollection: true);
            }
        }
    }
}
