using System.Management.Automation;

namespace ConvNetShell.Host;

/// <summary>The shell part of the program: reads its command line, starts a session on the console and runs what was asked.</summary>
internal static class Shell
{
    private const int BadCommandLine = 64;
    private const int StartFailed = 70;

    public static int Start(IReadOnlyList<string> words)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Parse(words);
        }
        catch (ArgumentException exception)
        {
            Console.Error.WriteLine(exception.Message);
            return BadCommandLine;
        }

        if (line.ShowHelp || line.ShowVersion)
        {
            Console.Out.WriteLine(line.ShowHelp ? CommandLine.Help : VersionText());
            return 0;
        }

        try
        {
            using EngineSession session = EngineSession.Create(ConsoleOptions(line));
            using var signals = new StopSignals(session);
            return Run(session, line);
        }
        catch (Exception exception) when (exception is IOException or RuntimeException)
        {
            Console.Error.WriteLine($"cnsh: {exception.Message}");
            return StartFailed;
        }
    }

    private static int Run(EngineSession session, CommandLine line) => line switch
    {
        { File: { } file } => session.RunFile(file, line.Arguments),
        { Command: { } command } when command != "-" => session.Run(command),
        { Command: null } when !Console.IsInputRedirected => Prompt.Loop(session),
        _ => session.Run(Console.In.ReadToEnd()),
    };

    private static EngineSessionOptions ConsoleOptions(CommandLine line)
    {
        bool terminal = !Console.IsOutputRedirected && !Console.IsErrorRedirected;
        return new EngineSessionOptions
        {
            ModulePath = line.NoModule ? null : ModuleLocator.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(ModuleLocator.Variable)),
            Output = Console.Out,
            Error = Console.Error,
            Input = line.NonInteractive ? null : Console.In,
            IsTerminal = terminal,
            UseColour = terminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = Console.IsOutputRedirected ? 120 : null,
            WorkingDirectory = line.WorkingDirectory is { } folder ? Path.GetFullPath(folder) : null,
        };
    }

    private static string VersionText() =>
        $"cnsh {typeof(Shell).Assembly.GetName().Version!.ToString(3)} (PowerShell {PSVersionInfo.PSVersion})";
}
