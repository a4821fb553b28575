using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Get-Credential: asks for a name and a password; the password is not shown.</summary>
[Cmdlet(VerbsCommon.Get, "Credential")]
[OutputType(typeof(PSCredential))]
public sealed class GetCredentialCommand : PSCmdlet
{
    private const string Caption = "PowerShell credential request", Question = "Enter your credentials.";

    /// <summary>The name, which is not asked for then; or a credential, which is returned as it is.</summary>
    [Parameter(Position = 0)]
    [Alias("UserName")]
    [ValidateNotNull]
    public object? Credential { get; set; }

    /// <summary>What is said above the question.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Message { get; set; } = Question;

    /// <summary>The title of the question.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Title { get; set; } = Caption;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        object? given = Credential is PSObject wrapper ? wrapper.BaseObject : Credential;
        WriteObject(given as PSCredential ?? Host.UI.PromptForCredential(Title, Message, given is null ? string.Empty : LanguagePrimitives.ConvertTo<string>(given), string.Empty));
    }
}
