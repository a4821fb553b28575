namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// Makes the copy of libLibTorchSharp.so that loads where the system's libstdc++ is older than the one it was linked with (Debian 12,
/// Ubuntu 22.04). It asks for GLIBCXX_3.4.32 for one function only, which starts the standard streams; libtorch has started them by then,
/// so a call to a clock in its place changes nothing. The copy is in memory only; the library that ships is never changed.
/// </summary>
internal static class RelaxedLibrary
{
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string HarmlessImport = "_ZNSt6chrono3_V212steady_clock3nowEv";

    /// <summary>Returns whether an error of the dynamic loader is the one this class cures.</summary>
    /// <param name="loaderError">The loader's message.</param>
    public static bool IsCureFor(string loaderError) => loaderError.Contains(MissingVersion, StringComparison.Ordinal);

    /// <summary>Returns the bytes of the copy.</summary>
    /// <param name="original">The library as it ships.</param>
    /// <exception cref="InvalidDataException">It is not that library.</exception>
    public static byte[] Make(string original)
    {
        byte[] bytes = File.ReadAllBytes(original);
        new ElfImage(bytes).Relax(MissingVersion, HarmlessImport);
        return bytes;
    }
}
