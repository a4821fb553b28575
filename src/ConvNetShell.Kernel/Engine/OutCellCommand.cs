using System.Management.Automation;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>
/// The end of a cell's pipeline, what Out-Default is in a terminal: objects of ConvNetShell that have a picture or a chart
/// are shown so, neighbors together, objects without a view of their own as a table, and all others as Out-Default has them, in the
/// pipeline's order. What is shown does not depend on the pipeline's speed: figures and tables of a slow one are shown early and then
/// replaced by those of all objects. The objects remain in $LASTRESULT.
/// </summary>
[Cmdlet(VerbsData.Out, "Cell")]
[OutputType(typeof(void))]
internal sealed class OutCellCommand : PSCmdlet, IDisposable
{
    private const string NativeError = "NativeCommandError",
        NativeErrorLine = "NativeCommandErrorMessage";
    private const string LastResult = "LASTRESULT";
    private const int Patience = 1000,
        MostResults = 1000;
    private readonly List<PSObject> group = [];
    private readonly List<PSObject> results = [];
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
        Keep();
        if (InputObject is { } item && (IsOurs(item) || ObjectTable.Takes(item)))
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
        if (results.Count > 0 && !View.IsSilent && !View.IsWidget)
        {
            SessionState.PSVariable.Set("global:" + LastResult, results.Count == 1 ? results[0] : results.ToArray());
        }
    }

    private void Keep()
    {
        if (InputObject is { BaseObject: not ErrorRecord } item && results.Count < MostResults)
        {
            results.Add(item);
        }
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
            return [.. Parts().SelectMany(part => IsOurs(part[0]) ? MimeRenderer.Render(part) : [Table(part)])];
        }
        catch (RuntimeException error) when (error is not PipelineStoppedException)
        {
            View.Output.Write(CellOutput.Error, $"{MimeRenderer.Cmdlet}: {error.Message}\n");
            return group;
        }
    }

    /// <summary>Returns the neighbors of the group that are of one sort: the module's objects, or rows of a table.</summary>
    private IEnumerable<List<PSObject>> Parts()
    {
        var part = new List<PSObject>();
        foreach (PSObject item in group)
        {
            if (part.Count > 0 && IsOurs(part[0]) != IsOurs(item))
            {
                yield return part;
                part = [];
            }

            part.Add(item);
        }

        yield return part;
    }

    private PSObject Table(List<PSObject> items)
    {
        EndFormatter();
        string text = View.UserInterface.Capture(() =>
        {
            foreach (PSObject item in items)
            {
                Format(item);
            }

            EndFormatter();
        });
        return PSObject.AsPSObject(
            new MimeBundle([
                KeyValuePair.Create(MimeBundle.PlainText, AnsiText.WithoutAccents(text).Trim('\r', '\n')),
                KeyValuePair.Create(MimeBundle.Html, ObjectTable.Html(items)),
            ])
        );
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
