using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Kernel.Tests.Support;

namespace ConvNetShell.Kernel.Tests;

/// <summary>Kernels whose front end dies.</summary>
public sealed class ParentWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The front end is a shell that starts the kernel and ends: at once, while the kernel still loads, or later.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task A_kernel_ends_after_its_front_end(int seconds)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Adoption by process 1 is seen through /proc.");
        string folder = Directory.CreateTempSubdirectory("cnsh-parent-").FullName;
        try
        {
            string connection = Path.Combine(folder, "it.json");
            File.WriteAllText(
                connection,
                """
                {"transport":"tcp","ip":"127.0.0.1","key":"k","signature_scheme":"hmac-sha256",
                 "shell_port":0,"iopub_port":0,"stdin_port":0,"control_port":0,"hb_port":0}
                """
            );
            (int code, string output) = Programs.Run(
                "sh",
                new Dictionary<string, string>(),
                "-c",
                "JPY_PARENT_PID=$$ dotnet \"$1\" kernel \"$2\" >\"$3\" 2>&1 & echo $!; sleep $4",
                "sh",
                Path.Combine(AppContext.BaseDirectory, "cnsh.dll"),
                connection,
                Path.Combine(folder, "said.txt"),
                seconds.ToString(CultureInfo.InvariantCulture)
            );
            Assert.True(code == 0, output);
            int id = int.Parse(output, CultureInfo.InvariantCulture);
            Assert.True(await EndsAsync(id), $"The kernel runs on. It said: {File.ReadAllText(Path.Combine(folder, "said.txt"))}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<bool> EndsAsync(int id)
    {
        var since = Stopwatch.StartNew();
        while (since.Elapsed < Patience)
        {
            if (!Directory.Exists($"/proc/{id}"))
            {
                return true;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
        Process.GetProcessById(id).Kill();
        return false;
    }
}
