namespace ConvNetShell.Kernel.Spec;

/// <summary>Where Jupyter looks for kernels.</summary>
internal static class KernelFolders
{
    /// <summary>The folder of a kernel.</summary>
    /// <param name="scope">For whom.</param>
    /// <param name="prefix">The environment's folder; null is the active one.</param>
    /// <param name="name">The kernel's name.</param>
    /// <exception cref="ArgumentException">There is no active environment.</exception>
    public static string Find(KernelScope scope, string? prefix, string name) =>
        Path.Combine(
            scope switch
            {
                KernelScope.User => UserData(),
                KernelScope.System => SystemData(),
                _ => Path.Combine(prefix ?? ActivePrefix(), "share", "jupyter"),
            },
            "kernels",
            name
        );

    /// <summary>The names of the kernels that are installed for the user and for all users.</summary>
    public static IReadOnlyList<string> Installed() =>
        [
            .. new[] { KernelScope.User, KernelScope.System }
                .Select(scope => Path.GetDirectoryName(Find(scope, null, "any"))!)
                .Where(Directory.Exists)
                .SelectMany(Directory.EnumerateDirectories)
                .Where(folder => File.Exists(Path.Combine(folder, KernelSpec.FileName)))
                .Select(folder => Path.GetFileName(folder))
                .Distinct(StringComparer.OrdinalIgnoreCase)
                .Order(StringComparer.OrdinalIgnoreCase),
        ];

    /// <summary>The installed kernels as text, for an error.</summary>
    public static string Listed() =>
        Installed() is { Count: > 0 } names ? $"one of {string.Join(", ", names)}" : "none is installed yet (Install-ConvNetKernel)";

    private static string UserData()
    {
        if (Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named)
        {
            return named;
        }

        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "Library", "Jupyter");
        }

        // The application data folder of .NET is ~/.config on Linux; Jupyter wants the one for data.
        Environment.SpecialFolder folder = OperatingSystem.IsWindows()
            ? Environment.SpecialFolder.ApplicationData
            : Environment.SpecialFolder.LocalApplicationData;
        return Path.Combine(Environment.GetFolderPath(folder, Environment.SpecialFolderOption.DoNotVerify), "jupyter");
    }

    private static string SystemData() =>
        OperatingSystem.IsWindows()
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "jupyter")
            : "/usr/local/share/jupyter";

    private static string ActivePrefix() =>
        new[] { "VIRTUAL_ENV", "CONDA_PREFIX" }
            .Select(Environment.GetEnvironmentVariable)
            .FirstOrDefault(value => !string.IsNullOrEmpty(value))
        ?? throw new ArgumentException(
            "-Scope Prefix needs -Prefix where no Python environment is active (VIRTUAL_ENV, CONDA_PREFIX). Received: none.",
            "Prefix"
        );
}
