using System.Runtime.InteropServices;

namespace ConvNetShell.Pester.Tests;

/// <summary>The module and its tests in a folder with a difficult name, as hard links where the file system has them.</summary>
internal static partial class CopiedModule
{
    /// <summary>Makes the folder anew beside the tests' assembly, which is on the same file system, and returns its path.</summary>
    public static string Create(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, name);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        foreach (string file in new[] { "ConvNetShell.psd1", "LICENSE" })
        {
            CopyFile(Path.Combine(Settings.Root, file), Path.Combine(folder, file));
        }
        foreach (string part in new[] { "module", Path.Combine("tests", "Pester") })
        {
            string source = Path.Combine(Settings.Root, part);
            foreach (string file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
            {
                CopyFile(file, Path.Combine(folder, part, Path.GetRelativePath(source, file)));
            }
        }
        return folder;
    }

    private static void CopyFile(string source, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (OperatingSystem.IsWindows() || Link(source, target) != 0)
        {
            File.Copy(source, target);
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string source, string target);
}
