using System.Diagnostics;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Training that is killed, as by a power cut, at random moments.</summary>
[Trait("Speed", "Slow")]
public sealed class KillTests
{
    private const int Kills = 20;

    private const string Figures =
        "; \"$(($run.History | ForEach-Object { '{0:R} {1:R}' -f $_.TrainLoss, $_.ValidationLoss }) -join ' ') $((Get-Filter "
        + "$run.Network conv1 -Index 1).Values -join ' ')\"";

    private const string Stop = "$ErrorActionPreference = 'Stop'; "; // an error then ends the process with its text

    private const string Train =
        Stop
        + "$data = Import-Dataset ./colors; $run = New-Network -Spec 'conv3x3x8 relu pool2 drop0.2 conv3x3x16 relu fc3' "
        + "-InputShape 3,8,8 -Seed 2 | "
        + "Start-Training $data -Epochs 400 -BatchSize 4 -Seed 6 -Threads 1 -CheckpointSteps 7 -CheckpointPath ";

    /// <summary>
    /// Twenty times kill -9; each time the next process goes on from what is on disk. In the end the weights are those of a run that was
    /// left in peace.
    /// </summary>
    [Fact]
    public async Task A_run_that_is_killed_again_and_again_ends_with_the_same_weights()
    {
        using var home = new TempFolder();
        TinyImages.WriteDataset(home["colors"]);
        string expected = Finish(Train + "./peace" + Figures, home);
        var random = new Random(20);
        int kills = 0,
            runs = 0;
        for (int folder = 0; kills < Kills; folder++)
        {
            bool ended = false;
            while (!ended && kills < Kills)
            {
                using Process process = ChildShell.Start(Next(home, $"run{folder}"), home);
                Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
                Task<string> output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                ended = process.WaitForExit(random.Next(900, 2600));
                if (ended)
                {
                    Assert.True(process.ExitCode == 0, await error);
                    Assert.Equal(expected, (await output).ReplaceLineEndings("\n"));
                    runs++;
                    continue;
                }
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
                kills++;
            }
            if (!ended)
            {
                Assert.Equal(expected, Finish(Next(home, $"run{folder}"), home));
                runs++;
            }
        }
        Assert.Equal(Kills, kills);
        Assert.InRange(runs, 1, Kills);
    }

    /// <summary>Goes on with the run of a folder; a process that was killed before its first checkpoint begins anew.</summary>
    private static string Next(TempFolder home, string folder) =>
        Directory.Exists(home[folder]) && Directory.EnumerateFiles(home[folder], "*.checkpoint").Any()
            ? $"{Stop}$run = Resume-Training ./{folder}{Figures}"
            : $"{Train}./{folder}{Figures}";

    private static string Finish(string script, TempFolder home)
    {
        (int exitCode, string output, string error) = ChildShell.Run(script, home);
        Assert.True(exitCode == 0, error);
        return output;
    }
}
