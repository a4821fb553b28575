using System.Globalization;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>A session that keeps its runs: they share the images of their dataset.</summary>
[Trait("Speed", "Slow")]
public sealed class RunMemoryTests
{
    private const string Script = """
        $network = New-Network -Spec 'conv3x3x8 relu pool2 fc10' -InputShape 3,32,32 -Seed 1
        function Get-Memory {
            [GC]::Collect(); [GC]::WaitForPendingFinalizers(); [GC]::Collect()
            [System.Environment]::WorkingSet / 1MB
        }
        $runs = foreach ($i in 1..40) {
            $network | Start-Training Shapes -Epochs 1 -TrainFraction 0.02 -MaxSteps 3 -WarningAction SilentlyContinue
            if ($i -eq 10) { $before = Get-Memory }
        }
        "$($runs.Count) $([int]((Get-Memory) - $before))"
        """;

    [Fact]
    public void Forty_runs_take_little_more_memory_than_ten()
    {
        using var home = new TempFolder();
        (int exitCode, string output, string error) = ChildShell.Run(Script, home);
        Assert.True(exitCode == 0, error);
        string[] numbers = output.Trim().Split(' ');
        Assert.Equal("40", numbers[0]);
        Assert.InRange(int.Parse(numbers[1], CultureInfo.InvariantCulture), -1000, 50); // MB; a copy of the images each would be 900
    }
}
