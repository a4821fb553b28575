using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Settings;
using TorchSharp;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>The versions and the machine that a run's numbers depend on besides its settings.</summary>
internal static class RunVersions
{
    public static IReadOnlyDictionary<string, string> Current(TrainingSettings settings, string device) =>
        new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["ConvNetShell"] = VersionOf(typeof(RunVersions).Assembly),
            ["TorchSharp"] = VersionOf(typeof(torch).Assembly),
            ["libtorch"] = torch.__version__,
            [".NET"] = Environment.Version.ToString(),
            ["System"] = RuntimeInformation.OSDescription,
            ["Processor"] = RuntimeInformation.ProcessArchitecture.ToString(),
            // for the layers they support
            ["Convolutions"] = FusedConvolutions.IsSupported(settings.Precision) && device == "cpu" ? "fused kernels" : "libtorch",
            ["Threads"] = settings.Threads.ToString(CultureInfo.InvariantCulture),
        };

    private static string VersionOf(Assembly assembly) =>
        (
            assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
            ?? assembly.GetName().Version!.ToString()
        ).Split('+')[0];
}
