using System.Text;
using ConvNetShell.Kernel.Breakpoints;

namespace ConvNetShell.Kernel.Tests.Breakpoints;

public sealed class Murmur2Tests
{
    /// <summary>The values are those of ipykernel 6 (compiler.murmur2_x86), which JupyterLab computes as well.</summary>
    [Theory]
    [InlineData("", 3990065800)]
    [InlineData("1", 224161117)]
    [InlineData("ab", 2805137849)]
    [InlineData("abc", 3350977461)]
    [InlineData("abcd", 804720481)]
    [InlineData("$net | Start-Training", 4140418496)]
    [InlineData("größe 🐸\n2", 400360115)]
    public void The_hash_is_that_of_other_kernels(string code, uint expected) =>
        Assert.Equal(expected, Murmur2.Hash(Encoding.UTF8.GetBytes(code), CellFiles.HashSeed));

    [Fact]
    public void A_front_end_can_make_the_name_of_a_cell_itself()
    {
        var files = new CellFiles();

        string path = files.Add("abcd");

        Assert.Equal(files.Prefix + "804720481" + CellFiles.Suffix, path);
        Assert.Equal("abcd", files.Find(path));
        Assert.Null(files.Find(path + "1"));
        Assert.Equal(Path.GetTempPath().TrimEnd('/', '\\'), Path.GetDirectoryName(Path.GetDirectoryName(path)));
    }
}
