using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Which data a network is trained on when the user names none, and when the named one is not to be had.</summary>
public sealed class DefaultDatasetTests : IDisposable
{
    // The warning comes before the first step, and this learning rate ends the run after a few.
    private const string Quick = "$quick = @{ LearningRate = 1e30; WarningVariable = 'said'; ErrorAction = 'SilentlyContinue' }; ";

    private readonly TempFolder home = new();

    public void Dispose() => home.Dispose();

    [Fact]
    public void A_network_of_ones_own_is_trained_on_Shapes_and_that_is_said()
    {
        (int code, string output, string error) = Run(
            Quick
                + "$null = try { New-Network -Spec 'pool4 fc10' -InputShape 3,16,16 | Start-Training @quick 3> $null } catch { "
                + "}; $run = Get-TrainingRun -Last; \"$($run.Dataset.Name) $($run.Dataset.InputShape)\"; \"$said\""
        );

        Assert.Equal((0, string.Empty), (code, error.Trim()));
        Assert.Equal("Shapes 3x16x16\nNo dataset was named: the generated dataset Shapes is used. Name another with -Dataset.\n", output);
    }

    [Fact]
    public void A_presets_own_set_that_is_nowhere_is_replaced_by_Shapes_and_that_is_said()
    {
        (int code, string output, string error) = Run(
            Quick
                + "$null = try { New-Network CIFAR10 | Start-Training @quick 3> $null } catch { }; (Get-TrainingRun "
                + "-Last).Dataset.Name; \"$said\""
        );

        Assert.Equal((0, string.Empty), (code, error.Trim()));
        Assert.StartsWith("Shapes\nCIFAR10 is not on this machine.", output, StringComparison.Ordinal);
        Assert.EndsWith("The generated dataset Shapes is used instead.\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dataset_the_user_named_is_never_replaced()
    {
        (_, string output, _) = Run(
            "$run = New-Network CIFAR10 | Start-Training CIFAR10 -Epochs 1 -ErrorVariable wrong 2> $null; \"$($run.Count) "
                + "$($wrong[0].FullyQualifiedErrorId)\"; \"$($wrong[0].CategoryInfo.Category) $(@(Get-TrainingRun).Count)\""
        );

        Assert.Equal("0 Dataset.Unavailable,ConvNetShell.Cmdlets.Commands.Training.StartTrainingCommand\nObjectNotFound 0\n", output);
    }

    [Fact]
    public void Nothing_is_downloaded_that_need_not_be()
    {
        (_, string output, _) = Run(
            "Import-Dataset MNIST -NoDownload -ErrorVariable wrong 2> $null; \"$($wrong[0].FullyQualifiedErrorId)\""
        );

        Assert.StartsWith("Dataset.Unavailable", output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home["data", "ConvNetShell"]));
    }

    // No name resolves and no server answers: every request goes to a proxy that is not there.
    private (int ExitCode, string Output, string Error) Run(string script) =>
        ChildShell.Run(
            script + "\nexit 0",
            home,
            new Dictionary<string, string>
            {
                ["http_proxy"] = "http://127.0.0.1:9",
                ["https_proxy"] = "http://127.0.0.1:9",
                ["all_proxy"] = "http://127.0.0.1:9",
                ["no_proxy"] = string.Empty,
            }
        );
}
