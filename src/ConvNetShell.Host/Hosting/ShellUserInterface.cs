using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ConvNetShell.Host.Hosting;

/// <summary>Writes the session's streams to its writers, and asks questions on its reader.</summary>
internal sealed class ShellUserInterface(EngineSessionOptions options) : PSHostUserInterface
{
    private readonly ProgressView? _progress = options.IsTerminal ? new ProgressView(options) : null;

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(options);

    public override bool SupportsVirtualTerminal => options.UseColour;

    public void EndProgress() => _progress?.Erase();

    public override void Write(string value) => WriteTo(options.Output, value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(options.UseColour ? Colour(foregroundColor, backgroundColor) + value + PSStyle.Instance.Reset : value);

    public override void WriteLine(string value) => WriteTo(options.Output, value + Environment.NewLine);

    public override void WriteErrorLine(string value) => WriteTo(options.Error, value + Environment.NewLine);

    public override void WriteWarningLine(string message) => WriteMarked(PSStyle.Instance.Formatting.Warning, "WARNING", message);

    public override void WriteVerboseLine(string message) => WriteMarked(PSStyle.Instance.Formatting.Verbose, "VERBOSE", message);

    public override void WriteDebugLine(string message) => WriteMarked(PSStyle.Instance.Formatting.Debug, "DEBUG", message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        options.OnProgress?.Invoke(record);
        _progress?.Update(sourceId, record);
    }

    public override string ReadLine()
    {
        EndProgress();
        options.Output.Flush();
        return Reader.ReadLine() ?? string.Empty;
    }

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        foreach (char character in options.IsTerminal ? ReadHidden() : ReadLine())
        {
            secret.AppendChar(character);
        }

        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            Write($"{field.Name}: ");
            answers[field.Name] = PSObject.AsPSObject(ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        WriteHeading(caption, message);
        (string Key, string Name)[] offers = [.. choices.Select(choice => Offer(choice.Label))];
        while (true)
        {
            string question = string.Join("  ", offers.Select(offer => $"[{offer.Key}] {offer.Name}"));
            Write(defaultChoice < 0 ? $"{question}: " : $"{question} (default is \"{offers[defaultChoice].Key}\"): ");
            string answer = ReadLine().Trim();
            int index = answer.Length == 0
                ? defaultChoice
                : Array.FindIndex(offers, offer => Same(offer.Key, answer) || Same(offer.Name, answer));
            if (index >= 0)
            {
                return index;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption, string message, string userName, string targetName, PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        WriteHeading(caption, message);
        string name = userName;
        if (string.IsNullOrEmpty(name))
        {
            Write("User: ");
            name = ReadLine();
        }

        Write($"Password for user {name}: ");
        return new PSCredential(name, ReadLineAsSecureString());
    }

    private TextReader Reader =>
        options.Input ?? throw new PSInvalidOperationException("Nobody can be asked: the session is not interactive.");

    private void WriteTo(TextWriter writer, string text)
    {
        EndProgress();
        // The formatters always style their text; the engine's own rule says when the styles are taken out.
        writer.Write(GetOutputString(text, SupportsVirtualTerminal));
    }

    private void WriteMarked(string style, string mark, string message) =>
        WriteLine(options.UseColour ? $"{style}{mark}: {message}{PSStyle.Instance.Reset}" : $"{mark}: {message}");

    private void WriteHeading(string caption, string message)
    {
        foreach (string line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            WriteLine(line);
        }
    }

    private string ReadHidden()
    {
        _ = Reader;
        EndProgress();
        var typed = new List<char>();
        while (Console.ReadKey(intercept: true) is var key && key.Key != ConsoleKey.Enter)
        {
            if (key.Key != ConsoleKey.Backspace)
            {
                typed.Add(key.KeyChar);
            }
            else if (typed.Count > 0)
            {
                typed.RemoveAt(typed.Count - 1);
            }
        }

        WriteLine(string.Empty);
        return string.Concat(typed);
    }

    private static string Colour(ConsoleColor foreground, ConsoleColor background) =>
        PSStyle.Instance.Foreground.FromConsoleColor(foreground) + (background == ConsoleColor.Black ? string.Empty : PSStyle.Instance.Background.FromConsoleColor(background));

    // "&Yes" offers "Yes" under the key Y; a label without an ampersand is its own key.
    private static (string Key, string Name) Offer(string label)
    {
        int mark = label.IndexOf('&');
        string name = label.Replace("&", string.Empty, StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length ? (label[mark + 1].ToString().ToUpper(CultureInfo.CurrentCulture), name) : (name, name);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.CurrentCultureIgnoreCase);
}
