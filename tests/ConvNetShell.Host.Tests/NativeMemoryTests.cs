using System.Diagnostics;

namespace ConvNetShell.Host.Tests;

/// <summary>Trains small networks under glibc's checking allocator, which ends a process that writes outside a block of memory.</summary>
public sealed class NativeMemoryTests
{
    private const string Checker = "libc_malloc_debug.so.0";

    private static readonly string[] Networks =
    [
        "conv1x1x4s2 relu fc10", // oneDNN's own operator writes outside its memory here
        "conv1x1x3s3x2 fc10",
        "resproj(conv3x3x4s2 bn relu conv3x3x4) globalavg fc10",
        "conv3x3x6g3 lrn3 conv1x1x4s2g2 fc10",
        "deconv3x3x3s2 gn3 tanh maxpool3s2 fc10",
        "deconv1x1x4s2 ln avgpool2s1 fc10",
        "local3x3x3s2 leakyrelu drop0.3 fc7 fc10",
        "conv3x3x3d2 scale0.5 adaptivemax3 concat(conv1x1x2s1 | conv3x3x3) globalavg fc10",
        "conv3x3x8 relu maxpool2 conv3x3x5 relu maxpool2 fc10", // fused kernels, where the processor has them
    ];

    [Fact]
    public async Task Layers_write_within_their_memory()
    {
        string? checker = Array.Find(["/lib/x86_64-linux-gnu/" + Checker, "/lib64/" + Checker, "/usr/lib/" + Checker], File.Exists);
        Assert.SkipWhen(checker is null, $"This system has no {Checker} of glibc.");
        string script =
            "$ErrorActionPreference = 'Stop'; $d = Import-Dataset Shapes -Resize 3, 6, 6; foreach ($spec in '"
            + string.Join("', '", Networks)
            + "') { [Console]::WriteLine($spec); $run = New-Network -Spec $spec -InputShape 6x6x3 -Seed 1 | "
            + "Start-Training $d -TrainFraction 0.01 -BatchSize 8 -Epochs 1 -Seed 1 -Threads 1; $null = Measure-Accuracy $run; "
            + "[GC]::Collect(); [GC]::WaitForPendingFinalizers() }; 'done'";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "cnsh.dll"), "-Command", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["CONVNETSHELL_MODULE"] = (string)AppContext.GetData("ConvNetShell.Manifest")!;
        start.Environment["LD_PRELOAD"] = checker;
        start.Environment["GLIBC_TUNABLES"] = "glibc.malloc.check=3";
        start.Environment["NO_COLOR"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string[] lines = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Split(
            '\n',
            StringSplitOptions.RemoveEmptyEntries
        );
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(1)));
        Assert.True(lines[^1] == "done", $"{lines[^1]}: {await error}");
    }
}
