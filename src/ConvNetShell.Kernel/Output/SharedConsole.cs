using System.Text;

namespace ConvNetShell.Kernel.Output;

/// <summary>The console of the process, while sessions take what is written to it.</summary>
internal sealed class SharedConsole
{
    private readonly Lock gate = new();
    private readonly AsyncLocal<CellOutput?> present = new();
    private CellOutput[] active = [];
    private (TextWriter Out, TextWriter Error, TextReader In) former = (TextWriter.Null, TextWriter.Null, TextReader.Null);

    /// <summary>Sends what this thread writes, and the tasks that it starts, to an output.</summary>
    /// <param name="output">The output.</param>
    /// <param name="isSubshell">True where other threads' text remains that of the main shell.</param>
    /// <returns>Where it went before.</returns>
    public CellOutput? Enter(CellOutput output, bool isSubshell)
    {
        CellOutput? outer = present.Value;
        present.Value = output;
        lock (gate)
        {
            active = isSubshell ? active : [.. active, output];
            if (active.Length == 1 && !isSubshell)
            {
                former = (Console.Out, Console.Error, Console.In);
                Console.SetOut(new Writer(this, former.Out, CellOutput.Out));
                Console.SetError(new Writer(this, former.Error, CellOutput.Error));
                Console.SetIn(TextReader.Null); // a cell that reads the console would wait for ever
            }
        }

        return outer;
    }

    /// <summary>Ends that.</summary>
    public void Leave(CellOutput output, CellOutput? outer)
    {
        present.Value = outer;
        lock (gate)
        {
            bool wasActive = active.Contains(output);
            active = [.. active.Where(each => each != output)];
            if (wasActive && active.Length == 0)
            {
                Console.SetOut(former.Out);
                Console.SetError(former.Error);
                Console.SetIn(former.In);
            }
        }
    }

    private sealed class Writer(SharedConsole shared, TextWriter former, string name) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        private CellOutput? Output => shared.present.Value ?? (shared.active is [var only] ? only : null);

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value)
        {
            if (Output is { } output)
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
