using System.Text;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// Sends what .NET code writes to the console into the output of the cell that runs it. Several sessions of a process may capture at once: each
/// gets what its own thread writes, and the tasks that it started; of one session all that is written.
/// </summary>
internal sealed class ConsoleCapture : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly AsyncLocal<CellOutput?> Present = new();
    private static CellOutput[] active = [];
    private static TextWriter formerOut = Console.Out,
        formerError = Console.Error;
    private static TextReader formerIn = Console.In;
    private readonly CellOutput? outer = Present.Value;
    private readonly CellOutput output;

    public ConsoleCapture(CellOutput output)
    {
        this.output = output;
        Present.Value = output;
        lock (Gate)
        {
            active = [.. active, output];
            if (active.Length == 1)
            {
                (formerOut, formerError, formerIn) = (Console.Out, Console.Error, Console.In);
                Console.SetOut(new StreamWriter(formerOut, CellOutput.Out));
                Console.SetError(new StreamWriter(formerError, CellOutput.Error));
                Console.SetIn(TextReader.Null); // a cell that reads the console would wait for ever
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Present.Value = outer;
        lock (Gate)
        {
            active = [.. active.Where(each => each != this.output)];
            if (active.Length == 0)
            {
                Console.SetOut(formerOut);
                Console.SetError(formerError);
                Console.SetIn(formerIn);
            }
        }
    }

    private sealed class StreamWriter(TextWriter former, string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            if ((Present.Value ?? (active is [var only] ? only : null)) is { } output)
            {
                output.Write(name, AnsiText.Clean(value ?? string.Empty));
            }
            else
            {
                former.Write(value);
            }
        }

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
