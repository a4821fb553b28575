using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>
/// Trainings that are killed, as by a power cut, at random moments. The variable sets how many times; 100 take five minutes.
/// </summary>
[Trait("Speed", "Slow")]
public sealed class KillTests
{
    private const string Variable = "CONVNETSHELL_TEST_KILLS";
    private const int StandardKills = 3,
        LongestLife = 1000; // ms after the start of the first training

    /// <summary>Trains each case of options that have state, or resumes it, into the folders of a round.</summary>
    private const string Script = """
        param([string]$Round)
        $ErrorActionPreference = 'Stop'
        $plain = Import-Dataset ./colors
        $mixed = $plain | Add-Augmentation -Mixup 0.4 -Flip -Shift 1 -Color 0.2
        $cut = $plain | Add-Augmentation -CutMix 0.5 -Cutout 2 -Rotation 20
        $cases = @(
            @{ Spec = 'conv3x3x8 relu pool2 drop0.2 conv3x3x16 relu fc3'; Data = $plain; Average = 'EMA'; Threads = 1 }
            @{ Spec = 'conv3x3x8 bn relu pool2 spatialdrop0.3 fc3'; Data = $plain; Optimizer = 'Adam'; Average = 'SWA' }
            @{ Spec = 'conv3x3x8 gn2 relu pool2 fc3'; Data = $mixed; Optimizer = 'AdamW'; LabelSmoothing = 0.1; Threads = 2 }
            @{ Spec = 'conv3x3x8 relu res(conv3x3x8 bn relu) pool2 fc3'; Data = $cut; Optimizer = 'RMSprop'; AccumulateBatches = 3;
               ClipNorm = 1 }
            @{ Spec = 'conv3x3x8 relu pool2 fc3'; Data = $plain; Optimizer = 'Adadelta'; ClassWeight = 'Balanced'; Schedule = 'Plateau';
               StepSize = 2 }
            @{ Spec = 'conv3x3x8 relu pool2 drop0.1 fc8 relu fc3'; Data = $mixed; Optimizer = 'Muon'; Schedule = 'Step'; KeepLast = $true }
        )
        'begun'
        foreach ($index in 0..($cases.Count - 1)) {
            $folder = "./$Round-$index"
            if (Test-Path "$folder/done") { continue }
            if (Test-Path "$folder/*.checkpoint") { $null = Resume-Training $folder }
            else {
                $options = $cases[$index].Clone()
                $network = New-Network -Spec $options.Spec -InputShape 3, 8, 8 -Seed 2
                $data = $options.Data
                $options.Remove('Spec'); $options.Remove('Data')
                $null = $network | Start-Training $data -Epochs 12 -BatchSize 4 -Seed 6 -CheckpointSteps 2 -CheckpointPath $folder @options
            }
            Set-Content "$folder/done" 'done'
        }
        """;

    /// <summary>Again and again kill -9; each time the next process continues from what is on disk.</summary>
    [Fact]
    public async Task Trainings_that_are_killed_again_and_again_end_with_the_same_numbers()
    {
        int wanted = int.Parse(Environment.GetEnvironmentVariable(Variable) ?? $"{StandardKills}", CultureInfo.InvariantCulture);
        using var home = new TempFolder();
        TinyImages.WriteDataset(home["colors"]);
        File.WriteAllText(home["train.ps1"], Script);
        var random = new Random(20);
        int kills = 0;
        Assert.False(await IsKilled(home, "peace", Timeout.Infinite));
        for (int round = 0; kills < wanted; round++)
        {
            while (await IsKilled(home, $"round{round}", kills < wanted ? random.Next(LongestLife) : Timeout.Infinite))
            {
                kills++;
            }
            for (int index = 0; Directory.Exists(home[$"peace-{index}"]); index++)
            {
                Assert.True(
                    Numbers(home[$"peace-{index}"]).SequenceEqual(Numbers(home[$"round{round}-{index}"])),
                    $"Case {index} of round {round} ended with other weights or another state after {kills} kills."
                );
                Directory.Delete(home[$"round{round}-{index}"], recursive: true);
            }
        }
        Assert.True(kills >= wanted);
    }

    private static async Task<bool> IsKilled(TempFolder home, string round, int life)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using Process process = ChildShell.Start($"& ./train.ps1 {round}", home);
        Task<string> error = process.StandardError.ReadToEndAsync(stop);
        string? begun = await process.StandardOutput.ReadLineAsync(stop);
        Assert.True(begun == "begun", begun is null ? await error : begun);
        if (process.WaitForExit(life))
        {
            Assert.True(process.ExitCode == 0, await error);
            return false;
        }
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(stop);
        return true;
    }

    /// <summary>The tensors of a run's last checkpoint: the weights, the averages, and the state of the optimizer and of dropout.</summary>
    private static byte[] Numbers(string folder)
    {
        const int prefix = sizeof(long); // the length of the header, which has times and a checksum
        string last = Directory.GetFiles(folder, "epoch0012-*.checkpoint").Order(StringComparer.Ordinal).Last();
        byte[] file = File.ReadAllBytes(last);
        int header = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        return file[(prefix + header)..];
    }
}
