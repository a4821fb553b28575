using System.Management.Automation.Host;

namespace ConvNetShell.Host.Hosting;

/// <summary>What the formatters need of a screen: its width. Cell-wise drawing is not offered.</summary>
internal sealed class ShellRawUserInterface(EngineSessionOptions options) : PSHostRawUserInterface
{
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 50;

    /// <summary>The terminal's columns; a pseudo terminal may say it has none.</summary>
    public static int TerminalWidth => Console.WindowWidth > 0 ? Console.WindowWidth : DefaultWidth;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize
    {
        get => WindowSize;
        set => throw Unsupported();
    }

    public override Coordinates CursorPosition
    {
        get => new(0, 0);
        set => throw Unsupported();
    }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => options.IsTerminal && Console.KeyAvailable;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize
    {
        get => options.Width is { } width
            ? new Size(width, DefaultHeight)
            : new Size(TerminalWidth, Console.WindowHeight > 0 ? Console.WindowHeight : DefaultHeight);
        set => throw Unsupported();
    }

    public override string WindowTitle { get; set; } = "ConvNetShell";

    public override void FlushInputBuffer()
    {
        while (KeyAvailable)
        {
            Console.ReadKey(intercept: true);
        }
    }

    public override KeyInfo ReadKey(ReadKeyOptions readKeyOptions)
    {
        if (!options.IsTerminal || options.Input is null)
        {
            throw Unsupported();
        }

        ConsoleKeyInfo key = Console.ReadKey((readKeyOptions & ReadKeyOptions.NoEcho) != 0);
        return new KeyInfo((int)key.Key, key.KeyChar, default, keyDown: true);
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    private static HostException Unsupported() => new("cnsh does not draw cells on the screen; it writes lines.");
}
