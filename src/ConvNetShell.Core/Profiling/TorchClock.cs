using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Profiling;

/// <summary>Measures the time of computations on a device.</summary>
internal static class TorchClock
{
    private const int PeakSize = 1024,
        PeakSizeOnGpu = 8192,
        PeakRounds = 8;

    /// <summary>Returns the milliseconds until a computation has ended, and its result.</summary>
    /// <param name="work">The computation.</param>
    /// <param name="device">Where it computes; a GPU is waited for.</param>
    public static (double Milliseconds, Tensor Result) Run(Func<Tensor> work, Device device)
    {
        long began = Stopwatch.GetTimestamp();
        Tensor result = work();
        if (device.type == DeviceType.CUDA)
        {
            cuda.synchronize(device);
        }
        return (Stopwatch.GetElapsedTime(began).TotalMilliseconds, result);
    }

    /// <summary>Returns the speed of a product of two large matrices in GFLOP/s: the device's peak.</summary>
    /// <param name="device">The device.</param>
    /// <param name="type">The type of the numbers.</param>
    public static double Peak(Device device, ScalarType type)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        double size = device.type == DeviceType.CUDA ? PeakSizeOnGpu : PeakSize;
        Tensor a = randn((long)size, (long)size, device: device).to(type),
            b = randn((long)size, (long)size, device: device).to(type);
        return Enumerable.Range(0, PeakRounds).Max(_ => 2.0 * size * size * size / Run(() => a.mm(b), device).Milliseconds / 1e6);
    }

    /// <summary>Returns the median; the values are sorted.</summary>
    /// <param name="values">One value or more.</param>
    public static double Median(List<double> values)
    {
        values.Sort();
        return (values[(values.Count - 1) / 2] + values[values.Count / 2]) / 2;
    }
}
