using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Files;

namespace ConvNetShell.Kernel.Spec;

/// <summary>The files that describe a kernel to a front end: kernel.json and its logos.</summary>
internal static class KernelSpec
{
    /// <summary>The file of a kernel's folder.</summary>
    public const string FileName = "kernel.json";

    private const string Logos = "logo-",
        RuntimeFolder = "DOTNET_ROOT";

    // glibc gives every large block back to the system and takes it again; a training loop is three times as fast without that.
    private const string Allocator =
        "glibc.malloc.arena_max=1:glibc.malloc.mmap_threshold=1073741824:glibc.malloc.trim_threshold=4294967296";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a kernel's folder, or none where it cannot be written whole.</summary>
    /// <param name="folder">The folder; made where it is not there.</param>
    /// <param name="command">The command that starts the kernel.</param>
    /// <param name="displayName">What front ends call it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static void Write(string folder, IEnumerable<string> command, string displayName)
    {
        var spec = new JsonObject
        {
            ["argv"] = new JsonArray([.. command.Select(word => JsonValue.Create(word))]),
            ["display_name"] = displayName,
            ["language"] = "powershell",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = true },
        };
        JsonObject environment = new() { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["POWERSHELL_UPDATECHECK"] = "Off" };
        if (OperatingSystem.IsLinux())
        {
            environment["GLIBC_TUNABLES"] = Allocator;
        }

        if (Environment.GetEnvironmentVariable(RuntimeFolder) is { Length: > 0 } runtime)
        {
            environment[RuntimeFolder] = runtime; // a front end that starts from a desktop knows nothing of the shell's variables
        }

        spec["env"] = environment;

        bool isNew = !Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            WriteFiles(folder, spec.ToJsonString(Format) + "\n");
        }
        catch
        {
            if (isNew && Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
            throw;
        }
    }

    /// <summary>Reads the command of a kernel's folder, with the connection file filled in.</summary>
    /// <exception cref="InvalidDataException">The folder has no kernel.json that can be read.</exception>
    public static (IReadOnlyList<string> Command, IReadOnlyDictionary<string, string> Environment) Read(
        string folder,
        string connectionFile
    )
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            JsonNode spec = JsonNode.Parse(File.ReadAllText(path))!;
            return (
                [
                    .. spec["argv"]!
                        .AsArray()
                        .Select(word => word!.GetValue<string>().Replace("{connection_file}", connectionFile, StringComparison.Ordinal)),
                ],
                (spec["env"] as JsonObject ?? []).ToDictionary(entry => entry.Key, entry => entry.Value!.GetValue<string>())
            );
        }
        catch (Exception error) when (error is IOException or JsonException or NullReferenceException or InvalidOperationException)
        {
            throw new InvalidDataException($"A kernel's folder has a {FileName} with argv. Received: {path}: {error.Message}", error);
        }
    }

    /// <summary>Writes the logos and, last of all, the file that makes the folder a kernel.</summary>
    private static void WriteFiles(string folder, string spec)
    {
        Assembly assembly = typeof(KernelSpec).Assembly;
        foreach (string name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Logos, StringComparison.Ordinal)))
        {
            using Stream logo = assembly.GetManifestResourceStream(name)!;
            AtomicFile.Write(Path.Combine(folder, name), logo.CopyTo);
        }
        AtomicFile.Write(Path.Combine(folder, FileName), Encoding.UTF8.GetBytes(spec));
    }
}
