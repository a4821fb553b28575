namespace ConvNetShell.Host.Tests;

public sealed class ProgressViewTests
{
    [Fact]
    public void A_terminal_shows_progress_and_takes_it_away_before_other_text()
    {
        var screen = new StringWriter();
        using EngineSession session = EngineSession.Create(new EngineSessionOptions { Output = screen, IsTerminal = true, Width = 60 });

        session.Run("Write-Progress Training 'epoch 1' -PercentComplete 50; 'result'; Write-Progress Training -Completed");

        Assert.StartsWith("Training  [############............] 50 %  epoch 1", screen.ToString(), StringComparison.Ordinal);
        Assert.EndsWith($"\e[1A\r\e[Jresult{Environment.NewLine}", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_updates_are_drawn_a_few_times()
    {
        var screen = new StringWriter();
        using EngineSession session = EngineSession.Create(new EngineSessionOptions { Output = screen, IsTerminal = true, Width = 60 });

        session.Run("1..100 | % { Write-Progress Training \"batch $_\" -PercentComplete $_ }");

        Assert.InRange(screen.ToString().Split("Training").Length - 1, 1, 50);
        Assert.DoesNotContain("\e[2A", screen.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_redirected_session_shows_none()
    {
        var screen = new StringWriter();
        using EngineSession session = EngineSession.Create(new EngineSessionOptions { Output = screen, Error = screen });

        session.Run("Write-Progress Training 'epoch 1' -PercentComplete 50");

        Assert.Empty(screen.ToString());
    }
}
