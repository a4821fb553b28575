using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The kernel through Jupyter's own client: subshells and the view of variables.</summary>
[Trait("Speed", "Slow")]
public sealed class SubshellClientTests
{
    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void Cells_run_beside_a_training(string host)
    {
        using var jupyter = new JupyterHome();
        jupyter.Pass(host, "subshells.py", "jupyter_client");
    }
}
