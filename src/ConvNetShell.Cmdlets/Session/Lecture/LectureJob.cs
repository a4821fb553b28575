using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Core.Applications.Lecture;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>
/// A lecture in the background, as a job: its page is at <see cref="Url"/>. Stop-Job and Remove-Job end the training and close the page's
/// port, as the end of the session does.
/// </summary>
public sealed class LectureJob : Job
{
    private readonly LectureServer server;
    private readonly Lock gate = new();
    private bool isEnded;

    internal LectureJob(LectureServer server, string command, string name)
        : base(command, name)
    {
        this.server = server;
        PSJobTypeName = "ConvNetLecture";
        SetJobState(JobState.Running);
    }

    /// <summary>Gets the address of the page. Whoever knows it can steer the lecture; it is served to this machine only.</summary>
    public string Url => server.Url;

    /// <summary>Gets the state and the figures so far.</summary>
    public override string StatusMessage => Describe(server.Lecture.Figures);

    /// <inheritdoc />
    public override bool HasMoreData => false;

    /// <inheritdoc />
    public override string Location => "localhost";

    /// <summary>Says how a lecture stands.</summary>
    internal static string Describe(LectureFrame frame) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{frame.State}: {frame.Examples:N0} images, loss {frame.Loss:F3}, accuracy {100 * frame.Accuracy:F1} %, "
                + $"{frame.ImagesPerSecond:N0} images/s"
        );

    /// <inheritdoc />
    public override void StopJob()
    {
        lock (gate)
        {
            if (isEnded)
            {
                return;
            }
            isEnded = true;
        }
        server.Dispose();
        SetJobState(JobState.Stopped);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            StopJob();
        }
        base.Dispose(disposing);
    }
}
