namespace ConvNetShell.Rendering.Terminal;

/// <summary>Finds out whether the terminal of this process draws pixels.</summary>
public static class SixelTerminal
{
    /// <summary>The environment variable that says so without a question: 1 for yes, 0 for no.</summary>
    public const string Variable = "CONVNETSHELL_SIXEL";

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Kinds = ["foot", "mlterm", "contour", "wezterm", "yaft", "sixel"],
        Programs = ["WezTerm", "mintty", "contour"];

    /// <summary>Asks the terminal; where it does not answer within half a second, or cannot be asked, its name decides.</summary>
    /// <returns>How it wants pixels; <see langword="null"/> where it draws none.</returns>
    public static SixelOptions? Find() =>
        Find(
            Environment.GetEnvironmentVariable,
            () => ControllingTerminal.Ask(TerminalAnswer.Question, TerminalAnswer.IsComplete, Patience)
        );

    /// <summary>Decides by the environment and, where that leaves it open, by an answer.</summary>
    internal static SixelOptions? Find(Func<string, string?> environment, Func<string?> ask)
    {
        string kind = environment("TERM") ?? string.Empty;
        if (environment(Variable) is { Length: > 0 } said)
        {
            return said == "0" ? null : new SixelOptions();
        }
        if (kind is "dumb" or "linux")
        {
            return null; // what these would print of the question is no answer
        }
        if (ask() is { } answer && TerminalAnswer.IsComplete(answer))
        {
            return TerminalAnswer.Read(answer);
        }
        return Kinds.Any(name => kind.Contains(name, StringComparison.Ordinal)) || Programs.Contains(environment("TERM_PROGRAM"))
            ? new SixelOptions()
            : null;
    }
}
