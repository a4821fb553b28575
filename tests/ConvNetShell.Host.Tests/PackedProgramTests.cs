using System.Diagnostics;

namespace ConvNetShell.Host.Tests;

/// <summary>The folder that is packed for machines with a PyTorch and nothing else: program, module and runtime without libtorch.</summary>
[Trait("Speed", "Slow")]
public sealed class PackedProgramTests(PackedProgramTests.Layout layout) : IClassFixture<PackedProgramTests.Layout>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static string ModuleBin => (string)AppContext.GetData("ConvNetShell.NativeFolder")!;

    [Fact]
    public void It_trains_with_a_libtorch_of_another_folder_and_no_dotnet_on_the_path()
    {
        (int code, string output, string error) = layout.Run(
            "$run = New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3,32,32 | Start-Training Shapes -MaxSteps 2; "
                + "$run.Status; (Get-Help New-Network).Name; (Get-Module ConvNetShell).ModuleBase; "
                + "[System.IO.File]::ReadAllLines('/proc/self/maps') -match 'libtorch_cpu' -replace '.* ' | Sort-Object -Unique",
            ModuleBin
        );

        Assert.True(code == 0, error);
        string[] expected = ["Completed", "New-Network", layout.Folder, Path.Combine(ModuleBin, "libtorch_cpu.so")];
        Assert.Equal(expected, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Without_one_it_says_how_to_name_it()
    {
        (int code, _, string error) = layout.Run("$ErrorActionPreference = 'Stop'; New-Network MLP", libtorch: null);

        Assert.Equal(1, code);
        Assert.Contains("CONVNETSHELL_LIBTORCH", error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_has_no_libtorch_and_no_debug_files() =>
        Assert.DoesNotContain(
            Directory.EnumerateFiles(layout.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName),
            name =>
                name!.StartsWith("libtorch", StringComparison.Ordinal)
                || name.StartsWith("libc10", StringComparison.Ordinal)
                || name.EndsWith(".pdb", StringComparison.Ordinal)
        );

    /// <summary>The folder, laid out once.</summary>
    public sealed class Layout : IDisposable
    {
        private readonly string home = Directory.CreateTempSubdirectory("cnsh-pack-").FullName;

        public Layout()
        {
            Assert.SkipUnless(OperatingSystem.IsLinux(), "The folder's start script is a Unix shell's.");
            string project = Path.GetFullPath(Path.Combine(ModuleBin, "..", "..", "src", "ConvNetShell.Host"));
            string[] arguments =
            [
                "msbuild",
                project,
                "-t:LayOutProgram",
                "-p:Configuration=Release",
                $"-p:ProgramFolder={Folder}/",
                "-nologo",
            ];
            (int code, string output, _) = Execute(new ProcessStartInfo("dotnet", arguments));
            Assert.True(code == 0, output);
        }

        public string Folder => Path.Combine(home, "cnsh");

        public (int Code, string Output, string Error) Run(string command, string? libtorch)
        {
            string[] environment = libtorch is null ? [] : [$"CONVNETSHELL_LIBTORCH={libtorch}"];
            string[] arguments = ["-i", $"HOME={home}", "NO_COLOR=1", .. environment, Path.Combine(Folder, "cnsh"), "-Command", command];
            return Execute(new ProcessStartInfo("env", arguments));
        }

        public void Dispose() => Directory.Delete(home, recursive: true);

        private static (int Code, string Output, string Error) Execute(ProcessStartInfo start)
        {
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            using Process process = Process.Start(start)!;
            Task<string> error = process.StandardError.ReadToEndAsync();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Assert.True(process.WaitForExit(Patience), $"{start.FileName} did not end");
            return (process.ExitCode, output.Result, error.Result);
        }
    }
}
