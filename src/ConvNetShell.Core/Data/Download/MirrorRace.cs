using System.Net;
using System.Net.Http.Headers;

namespace ConvNetShell.Core.Data.Download;

/// <summary>
/// Asks mirrors for a file and takes the first that answers well. The next one is asked when the one before has failed, or has been silent
/// for
/// a second: so the publisher comes first, and a machine without a network need not wait for one mirror after the other.
/// </summary>
/// <param name="client">Sends the requests.</param>
/// <param name="timeout">The longest wait for an answer.</param>
/// <param name="failures">Takes a line for each mirror that failed.</param>
internal sealed class MirrorRace(HttpClient client, TimeSpan timeout, List<string> failures)
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(1);

    /// <summary>Returns the first good answer, or nothing; mirrors that failed are taken off the list.</summary>
    public async Task<(Uri Address, HttpResponseMessage Response)?> FirstAsync(List<Uri> mirrors, long from, CancellationToken cancellation)
    {
        var waiting = new Queue<Uri>(mirrors);
        var running = new Dictionary<Task<HttpResponseMessage>, (Uri Address, CancellationTokenSource Stop)>();
        try
        {
            while (waiting.Count + running.Count > 0)
            {
                if (waiting.TryDequeue(out Uri? next))
                {
                    var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                    stop.CancelAfter(timeout);
                    running.Add(SendAsync(next, from, stop.Token), (next, stop));
                }
                Task<HttpResponseMessage>? finished = await NextAsync(running.Keys, waiting.Count > 0, cancellation).ConfigureAwait(false);
                if (finished is null)
                {
                    continue;
                }
                running.Remove(finished, out (Uri Address, CancellationTokenSource Stop) entry);
                using (entry.Stop)
                {
                    try
                    {
                        return (entry.Address, await finished.ConfigureAwait(false));
                    }
                    catch (Exception error) when (IsOfMirror(error))
                    {
                        cancellation.ThrowIfCancellationRequested();
                        mirrors.Remove(entry.Address);
                        failures.Add($"{entry.Address.Host}: {Reason(error)}");
                    }
                }
            }
            return null;
        }
        finally
        {
            foreach ((Task<HttpResponseMessage> loser, (_, CancellationTokenSource stop)) in running)
            {
                Abandon(loser, stop);
            }
        }
    }

    private static async Task<Task<HttpResponseMessage>?> NextAsync(
        IEnumerable<Task<HttpResponseMessage>> running,
        bool moreWait,
        CancellationToken cancellation
    )
    {
        Task pause = Task.Delay(moreWait ? HeadStart : Timeout.InfiniteTimeSpan, cancellation);
        Task first = await Task.WhenAny([.. running, pause]).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        return first as Task<HttpResponseMessage>;
    }

    private async Task<HttpResponseMessage> SendAsync(Uri address, long from, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }
        HttpResponseMessage response = await client
            .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation)
            .ConfigureAwait(false);
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }
        using (response)
        {
            throw new HttpRequestException(FormattableString.Invariant($"answered {(int)response.StatusCode} {response.ReasonPhrase}"));
        }
    }

    /// <summary>Returns whether a mirror is at fault: no good answer in time, or a redirection to another scheme.</summary>
    private static bool IsOfMirror(Exception error) =>
        error
            is HttpRequestException
                or OperationCanceledException
                or NotSupportedException
                or InvalidOperationException
                or FormatException
                or ArgumentException;

    private static string Reason(Exception error) =>
        error is OperationCanceledException ? "no answer in time" : (error.InnerException ?? error).Message;

    /// <summary>Stops an unneeded request and drops its data.</summary>
    private static void Abandon(Task<HttpResponseMessage> loser, CancellationTokenSource stop)
    {
        stop.Cancel();
        loser.ContinueWith(
            task =>
            {
                _ = task.Exception;
                if (task.IsCompletedSuccessfully)
                {
                    task.Result.Dispose();
                }
                stop.Dispose();
            },
            TaskScheduler.Default
        );
    }
}
