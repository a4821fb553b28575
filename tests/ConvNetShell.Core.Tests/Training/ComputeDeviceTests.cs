using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Training;

public sealed class ComputeDeviceTests
{
    private static readonly string[] Gpus = ["cuda:0", "cuda:1", "cpu"];

    [Theory]
    [InlineData("auto", "cuda:0")]
    [InlineData(" AUTO ", "cuda:0")]
    [InlineData("cuda", "cuda:0")]
    [InlineData("CUDA:1", "cuda:1")]
    [InlineData("cpu", "cpu")]
    public void Names_are_understood(string name, string device) => Assert.Equal(device, ComputeDevice.Match(name, Gpus));

    [Fact]
    public void Auto_is_the_cpu_where_there_is_nothing_else() => Assert.Equal("cpu", ComputeDevice.Match("auto", ["cpu"]));

    [Theory]
    [InlineData("cuda:7")]
    [InlineData("mps")]
    [InlineData("gpu")]
    [InlineData("")]
    public void Others_are_refused_with_the_choices(string name)
    {
        var error = Assert.Throws<InvalidSettingException>(() => ComputeDevice.Match(name, Gpus));
        Assert.Equal($"Device must be auto or one of this machine's devices: cuda:0, cuda:1, cpu. Received: '{name}'.", error.Message);
    }

    [Fact]
    public void This_machine_has_a_cpu() => Assert.Contains("cpu", ComputeDevice.Names());

    [Fact]
    public void Descriptions_name_one_default() => Assert.Single(ComputeDevice.Describe(), device => device.Default);
}
