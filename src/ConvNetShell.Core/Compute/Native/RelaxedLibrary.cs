using System.Security.Cryptography;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Makes the private copy of libLibTorchSharp.so that loads where the system's libstdc++ is older than the one it
/// was linked with (Debian 12, Ubuntu 22.04). It asks for GLIBCXX_3.4.32 for one function only, which starts the
/// standard streams; libtorch has started them by then, so a call to a clock instead changes nothing.
/// </summary>
internal static class RelaxedLibrary
{
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string HarmlessImport = "_ZNSt6chrono3_V212steady_clock3nowEv";

    /// <summary>Returns whether an error of the dynamic loader is the one this class cures.</summary>
    public static bool IsCureFor(string loaderError) => loaderError.Contains(MissingVersion, StringComparison.Ordinal);

    /// <summary>Returns the copy's path, making the copy if it is not there yet.</summary>
    /// <param name="original">The library as it ships; never changed.</param>
    public static string Make(string original)
    {
        byte[] bytes = File.ReadAllBytes(original);
        string key = Convert.ToHexStringLower(SHA256.HashData(bytes))[..16];
        new ElfImage(bytes).Relax(MissingVersion, HarmlessImport);

        var failures = new List<Exception>();
        foreach (string folder in CacheFolders(key))
        {
            try
            {
                return Write(bytes, Path.Combine(folder, Path.GetFileName(original)));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failures.Add(error); // a read-only home: the temp folder is next
            }
        }
        throw new AggregateException(failures);
    }

    private static string Write(byte[] bytes, string path)
    {
        // An existing copy is used only if it is, byte for byte, the one we would write: the temp folder is shared.
        if (File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(bytes))
        {
            return path;
        }
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string draft = $"{path}.{Environment.ProcessId}.{Path.GetRandomFileName()}";
        File.WriteAllBytes(draft, bytes);
        File.Move(draft, path, overwrite: true);
        return path;
    }

    private static IEnumerable<string> CacheFolders(string key)
    {
        string? cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (string.IsNullOrEmpty(cache) && home.Length > 0)
        {
            cache = Path.Combine(home, ".cache");
        }
        if (!string.IsNullOrEmpty(cache))
        {
            yield return Path.Combine(cache, "ConvNetShell", "native", key);
        }
        yield return Path.Combine(Path.GetTempPath(), $"ConvNetShell-{Environment.UserName}", "native", key);
    }
}
