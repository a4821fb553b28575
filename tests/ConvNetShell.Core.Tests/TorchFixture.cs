using ConvNetShell.Core.Compute.Native;
using TorchSharp;

[assembly: AssemblyFixture(typeof(ConvNetShell.Core.Tests.TorchFixture))]

namespace ConvNetShell.Core.Tests;

/// <summary>Opens libtorch once and keeps it to one thread: tests share the machine, and sums come out the same everywhere.</summary>
public sealed class TorchFixture
{
    public TorchFixture()
    {
        TorchLibrary.Open();
        torch.set_num_threads(1);
    }
}
