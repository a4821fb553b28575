using System.Management.Automation.Language;

namespace ConvNetShell.Host;

/// <summary>The interactive prompt: reads until the input is a whole script, runs it, and starts again.</summary>
internal static class Prompt
{
    private const string Continuation = ">> ";

    /// <summary>Reads and runs until <c>exit</c> or the end of input.</summary>
    /// <returns>The exit code.</returns>
    public static int Loop(EngineSession session)
    {
        int last = 0;
        while (session.ExitCode is null && Read(session) is { } script)
        {
            last = session.Run(script);
        }

        return session.ExitCode ?? last;
    }

    private static string? Read(EngineSession session)
    {
        Console.Out.Write(Text(session));
        string? script = Console.In.ReadLine();
        while (script is not null && IsIncomplete(script))
        {
            Console.Out.Write(Continuation);
            string? more = Console.In.ReadLine();
            if (string.IsNullOrEmpty(more))
            {
                break;
            }

            script += "\n" + more;
        }

        return script;
    }

    // The user may redefine the function; whatever is wrong with it must not cost the prompt.
    private static string Text(EngineSession session)
    {
        EngineResult prompt = session.Collect("prompt");
        return prompt.Errors.Count == 0 ? string.Concat(prompt.Output) : $"PS {session.Location}> ";
    }

    private static bool IsIncomplete(string script)
    {
        Parser.ParseInput(script, out _, out ParseError[] errors);
        return Array.Exists(errors, error => error.IncompleteInput);
    }
}
