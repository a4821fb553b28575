using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ConvNetShell.Module.Tests.Support;
using ConvNetShell.Testing;

namespace ConvNetShell.Module.Tests;

/// <summary>Ctrl+C while a network trains: the pipeline ends, and the run so far is kept.</summary>
[Trait("Speed", "Slow")]
public sealed class StopTests(ModuleFixture module)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("conv3x3x4 relu pool2 fc3", 4, 2, "")] // quick steps: several epochs have ended
    [InlineData("conv3x3x4 relu pool2 fc3", 4, 2, "-Verbose 4> $null")] // an epoch's line may be written while stopping
    [InlineData("conv5x5x256 relu conv5x5x256 relu fc3", 32, 1, "")] // slow steps: stopped within one, which then reports
    public async Task The_run_so_far_is_kept(string spec, int batch, int epoch, string options)
    {
        using var begun = new ManualResetEventSlim();
        EngineSession session = null!;
        EngineResult result = null!;
        var thread = new Thread(() =>
        {
            // A session belongs to the thread it runs scripts on.
            session = ModuleFixture.NewSession(onProgress: record =>
            {
                if (EpochOf(record) >= epoch)
                {
                    begun.Set();
                }
            });
            session.Invoke("param($images) $images = Import-Dataset $images", module.Images);
            result = session.Collect(
                $"New-Network -Spec '{spec}' -InputShape 3,8,8 | Start-Training $images -Epochs 100000 -BatchSize {batch} {options}"
            );
        });
        thread.Start();
        Assert.True(begun.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        await Task.Run(session.Stop, TestContext.Current.CancellationToken).WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(thread.Join(Patience));

        using (session)
        {
            Assert.True(session.WasStopped);
            Assert.Empty(result.Output);
            Assert.Equal("Stopped", session.Invoke("$run = Get-TrainingRun -Last; \"$($run.Status)\"").SingleOrDefault()?.ToString());
            Assert.True(LanguagePrimitives.ConvertTo<int>(session.Invoke("$run.History.Count")[0]) >= epoch - 1);
            Assert.Equal(
                "True",
                session
                    .Invoke(
                        """
                        $probability = (Select-Sample $images -Count 3 | Get-Prediction $run -Top 3).Probability
                        $probability.Count -eq 9 -and -not ($probability | Where-Object { -not [double]::IsFinite($_) })
                        """
                    )[0]
                    .ToString()
            );
        }
    }

    [Fact]
    public void A_session_that_was_stopped_trains_again()
    {
        using EngineSession session = ModuleFixture.NewSession();
        session.Stop();

        Assert.Equal(
            "Completed",
            session
                .Invoke(
                    "param($images) (New-Network -Spec 'fc3' -InputShape 3,8,8 | Start-Training $images -Epochs 1 -BatchSize 8).Status",
                    module.Images
                )[0]
                .ToString()
        );
    }

    private static int EpochOf(ProgressRecord record) =>
        Regex.Match(record.StatusDescription, @"^epoch (\d+)/") is { Success: true } match
            ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : 0;
}
