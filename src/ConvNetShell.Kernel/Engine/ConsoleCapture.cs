using System.Text;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>Sends what .NET code writes to the console into the cell's output.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter _out = Console.Out,
        _error = Console.Error;
    private readonly TextReader _in = Console.In;

    public ConsoleCapture(CellOutput output)
    {
        Console.SetOut(new StreamWriter(output, CellOutput.Out));
        Console.SetError(new StreamWriter(output, CellOutput.Error));
        Console.SetIn(TextReader.Null); // a cell that reads the console would wait for ever
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
        Console.SetIn(_in);
    }

    private sealed class StreamWriter(CellOutput output, string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => output.Write(name, value.ToString());

        public override void Write(string? value) => output.Write(name, AnsiText.Strip(value ?? string.Empty));

        public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
