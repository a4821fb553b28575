using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The kernel through Jupyter's own client: the messages of widgets.</summary>
[Trait("Speed", "Slow")]
public sealed class WidgetClientTests
{
    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void Sliders_and_buttons_work(string host)
    {
        using var jupyter = new JupyterHome();
        jupyter.Pass(host, "widgets.py", "jupyter_client, nbclient");
    }
}
