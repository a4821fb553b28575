namespace ConvNetShell.Cmdlets.Session;

/// <summary>Passes reports on at once, on the thread that makes them.</summary>
/// <param name="report">The receiver.</param>
internal sealed class FractionProgress(Action<double> report) : IProgress<double>
{
    /// <inheritdoc />
    public void Report(double value) => report(value);
}
