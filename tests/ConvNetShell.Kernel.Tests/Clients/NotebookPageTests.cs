using ConvNetShell.Kernel.Tests.Notebooks;
using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>A notebook of the repository that nbconvert runs, as a page in a browser.</summary>
[Trait("Speed", "Slow")]
public sealed class NotebookPageTests
{
    [Fact]
    public void A_notebook_that_nbconvert_runs_becomes_a_page_that_works_without_a_network()
    {
        Programs.Need("chromium", "chromium");
        using var jupyter = new JupyterHome();
        jupyter.Pass(
            "cnsh",
            "notebooks.py",
            "nbconvert, tornado",
            Path.Combine(CommittedNotebookTests.Folder, "02-first-network.ipynb"),
            "--execute"
        );
    }
}
