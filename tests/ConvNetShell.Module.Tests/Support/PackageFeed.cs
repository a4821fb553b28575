using System.Diagnostics;

namespace ConvNetShell.Module.Tests.Support;

/// <summary>
/// A folder with all packages of the build, made once, and programs run beside it: with an empty home and package cache, and no network.
/// </summary>
public sealed class PackageFeed : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string UserHome = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
    private readonly string root = Directory.CreateTempSubdirectory("cnsh-packages-").FullName;

    public PackageFeed()
    {
        Folder = Directory.CreateDirectory(Path.Combine(root, "feed")).FullName;
        Home = Directory.CreateDirectory(Path.Combine(root, "home")).FullName;
        // PSResourceGet keeps its list in the current folder where this one is missing.
        Directory.CreateDirectory(Path.Combine(Home, ".local", "share"));
        string configuration = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;
        string[] words =
        [
            "msbuild",
            "src/Packages.proj",
            "-nologo",
            $"-p:Artifacts={Folder}",
            $"-p:Configuration={configuration}",
            "-p:Compression=Fastest",
        ];
        (int code, string output) = Execute("dotnet", Repository, words, new Dictionary<string, string>());
        if (code != 0)
        {
            Dispose();
            Assert.Fail(output);
        }
    }

    /// <summary>Gets the folder with the packages.</summary>
    public string Folder { get; }

    /// <summary>Gets the home of the programs.</summary>
    public string Home { get; }

    /// <summary>Gets the folder of the packages that the build has restored; nothing else is there to restore from.</summary>
    public static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(UserHome, ".nuget", "packages");

    private static string Repository => Path.GetDirectoryName(ModulePaths.Manifest)!;

    /// <summary>Runs a program in the empty home and returns what it writes.</summary>
    /// <param name="program">The program.</param>
    /// <param name="words">Its arguments.</param>
    public string Run(string program, params string[] words)
    {
        (int code, string output) = Execute(program, Home, words, Isolation());
        Assert.True(code == 0, $"{program} {string.Join(' ', words)}: {output}");
        return output;
    }

    /// <summary>Runs a script in the PowerShell of .config/dotnet-tools.json, with the empty home, and returns what it writes.</summary>
    /// <param name="script">The script.</param>
    public string RunPowerShell(string script)
    {
        Dictionary<string, string> environment = Isolation();
        environment["DOTNET_CLI_HOME"] = Environment.GetEnvironmentVariable("DOTNET_CLI_HOME") ?? UserHome; // knows where the tool is
        environment["NUGET_PACKAGES"] = Restored;
        (int code, string output) = Execute("dotnet", Repository, ["pwsh", "-NoProfile", "-Command", script], environment);
        Assert.True(code == 0, output);
        return output;
    }

    /// <summary>Writes a file into the home, with the folders above it.</summary>
    /// <param name="path">The path within the home.</param>
    /// <param name="text">The text.</param>
    /// <returns>The full path.</returns>
    public string Write(string path, string text)
    {
        string file = Path.Combine(Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    private Dictionary<string, string> Isolation() =>
        new()
        {
            ["HOME"] = Home,
            ["DOTNET_CLI_HOME"] = Home,
            ["NUGET_PACKAGES"] = Path.Combine(root, "packages"),
            ["XDG_DATA_HOME"] = Path.Combine(Home, ".local", "share"),
            ["XDG_CACHE_HOME"] = Path.Combine(Home, ".cache"),
            ["XDG_CONFIG_HOME"] = Path.Combine(Home, ".config"),
            // A proxy that is not there: whoever fetches something fails.
            ["http_proxy"] = "http://127.0.0.1:9",
            ["https_proxy"] = "http://127.0.0.1:9",
        };

    private static (int Code, string Output) Execute(
        string program,
        string folder,
        IEnumerable<string> words,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // No server outlives the test, and nothing is sent or colored.
        string[] settings =
        [
            "MSBUILDDISABLENODEREUSE",
            "NO_COLOR",
            "DOTNET_NOLOGO",
            "DOTNET_CLI_TELEMETRY_OPTOUT",
            "POWERSHELL_TELEMETRY_OPTOUT",
        ];
        foreach (string name in settings)
        {
            start.Environment[name] = "1";
        }
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment.Remove("CONVNETSHELL_MODULE");
        start.Environment.Remove("CONVNETSHELL_LIBTORCH");
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(),
            error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"{program} {string.Join(' ', words)} has not ended.");
        }
        return (process.ExitCode, output.Result.ReplaceLineEndings("\n") + error.Result);
    }
}
