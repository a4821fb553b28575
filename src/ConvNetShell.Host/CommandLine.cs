namespace ConvNetShell.Host;

/// <summary>What the program was asked to do.</summary>
internal sealed record CommandLine
{
    /// <summary>Printed by <c>-Help</c>.</summary>
    public const string Help = """
        cnsh: PowerShell with the ConvNetShell module, in one small program.

        cnsh                                   a prompt; or runs the script text on standard input
        cnsh [-File] script.ps1 [arguments]    runs a script file
        cnsh -Command text                     runs text; -Command - reads it from standard input
        cnsh kernel install                    installs the Jupyter kernel; cnsh kernel lists more

        -Command, -c          the rest of the line is script text
        -File, -f             the rest of the line is a script and its arguments
        -WorkingDirectory dir start in this folder
        -NonInteractive       never ask; a question is an error
        -NoModule             do not import ConvNetShell
        -NoLogo, -NoProfile   accepted as pwsh has them; cnsh has neither logo nor profile
        -Version, -v          print the version
        -Help, -h             print this

        CONVNETSHELL_MODULE   the ConvNetShell.psd1 to import instead of the one found beside or above the program
        NO_COLOR              no colours
        """;

    public string? Command { get; private init; }

    public string? File { get; private init; }

    public IReadOnlyList<string> Arguments { get; private init; } = [];

    public string? WorkingDirectory { get; private init; }

    public bool NonInteractive { get; private init; }

    public bool NoModule { get; private init; }

    public bool ShowHelp { get; private init; }

    public bool ShowVersion { get; private init; }

    /// <summary>Reads the arguments as pwsh does: names in any case, with one dash or two.</summary>
    /// <exception cref="ArgumentException">An option is unknown or lacks its value.</exception>
    public static CommandLine Parse(IReadOnlyList<string> words)
    {
        var line = new CommandLine();
        for (int i = 0; i < words.Count; i++)
        {
            if (!words[i].StartsWith('-'))
            {
                return line with { File = words[i], Arguments = [.. words.Skip(i + 1)] };
            }

            switch (words[i].TrimStart('-').ToUpperInvariant())
            {
                case "C" or "COMMAND":
                    Value(words, i);
                    return line with { Command = string.Join(' ', words.Skip(i + 1)) };
                case "F" or "FILE":
                    return line with { File = Value(words, i), Arguments = [.. words.Skip(i + 2)] };
                case "WD" or "WORKINGDIRECTORY":
                    line = line with { WorkingDirectory = Value(words, i++) };
                    break;
                case "EX" or "EP" or "EXECUTIONPOLICY":
                    Value(words, i++);
                    break;
                case "NONI" or "NONINTERACTIVE":
                    line = line with { NonInteractive = true };
                    break;
                case "NOMODULE":
                    line = line with { NoModule = true };
                    break;
                case "NOL" or "NOLOGO" or "NOP" or "NOPROFILE":
                    break;
                case "V" or "VERSION":
                    line = line with { ShowVersion = true };
                    break;
                case "H" or "HELP" or "?":
                    line = line with { ShowHelp = true };
                    break;
                default:
                    throw new ArgumentException($"cnsh has no such option; cnsh -Help lists them. Received: {words[i]}.", nameof(words));
            }
        }

        return line;
    }

    private static string Value(IReadOnlyList<string> words, int option) => option + 1 < words.Count
        ? words[option + 1]
        : throw new ArgumentException($"The option needs a value after it. Received: {words[option]} at the end of the line.", nameof(words));
}
