using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>The notebooks of the repository as nbconvert's pages in a browser.</summary>
[Trait("Speed", "Slow")]
public sealed class NotebookPageTests
{
    [Fact]
    public void Every_notebook_becomes_a_page_that_works_without_a_network()
    {
        Programs.Need("chromium", "chromium");
        using var jupyter = new JupyterHome();
        jupyter.Pass("cnsh", "notebooks.py", "nbconvert, tornado");
    }
}
