using ConvNetShell.Core.Applications.Lecture;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>A lecture and the service of its page.</summary>
internal sealed class LectureServer : IDisposable
{
    private readonly LoopbackServer server;

    /// <summary>Begins the training and the service.</summary>
    /// <param name="network">The network, which is trained in place.</param>
    /// <param name="dataset">The data.</param>
    /// <param name="settings">The settings.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="begun">Receives each run as it begins, on another thread.</param>
    public LectureServer(Network network, Dataset dataset, TrainingSettings settings, int port, Action<TrainingRun> begun)
    {
        Lecture = new LectureSession(network, dataset, settings, begun);
        server = new LoopbackServer(port, new LectureRoutes(Lecture).Answer);
        Lecture.Start();
    }

    /// <summary>Gets the lecture.</summary>
    public LectureSession Lecture { get; }

    /// <summary>Gets the address of the page.</summary>
    public string Url => server.Url;

    /// <summary>Ends the training after the present batch, and the service.</summary>
    public void Dispose()
    {
        server.Dispose();
        Lecture.Dispose();
    }
}
