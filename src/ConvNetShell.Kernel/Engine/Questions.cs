using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The questions of PowerShell's host, each as lines asked of the front end.</summary>
internal sealed class Questions(ICellInput? input, CellOutput output)
{
    private const string Nobody =
        "Nobody can be asked: the front end runs this cell without standard input. Give the values as parameters, or run the "
        + "cell in a front end that takes questions.";

    /// <summary>Asks for a line.</summary>
    public string Ask(string prompt, bool password) => (input ?? throw new PSInvalidOperationException(Nobody)).Ask(prompt, password);

    /// <summary>Asks for a line that is not shown.</summary>
    public SecureString Secret(string prompt)
    {
        var secret = new SecureString();
        foreach (char character in Ask(prompt, password: true))
        {
            secret.AppendChar(character);
        }

        secret.MakeReadOnly();
        return secret;
    }

    /// <summary>Asks for a user name, unless it is known, and a password.</summary>
    public PSCredential Credential(string? caption, string? message, string? userName)
    {
        Heading(caption, message);
        string name = string.IsNullOrEmpty(userName) ? Ask("User: ", password: false) : userName;
        return new PSCredential(name, Secret($"Password for user {name}: "));
    }

    /// <summary>Asks for the values of fields, each in its type.</summary>
    public Dictionary<string, PSObject> Fields(string? caption, string? message, IEnumerable<FieldDescription> fields)
    {
        Heading(caption, message);
        return fields.ToDictionary(field => field.Name, field => PSObject.AsPSObject(Field(field)));
    }

    /// <summary>Asks for one of several choices.</summary>
    public int Choice(string? caption, string? message, IReadOnlyList<ChoiceDescription> choices, int standard)
    {
        string question = Offer(caption, message, choices, standard < 0 ? [] : [standard]);
        while (true)
        {
            string answer = Ask(question, password: false).Trim();
            int chosen = answer.Length == 0 ? standard : Find(choices, answer);
            if (chosen >= 0)
            {
                return chosen;
            }

            Explain(choices, answer);
        }
    }

    /// <summary>Asks for any number of choices; an empty line ends the answer.</summary>
    public Collection<int> Choices(string? caption, string? message, IReadOnlyList<ChoiceDescription> choices, IReadOnlyList<int> standard)
    {
        string question = Offer(caption, message, choices, standard);
        var chosen = new Collection<int>();
        while (true)
        {
            string answer = Ask(string.Create(CultureInfo.CurrentCulture, $"{question}[{chosen.Count}] "), password: false).Trim();
            if (answer.Length == 0)
            {
                return chosen.Count == 0 ? [.. standard] : chosen;
            }

            if (Find(choices, answer) is >= 0 and var index)
            {
                chosen.Add(index);
            }
            else
            {
                Explain(choices, answer);
            }
        }
    }

    private object? Field(FieldDescription field)
    {
        string prompt =
            (string.IsNullOrEmpty(field.Label) ? field.Name : field.Label.Replace("&", string.Empty, StringComparison.Ordinal)).TrimEnd(
                ':',
                ' '
            ) + ": ";
        Type type = LanguagePrimitives.ConvertTo<Type>(field.ParameterTypeFullName) ?? typeof(string);
        if (type == typeof(SecureString))
        {
            return Secret(prompt);
        }

        if (type == typeof(PSCredential))
        {
            return Credential(null, null, null);
        }

        if (!type.IsArray)
        {
            return LanguagePrimitives.ConvertTo(Ask(prompt, password: false), type, CultureInfo.CurrentCulture);
        }

        List<string> lines = [];
        while (Ask(string.Create(CultureInfo.InvariantCulture, $"{field.Name}[{lines.Count}]: "), password: false) is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        return LanguagePrimitives.ConvertTo(lines.ToArray(), type, CultureInfo.CurrentCulture);
    }

    private void Heading(params IEnumerable<string?> lines)
    {
        foreach (string? line in lines.Where(line => !string.IsNullOrEmpty(line)))
        {
            output.Write(CellOutput.Out, line + "\n");
        }
    }

    private string Offer(string? caption, string? message, IReadOnlyList<ChoiceDescription> choices, IReadOnlyList<int> standard)
    {
        Heading(caption, message);
        string offers = string.Join("  ", choices.Select(choice => $"[{Key(choice)}] {Name(choice)}"));
        return standard.Count == 0
            ? $"{offers}: "
            : $"{offers} (default is \"{string.Join(',', standard.Select(index => Key(choices[index])))}\"): ";
    }

    private void Explain(IEnumerable<ChoiceDescription> choices, string answer)
    {
        if (answer != "?")
        {
            Heading($"There is no choice '{answer}'.");
        }

        Heading(
            choices.Select(choice => $"{Key(choice)} - {(string.IsNullOrEmpty(choice.HelpMessage) ? Name(choice) : choice.HelpMessage)}")
        );
    }

    private static int Find(IReadOnlyList<ChoiceDescription> choices, string answer)
    {
        for (int i = 0; i < choices.Count; i++)
        {
            if (Same(Key(choices[i]), answer) || Same(Name(choices[i]), answer))
            {
                return i;
            }
        }

        return -1;
    }

    // "&Yes" is chosen by Y or Yes; a label without an ampersand by itself.
    private static string Key(ChoiceDescription choice) =>
        choice.Label.IndexOf('&') is >= 0 and var mark && mark + 1 < choice.Label.Length
            ? choice.Label[mark + 1].ToString().ToUpper(CultureInfo.CurrentCulture)
            : Name(choice);

    private static string Name(ChoiceDescription choice) => choice.Label.Replace("&", string.Empty, StringComparison.Ordinal);

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.CurrentCultureIgnoreCase);
}
