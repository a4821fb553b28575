using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Errors;
using ConvNetShell.Display.Records.Training;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Compute;

/// <summary>Finds the devices of this machine and chooses one by name.</summary>
public static class ComputeDevice
{
    /// <summary>The name that stands for the first GPU, or the CPU where there is none.</summary>
    public const string Auto = "auto";

    /// <summary>Returns the names of the devices that can be used, the one <see cref="Auto"/> takes first.</summary>
    /// <returns>For example cuda:0, cpu.</returns>
    public static IReadOnlyList<string> Names()
    {
        TorchLibrary.Open();
        var names = new List<string>();
        if (cuda.is_available())
        {
            names.AddRange(
                Enumerable.Range(0, cuda.device_count()).Select(index => string.Create(CultureInfo.InvariantCulture, $"cuda:{index}"))
            );
        }
        if (mps_is_available())
        {
            names.Add("mps");
        }
        names.Add("cpu");
        return names;
    }

    /// <summary>Describes the devices that can be used, the one <see cref="Auto"/> takes first.</summary>
    /// <returns>One record a device.</returns>
    public static IReadOnlyList<DeviceInfo> Describe() =>
        [
            .. Names()
                .Select(
                    (name, index) =>
                        new DeviceInfo(
                            name,
                            name.Split(':')[0].ToUpperInvariant(),
                            Default: index == 0,
                            name == "cpu"
                                ? string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"{RuntimeInformation.ProcessArchitecture}, {get_num_threads()} threads"
                                )
                                : "GPU"
                        )
                ),
        ];

    /// <summary>Returns a device by its name.</summary>
    /// <param name="name">auto, cpu, cuda (the first), cuda:1 or mps, in any case.</param>
    /// <exception cref="InvalidSettingException">This machine lacks the device.</exception>
    internal static Device Choose(string name) => new(Match(name, Names()));

    /// <summary>Returns which of the available devices a name means.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="available">The devices there are, the preferred one first.</param>
    /// <exception cref="InvalidSettingException">None of them.</exception>
    internal static string Match(string name, IReadOnlyList<string> available)
    {
        string wanted = name.Trim().ToLowerInvariant() switch
        {
            Auto => available[0],
            "cuda" => "cuda:0",
            var other => other,
        };
        return available.Contains(wanted, StringComparer.Ordinal)
            ? wanted
            : throw new InvalidSettingException("Device", $"auto or one of this machine's devices: {string.Join(", ", available)}", name);
    }
}
