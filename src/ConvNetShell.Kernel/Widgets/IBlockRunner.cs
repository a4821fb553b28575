using System.Management.Automation;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>Runs the script block of a widget in a session.</summary>
internal interface IBlockRunner
{
    /// <summary>Runs a block to its end, inside the cell that runs or by itself.</summary>
    /// <param name="block">The block, of this session or another.</param>
    /// <param name="value">Its argument, also <c>$_</c>; null for none.</param>
    /// <param name="sink">Where its output ends, its error included.</param>
    void Run(ScriptBlock block, object? value, WidgetSink sink);
}
