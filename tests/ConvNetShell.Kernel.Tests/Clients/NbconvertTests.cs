using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests.Clients;

/// <summary>Notebooks through nbconvert in both programs.</summary>
[Trait("Speed", "Slow")]
public sealed class NbconvertTests
{
    [Theory]
    [InlineData("pwsh")]
    [InlineData("cnsh")]
    public void Nbconvert_runs_a_notebook_to_a_page_and_fails_with_a_cell_that_fails(string host)
    {
        Programs.Need("jupyter-nbconvert", "jupyter-nbconvert");
        using var jupyter = new JupyterHome();
        jupyter.Install(host);
        File.WriteAllText(Path.Combine(jupyter.Folder, "good.ipynb"), Notebook("'<b class=\\\"seen\\\">x</b>' | Out-Display -Html; 6 * 7"));
        File.WriteAllText(Path.Combine(jupyter.Folder, "bad.ipynb"), Notebook("Get-Item /no/such/file"));

        (int good, string said) = jupyter.Python(
            "-m",
            "nbconvert",
            "--to",
            "html",
            "--execute",
            Path.Combine(jupyter.Folder, "good.ipynb")
        );
        (int bad, string error) = jupyter.Python("-m", "nbconvert", "--to", "html", "--execute", Path.Combine(jupyter.Folder, "bad.ipynb"));

        Assert.True(good == 0, said);
        string page = File.ReadAllText(Path.Combine(jupyter.Folder, "good.html"));
        Assert.Contains("<b class=\"seen\">x</b>", page, StringComparison.Ordinal);
        Assert.Contains("<pre>42</pre>", page, StringComparison.Ordinal);
        Assert.NotEqual(0, bad);
        Assert.Contains("/no/such/file", error, StringComparison.Ordinal);
    }

    private static string Notebook(string source) =>
        "{\"cells\":[{\"cell_type\":\"code\",\"execution_count\":null,\"metadata\":{},\"outputs\":[],\"source\":\""
        + source
        + "\"}],\"metadata\":{\"kernelspec\":{\"name\":\"convnetshell\",\"display_name\":\"ConvNetShell\",\"language\":\"powershell\"}},"
        + "\"nbformat\":4,\"nbformat_minor\":4}";
}
