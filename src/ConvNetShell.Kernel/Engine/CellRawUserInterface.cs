using System.Management.Automation.Host;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The part of a screen that formatters need: its width.</summary>
internal sealed class CellRawUserInterface : PSHostRawUserInterface
{
    private const int Width = 120,
        Height = 50;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get; set; } = new(Width, Height);

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => WindowSize;

    public override Size MaxWindowSize => WindowSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; } = new(Width, Height);

    public override string WindowTitle { get; set; } = "ConvNetShell";

    public override void FlushInputBuffer()
    {
        // Keys never reach a notebook's cell.
    }

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw new HostException("A notebook has no keys to read; use Read-Host.");

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    private static HostException Unsupported() => new("A notebook has no screen of character cells; it shows lines.");
}
