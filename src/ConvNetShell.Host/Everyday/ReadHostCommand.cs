using System.Security;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Read-Host: asks for a line.</summary>
[Cmdlet(VerbsCommunications.Read, "Host", DefaultParameterSetName = "AsString")]
[OutputType(typeof(string), typeof(SecureString))]
public sealed class ReadHostCommand : PSCmdlet
{
    /// <summary>The question.</summary>
    [Parameter(Position = 0, ValueFromRemainingArguments = true)]
    public object? Prompt { get; set; }

    /// <summary>Reads without showing, and returns a SecureString.</summary>
    [Parameter(ParameterSetName = "AsSecureString")]
    public SwitchParameter AsSecureString { get; set; }

    /// <summary>Reads without showing, and returns a string.</summary>
    [Parameter(ParameterSetName = "MaskInput")]
    public SwitchParameter MaskInput { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Prompt is not null)
        {
            Host.UI.Write(LanguagePrimitives.ConvertTo<string>(Prompt) + ": ");
        }

        if (!AsSecureString && !MaskInput)
        {
            WriteObject(Host.UI.ReadLine());
            return;
        }

        SecureString secret = Host.UI.ReadLineAsSecureString();
        WriteObject(AsSecureString ? secret : new System.Net.NetworkCredential(string.Empty, secret).Password);
    }
}
