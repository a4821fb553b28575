using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>Figures in a real terminal: one that draws pixels, one that does not, one that does not answer.</summary>
[Trait("Speed", "Slow")]
public sealed class TerminalTests
{
    private const string Question = "\u001b[c",
        Pixels = "\u001bP0;1;0q",
        HalfBlock = "▀";
    private const string Script = "Get-Filter (New-Network -Spec 'conv3x3x4 fc2' -InputShape 3,8,8) conv1 | Show-Image; 'the end'";

    [Theory]
    [InlineData("\u001b]11;rgb:0000/0000/0000\u001b\\\u001b[6;18;9t\u001b[?62;4;22c", true)]
    [InlineData("\u001b[?62;22c", false)]
    [InlineData(null, false)]
    public void It_is_asked_once_and_gets_what_it_draws(string? answer, bool pixels)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a pseudo terminal of Linux.");

        string shown = PseudoTerminal.Run($"{Script}; {Script}", Question, answer, new Dictionary<string, string>());

        Assert.Equal(2, shown.Split(Question).Length); // the second figure is drawn without a question
        Assert.Equal(pixels ? 3 : 1, shown.Split(Pixels).Length);
        Assert.Equal(!pixels, shown.Contains(HalfBlock, StringComparison.Ordinal));
        Assert.Contains("the end", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("62;22c", shown, StringComparison.Ordinal); // no echo of the answer
    }

    [Theory]
    [InlineData("NO_COLOR", "1", "", Script)]
    [InlineData("CONVNETSHELL_SIXEL", "0", HalfBlock, Script)]
    [InlineData("CONVNETSHELL_SIXEL", "1", Pixels, Script)]
    [InlineData(
        "CONVNETSHELL_SIXEL",
        "",
        "conv1: 4 pictures",
        "$words = Get-Filter (New-Network -Spec 'conv3x3x4 fc2' -InputShape 3,8,8) conv1 | Show-Image 6>&1 | Out-String; "
            + "\"[$words]\"; 'the end'"
    )]
    public void What_the_user_says_goes_first(string variable, string value, string sign, string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a pseudo terminal of Linux.");

        string shown = PseudoTerminal.Run(script, Question, "\u001b[?62;4c", new Dictionary<string, string> { [variable] = value });

        Assert.Contains(sign, shown, StringComparison.Ordinal);
        Assert.Equal(sign == Pixels, shown.Contains(Pixels, StringComparison.Ordinal));
        Assert.DoesNotContain(Question, shown, StringComparison.Ordinal); // decided, or not drawn to the terminal
    }

    [Fact]
    public void What_scripts_say_during_a_training_stays_above_its_figure()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs a pseudo terminal of Linux.");

        string shown = PseudoTerminal.Run(
            "$net = New-Network -Spec 'conv3x3x2 relu pool2 fc10' -InputShape 3,32,32; $null = $net | Start-Training Shapes "
                + "-Epochs 2 -TrainFraction 0.05 -ShowFilters -OnEpoch { \"epoch $($_.Epoch) said\" }",
            Question,
            null,
            new Dictionary<string, string> { ["CONVNETSHELL_SIXEL"] = "0" }
        );

        string[] lines = Screen(shown);
        Assert.Equal(["epoch 1 said", "epoch 2 said"], lines.Where(line => line.Contains("said", StringComparison.Ordinal)));
        Assert.Single(
            lines,
            line => line.Contains("loss", StringComparison.Ordinal) && line.Contains("accuracy", StringComparison.Ordinal)
        ); // one figure, the last
        Assert.True(
            Array.FindIndex(lines, line => line.StartsWith("epoch 2 said", StringComparison.Ordinal))
                < Array.FindIndex(lines, line => line.Contains("Network on Shapes", StringComparison.Ordinal))
        );
        Assert.Contains(lines, line => line.StartsWith("conv1", StringComparison.Ordinal));
    }

    /// <summary>Returns what is left to read of text, lines, moves up and erasures.</summary>
    private static string[] Screen(string text)
    {
        var lines = new List<string> { string.Empty };
        int row = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '\u001b' && i + 1 < text.Length && text[i + 1] == '[')
            {
                int end = i + 2;
                while (!char.IsAsciiLetter(text[end]))
                {
                    end++;
                }
                if (text[end] == 'A')
                {
                    row = Math.Max(0, row - int.Parse(text[(i + 2)..end], System.Globalization.CultureInfo.InvariantCulture));
                }
                else if (text[end] == 'J')
                {
                    lines.RemoveRange(row, lines.Count - row);
                    lines.Add(string.Empty);
                }
                i = end;
            }
            else if (text[i] == '\n')
            {
                row++;
                if (row == lines.Count)
                {
                    lines.Add(string.Empty);
                }
            }
            else if (!char.IsControl(text[i]))
            {
                lines[row] += text[i];
            }
        }
        return [.. lines];
    }
}
