using System.Text;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>Sends what .NET code writes to the console into the cell's output.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter formerOut = Console.Out,
        formerError = Console.Error;
    private readonly TextReader formerIn = Console.In;

    public ConsoleCapture(CellOutput output)
    {
        Console.SetOut(new StreamWriter(output, CellOutput.Out));
        Console.SetError(new StreamWriter(output, CellOutput.Error));
        Console.SetIn(TextReader.Null); // a cell that reads the console would wait for ever
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.SetOut(formerOut);
        Console.SetError(formerError);
        Console.SetIn(formerIn);
    }

    private sealed class StreamWriter(CellOutput output, string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => output.Write(name, value.ToString());

        public override void Write(string? value) => output.Write(name, AnsiText.Clean(value ?? string.Empty));

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
