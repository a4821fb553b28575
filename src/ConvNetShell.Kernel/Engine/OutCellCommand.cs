using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The end of a cell's pipeline, what Out-Default is in a terminal: objects of ConvNetShell that have a picture or a chart
/// are shown so, neighbors together, and all others as Out-Default has them, in the pipeline's order. What is shown does not depend on
/// the pipeline's speed: figures of a slow one are shown early and then replaced by those of all objects.
/// </summary>
[Cmdlet(VerbsData.Out, "Cell")]
[OutputType(typeof(void))]
internal sealed class OutCellCommand : PSCmdlet, IDisposable
{
    private const string NativeError = "NativeCommandError",
        NativeErrorLine = "NativeCommandErrorMessage";
    private const int Patience = 1000;
    private readonly List<PSObject> group = [];
    private readonly List<string> previews = [];
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
            groupSince = group.Count == 0 ? Environment.TickCount64 : groupSince;
            group.Add(item);
            if (Environment.TickCount64 - groupSince > Patience && !View.IsSilent)
            {
                Preview();
                groupSince = Environment.TickCount64;
            }

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

        int shown = 0;
        foreach (PSObject item in Render())
        {
            if (item.BaseObject is not MimeBundle content)
            {
                Format(item);
            }
            else if (!View.IsSilent)
            {
                EndFormatter();
                Show(content, shown++);
            }
        }

        group.Clear();
        previews.Clear();
    }

    /// <summary>Shows the figures of a slow pipeline so far, if there is nothing else among its objects.</summary>
    private void Preview()
    {
        IReadOnlyList<PSObject> contents = Render();
        if (contents.All(content => content.BaseObject is MimeBundle))
        {
            EndFormatter();
            for (int i = 0; i < contents.Count; i++)
            {
                var content = (MimeBundle)contents[i].BaseObject;
                if (i == previews.Count)
                {
                    previews.Add(View.Display.Show(content));
                }
                else
                {
                    View.Display.Update(previews[i], content);
                }
            }
        }
    }

    private void Show(MimeBundle content, int index)
    {
        if (index < previews.Count)
        {
            View.Display.Update(previews[index], content);
        }
        else
        {
            View.Scripts.ShowFor(content);
            View.Output.ShowResult(content);
        }
    }

    private IReadOnlyList<PSObject> Render()
    {
        try
        {
            return MimeRenderer.Render(group);
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            View.Output.Write(CellOutput.Error, $"{MimeRenderer.Cmdlet}: {error.Message}\n");
            return group;
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
