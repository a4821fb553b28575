using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace ConvNetShell.Host.Hosting;

/// <summary>The engine's host: holds the user interface and remembers what a script passed to <c>exit</c>.</summary>
internal sealed class ShellHost(EngineSessionOptions options) : PSHost, IDisposable
{
    private readonly ShellUserInterface _userInterface = new(options);

    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ConvNetShell";

    public override PSHostUserInterface UI => _userInterface;

    public override Version Version => typeof(ShellHost).Assembly.GetName().Version!;

    public void EndProgress() => _userInterface.EndProgress();

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new PSNotSupportedException("cnsh has no nested prompt.");

    public override void ExitNestedPrompt() => throw new PSNotSupportedException("cnsh has no nested prompt.");

    public override void NotifyBeginApplication()
    {
        // A native program shares our terminal; the progress area must not lie under its output.
        _userInterface.EndProgress();
    }

    public override void NotifyEndApplication()
    {
        // Nothing to restore: cnsh changes no terminal settings.
    }

    public void Dispose() => _userInterface.EndProgress();
}
