using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>Jupyter's own conformance suite against the kernel.</summary>
[Trait("Speed", "Slow")]
public sealed class ConformanceTests
{
    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void The_conformance_suite_passes(string host)
    {
        using var jupyter = new JupyterHome();
        jupyter.Pass(host, "conformance.py", "jupyter_kernel_test");
    }
}
