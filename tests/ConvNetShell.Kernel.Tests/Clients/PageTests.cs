using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The page of jupyter notebook in a browser.</summary>
[Trait("Speed", "Slow")]
public sealed class PageTests
{
    [Fact]
    public void The_page_runs_shows_and_interrupts_cells()
    {
        Programs.Need("chromium", "chromium");
        using var jupyter = new JupyterHome();
        jupyter.Pass("pwsh", "page.py", "notebook, tornado");
    }
}
