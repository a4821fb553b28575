using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The kernel through Jupyter's own client: what is the same in both programs, so that one is enough.</summary>
[Trait("Speed", "Slow")]
public sealed class ProtocolTests
{
    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void The_protocol_is_kept(string host)
    {
        using var jupyter = new JupyterHome();
        jupyter.Pass(host, "protocol.py", "jupyter_client");
    }
}
