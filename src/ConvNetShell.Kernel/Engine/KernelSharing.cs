using ConvNetShell.Kernel.Breakpoints;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Engine;

/// <summary>What the sessions of a kernel's shells share, besides their variables.</summary>
internal sealed class KernelSharing
{
    /// <summary>The name of the kernel's id in a runspace's private data: the module shares runs and datasets by it.</summary>
    public const string Key = "ConvNetShell.Kernel";

    public KernelSharing() => Sources = new CellSources(Files);

    /// <summary>Gets the kernel's id.</summary>
    public string Id { get; } = Guid.NewGuid().ToString("N");

    /// <summary>Gets the widgets.</summary>
    public WidgetManager Widgets { get; } = new();

    /// <summary>Gets the names of cells in the debug protocol.</summary>
    public CellFiles Files { get; } = new();

    /// <summary>Gets the texts of the cells.</summary>
    public CellSources Sources { get; }
}
