using System.Diagnostics;
using System.Globalization;

namespace ConvNetShell.Host.Tests;

public sealed class FusedKernelsTests
{
    [Fact]
    public void A_training_is_the_same_whoever_computes_its_convolutions()
    {
        (string own, double ownLoss) = Train("1");
        (string libtorch, double libtorchLoss) = Train("0");

        Assert.Equal("libtorch", libtorch);
        Assert.SkipUnless(own == "fused kernels", "This processor lacks AVX512_BF16.");
        Assert.NotEqual(ownLoss, libtorchLoss); // sums in another order
        Assert.Equal(1, ownLoss / libtorchLoss, 0.01);
    }

    private static (string Convolutions, double Loss) Train(string allowed)
    {
        const string script =
            "$r = New-Network CIFAR10 -Seed 1 | Start-Training Shapes -Epochs 1 -Seed 1 -TrainFraction 0.2; "
            + "$r.Versions.Convolutions; $r.History[0].TrainLoss";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "-Command", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        start.Environment["CONVNETSHELL_FUSED_KERNELS"] = allowed;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        string[] lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        return (lines[^2], double.Parse(lines[^1], CultureInfo.InvariantCulture));
    }
}
