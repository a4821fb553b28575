using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Networks.Editing;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Tests.Interop;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class InputEditTests
{
    [Fact]
    public void Reversed_channels_give_the_outputs_of_a_reversed_picture()
    {
        using Network network = SampleNetworks.Make("conv3x3x4 relu globalavg fc3", 3, 6, 6);
        using Network reversed = NetworkEditor.Edit(network, new NetworkEdit { ReverseChannels = true });
        using Tensor batch = SampleNetworks.Batch(network),
            other = batch.flip(1);

        SampleNetworks.AssertClose(SampleNetworks.Outputs(network, batch), SampleNetworks.Outputs(reversed, other), 1e-5, "reversed");
        Assert.NotEqual(SampleNetworks.Outputs(network, batch), SampleNetworks.Outputs(reversed, batch));
    }

    [Fact]
    public void Convolutions_keep_their_weights_for_pictures_of_another_size()
    {
        using Network network = SampleNetworks.Make("conv3x3x4 relu globalavg fc3", 3, 6, 6);
        using Network larger = NetworkEditor.Edit(network, new NetworkEdit { InputShape = new Shape(3, 9, 8) });
        using Network back = NetworkEditor.Edit(larger, new NetworkEdit { InputShape = network.InputShape });
        using Tensor batch = SampleNetworks.Batch(network);

        Assert.Equal(new Shape(3, 9, 8), larger.InputShape);
        Assert.Equal(SampleNetworks.Outputs(network, batch), SampleNetworks.Outputs(back, batch));
    }
}
