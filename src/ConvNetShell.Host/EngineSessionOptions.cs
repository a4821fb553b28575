namespace ConvNetShell.Host;

/// <summary>How an <see cref="EngineSession"/> is made. The defaults suit a test: no module, no terminal, nothing asked.</summary>
public sealed record EngineSessionOptions
{
    /// <summary>A module manifest (.psd1) to import at the start; null imports none.</summary>
    public string? ModulePath { get; init; }

    /// <summary>Where formatted pipeline output, warnings and the other host streams go.</summary>
    public TextWriter Output { get; init; } = TextWriter.Null;

    /// <summary>Where formatted errors go.</summary>
    public TextWriter Error { get; init; } = TextWriter.Null;

    /// <summary>Where Read-Host and confirmations read from; null makes every question an error, as <c>-NonInteractive</c> does.</summary>
    public TextReader? Input { get; init; }

    /// <summary>True when output goes to a terminal that understands ANSI: colours and progress are drawn.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>True to write colours; a terminal without them still draws progress (NO_COLOR).</summary>
    public bool UseColour { get; init; }

    /// <summary>Columns that tables may use; null asks the terminal each time.</summary>
    public int? Width { get; init; } = 120;

    /// <summary>The folder the session starts in; null is the process's current folder.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Receives each progress record beside the terminal; a kernel or a test can watch progress with it.</summary>
    public Action<System.Management.Automation.ProgressRecord>? OnProgress { get; init; }
}
