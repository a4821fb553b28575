using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display;
using ConvNetShell.Display.Records.Training;
using TorchSharp;

namespace ConvNetShell.Core.Tests.Compute;

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
    public void This_machine_s_last_choice_is_the_cpu_and_it_can_be_chosen()
    {
        Assert.Equal("cpu", ComputeDevice.Names()[^1]);
        Assert.Equal(DeviceType.CPU, ComputeDevice.Choose(" CPU ").type);
    }

    [Fact]
    public void Auto_takes_the_device_that_is_described_as_the_default()
    {
        DeviceInfo standard = Assert.Single(ComputeDevice.Describe(), device => device.Default);
        DeviceType expected =
            torch.cuda.is_available() ? DeviceType.CUDA
            : torch.mps_is_available() ? DeviceType.MPS
            : DeviceType.CPU;

        Assert.Equal(expected, ComputeDevice.Choose(ComputeDevice.Auto).type);
        Assert.Equal(expected.ToString(), standard.Type);
        Assert.Equal(ComputeDevice.Names(), ComputeDevice.Describe().Select(device => device.Name));
    }

    [Fact]
    public void A_device_that_this_machine_lacks_is_refused()
    {
        string list = string.Join(", ", ComputeDevice.Names());
        Assert.Equal(
            $"Device must be auto or one of this machine's devices: {list}. Received: 'cuda:99'.",
            Assert.Throws<InvalidSettingException>(() => ComputeDevice.Choose("cuda:99")).Message
        );
    }
}
