using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The end of a cell's pipeline, what Out-Default is in a terminal: objects of ConvNetShell that have a picture or a chart
/// are shown so, neighbors together, and all others as Out-Default has them.
/// </summary>
[Cmdlet(VerbsData.Out, "Cell")]
[OutputType(typeof(void))]
internal sealed class OutCellCommand : PSCmdlet, IDisposable
{
    private const string NativeError = "NativeCommandError",
        NativeErrorLine = "NativeCommandErrorMessage";
    private const int Patience = 1000;
    private readonly List<PSObject> group = [];
    private SteppablePipeline? formatter;
    private bool? canRender;
    private long groupSince;

    /// <summary>Where it goes.</summary>
    [Parameter(Mandatory = true)]
    public CellView View { get; set; } = null!;

    /// <summary>The output of the cell's pipeline.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <inheritdoc/>
    public void Dispose() => this.formatter?.Dispose();

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { } item && IsOurs(item))
        {
            if (group.Count > 0 && Environment.TickCount64 - groupSince > Patience)
            {
                ShowGroup();
            }

            groupSince = group.Count == 0 ? Environment.TickCount64 : groupSince;
            group.Add(item);
            return;
        }

        ShowGroup();
        if (InputObject?.BaseObject is ErrorRecord { FullyQualifiedErrorId: NativeError or NativeErrorLine } line)
        {
            View.Output.Write(CellOutput.Error, line.Exception.Message + "\n"); // the standard error of a native program
            return;
        }

        Format(InputObject);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ShowGroup();
        EndFormatter();
    }

    private bool IsOurs(PSObject item) => MimeRenderer.Takes(item) && (canRender ??= MimeRenderer.IsThere(InvokeCommand));

    private void ShowGroup()
    {
        if (group.Count == 0)
        {
            return;
        }

        PSObject[] items = [.. group];
        group.Clear();
        IReadOnlyList<MimeBundle> contents = Render(items);
        if (contents.Count == 0)
        {
            foreach (PSObject item in items)
            {
                Format(item);
            }

            return;
        }

        EndFormatter();
        foreach (MimeBundle content in contents.Where(_ => !View.IsSilent))
        {
            View.Scripts.ShowFor(content);
            View.Output.ShowResult(content);
        }
    }

    private IReadOnlyList<MimeBundle> Render(PSObject[] items)
    {
        try
        {
            return MimeRenderer.Render(items);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            View.Output.Write(CellOutput.Error, $"{MimeRenderer.Cmdlet}: {error.Message}\n");
            return [];
        }
    }

    private void Format(PSObject? item)
    {
        if (View.IsSilent && item?.BaseObject is not ErrorRecord)
        {
            return;
        }

        if (this.formatter is null)
        {
            this.formatter = InvokeCommand
                .NewScriptBlock("Microsoft.PowerShell.Core\\Out-Default")
                .GetSteppablePipeline(CommandOrigin.Internal);
            this.formatter.Begin(true);
        }

        Formatting(() => this.formatter.Process(item));
    }

    private void EndFormatter()
    {
        if (this.formatter is { } formatter)
        {
            Formatting(() => formatter.End());
            formatter.Dispose();
            this.formatter = null;
        }
    }

    private void Formatting(Action action)
    {
        View.UserInterface.IsFormatting = true;
        try
        {
            action();
        }
        finally
        {
            View.UserInterface.IsFormatting = false;
        }
    }
}
