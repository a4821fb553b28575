using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The kernel through Jupyter's own client, where the program it runs in may matter.</summary>
[Trait("Speed", "Slow")]
public sealed class BehaviorTests
{
    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void Cells_and_front_ends_are_served(string host)
    {
        using var jupyter = new JupyterHome();
        jupyter.Pass(host, "behavior.py", "jupyter_client");
    }
}
