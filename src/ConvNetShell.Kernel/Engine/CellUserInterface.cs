using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>Writes the host's streams into the cell's output; questions go to the front end.</summary>
internal sealed class CellUserInterface(CellOutput output) : PSHostUserInterface, IHostUISupportsMultipleChoiceSelection
{
    private readonly StringBuilder openLine = new();
    private StringBuilder? capture;

    public override PSHostRawUserInterface RawUI { get; } = new CellRawUserInterface();

    public override bool SupportsVirtualTerminal => AnsiText.HasColor;

    /// <summary>Whom the present cell asks; null where the front end takes no questions.</summary>
    public ICellInput? Input { get; set; }

    /// <summary>True while the formatter of the cell's own output writes.</summary>
    public bool IsFormatting { get; set; }

    /// <summary>The bar of Write-Progress.</summary>
    public ProgressDisplay Progress { get; } = new(output);

    private Questions Questions => new(Input, output);

    /// <summary>Collects the output meanwhile.</summary>
    public string Capture(Action action)
    {
        StringBuilder? outer = this.capture;
        this.capture = new StringBuilder();
        try
        {
            action();
            return this.capture.ToString();
        }
        finally
        {
            this.capture = outer;
        }
    }

    /// <summary>Does something that asks nobody; a question is an error meanwhile.</summary>
    public T WithoutInput<T>(Func<T> function)
    {
        ICellInput? outer = Input;
        Input = null;
        try
        {
            return function();
        }
        finally
        {
            Input = outer;
        }
    }

    /// <summary>A cell begins or ends.</summary>
    public void Reset()
    {
        openLine.Clear();
        Progress.End();
    }

    public override void Write(string value) => WriteTo(CellOutput.Out, value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(AnsiText.Paint(value, Choice(foregroundColor, RawUI.ForegroundColor), Choice(backgroundColor, RawUI.BackgroundColor)));

    public override void WriteLine(string value) => WriteTo(CellOutput.Out, value + "\n");

    public override void WriteErrorLine(string value) => WriteTo(CellOutput.Error, value + "\n");

    public override void WriteWarningLine(string message) => WriteErrorLine(AnsiText.Paint($"WARNING: {message}", ConsoleColor.DarkYellow));

    public override void WriteVerboseLine(string message) => WriteErrorLine($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => WriteErrorLine($"DEBUG: {message}");

    public override void WriteProgress(long sourceId, ProgressRecord record) => Progress.Take(sourceId, record);

    // A text that was left open stands before the question, as in a terminal: the front end shows it with its box.
    public override string ReadLine() => Questions.Ask(TakeOpenLine(), password: false);

    public override SecureString ReadLineAsSecureString() => Questions.Secret(TakeOpenLine());

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        Questions.Fields(caption, message, descriptions);

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice) =>
        Questions.Choice(caption, message, choices, defaultChoice);

    public Collection<int> PromptForChoice(
        string? caption,
        string? message,
        Collection<ChoiceDescription> choices,
        IEnumerable<int>? defaultChoices
    ) => Questions.Choices(caption, message, choices, [.. defaultChoices ?? []]);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        Questions.Credential(caption, message, userName);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options
    ) => Questions.Credential(caption, message, userName);

    private static ConsoleColor? Choice(ConsoleColor color, ConsoleColor usual) => color == usual ? null : color;

    private void WriteTo(string stream, string text)
    {
        text = AnsiText.Clean(text);
        if (this.capture is { } capture)
        {
            capture.Append(text);
        }
        else if (IsFormatting && stream == CellOutput.Out)
        {
            output.WriteResult(AnsiText.WithoutAccents(text));
        }
        else
        {
            openLine.Append(text);
            int end = openLine.ToString().LastIndexOf('\n');
            openLine.Remove(0, end + 1);
            output.Write(stream, text);
        }
    }

    private string TakeOpenLine()
    {
        string line = openLine.ToString();
        openLine.Clear();
        output.TakeBack(line);
        return line;
    }
}
