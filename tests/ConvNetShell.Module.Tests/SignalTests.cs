using System.Diagnostics;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>A training whose terminal is closed, or that a scheduler ends.</summary>
[Trait("Speed", "Slow")]
public sealed class SignalTests
{
    [Theory]
    [InlineData("TERM", 128 + 15)]
    [InlineData("HUP", 128 + 1)]
    public async Task The_last_step_is_kept_and_the_training_resumes(string signal, int code)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs the signals of Linux.");
        CancellationToken stop = TestContext.Current.CancellationToken;
        using var home = new TempFolder();
        TinyImages.WriteDataset(home["colors"]);
        using Process process = ChildShell.Start(
            "$net = New-Network -Spec 'conv3x3x8 relu pool2 fc3' -InputShape 3,8,8; $net | Start-Training ./colors -Epochs 60 "
                + "-CheckpointPath ./kept -CheckpointEvery 1000 "
                + "-OnEpoch { if ($_.Epoch -eq 2) { [Console]::WriteLine('begun'); Start-Sleep 60 } }",
            home
        );
        Task<string> error = process.StandardError.ReadToEndAsync(stop);
        string? begun = await process.StandardOutput.ReadLineAsync(stop);
        Assert.True(begun == "begun", begun is null ? await error : begun);
        string[] before = Directory.GetFiles(home["kept"], "*.checkpoint");

        using Process kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);

        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)));
        Assert.Equal(code, process.ExitCode);
        Assert.Single(Directory.GetFiles(home["kept"], "*.checkpoint").Except(before));
        (int resumed, string output, string said) = ChildShell.Run("$run = Resume-Training ./kept; $run.Status; $run.History.Count", home);
        Assert.True(resumed == 0, said);
        Assert.Equal("Completed\n60\n", output);
    }
}
