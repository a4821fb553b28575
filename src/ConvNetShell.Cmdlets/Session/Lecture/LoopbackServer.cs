using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>
/// Serves a page to browsers of this machine, by the framework's HttpListener. Its address has a random part, and requests that were
/// meant for another host or come from another page are refused: other users and other web pages cannot steer it.
/// </summary>
internal sealed class LoopbackServer : IDisposable
{
    private const int TokenBytes = 16,
        Tries = 20;
    private readonly HttpListener listener;
    private readonly string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
    private readonly string host;
    private readonly Func<LectureRequest, LectureResponse> answer;

    /// <summary>Begins to serve.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="answer">Answers a request; called from several threads.</param>
    /// <exception cref="InvalidSettingException">The port is in use.</exception>
    public LoopbackServer(int port, Func<LectureRequest, LectureResponse> answer)
    {
        this.answer = answer;
        (listener, int used) = Listen(port);
        host = FormattableString.Invariant($"127.0.0.1:{used}");
        Url = $"http://{host}/{token}/";
        new Thread(Accept) { IsBackground = true, Name = "ConvNetShell lecture page" }.Start();
    }

    /// <summary>Gets the address of the page.</summary>
    public string Url { get; }

    /// <summary>Ends the service and frees the port.</summary>
    public void Dispose() => listener.Close();

    private static (HttpListener Listener, int Port) Listen(int wanted)
    {
        for (int i = 1; ; i++)
        {
            int port = wanted > 0 ? wanted : FreePort();
            var listener = new HttpListener { IgnoreWriteExceptions = true };
            listener.Prefixes.Add(FormattableString.Invariant($"http://127.0.0.1:{port}/"));
            try
            {
                listener.Start();
                return (listener, port);
            }
            catch (HttpListenerException error) when (wanted > 0)
            {
                throw new InvalidSettingException("Port", $"a free port ({error.Message})", wanted);
            }
            catch (HttpListenerException) when (i < Tries)
            {
                // Another program took the free port in between: the next one is tried.
            }
        }
    }

    /// <summary>HttpListener takes no port 0.</summary>
    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private void Accept()
    {
        while (listener.IsListening)
        {
            try
            {
                HttpListenerContext context = listener.GetContext();
                ThreadPool.QueueUserWorkItem(_ => Serve(context));
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                // The service has ended, or one request was broken, which is not its end: the loop asks which.
            }
        }
    }

    private void Serve(HttpListenerContext context)
    {
        try
        {
            LectureResponse response = Respond(context.Request);
            context.Response.StatusCode = response.Status;
            context.Response.ContentType = response.ContentType;
            context.Response.Headers["Cache-Control"] = "no-store";
            context.Response.Headers["X-Content-Type-Options"] = "nosniff";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            if (response.Policy is { } policy)
            {
                context.Response.Headers["Content-Security-Policy"] = policy;
            }
            context.Response.Close(response.Body, willBlock: true);
        }
        catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
        {
            context.Response.Abort(); // the browser has gone, or the service has ended
        }
    }

    private LectureResponse Respond(HttpListenerRequest request)
    {
        string? origin = request.Headers["Origin"];
        if (request.Headers["Host"] != host || (origin is not null && origin != $"http://{host}"))
        {
            return LectureResponse.Text(403, "This page is for a browser of this machine, at the address it was given.");
        }
        string[] path = (request.RawUrl ?? "/").Split('?')[0].Split('/', 3);
        bool isKnown =
            path.Length == 3 && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(path[1]), Encoding.UTF8.GetBytes(token));
        if (!isKnown)
        {
            return LectureResponse.Text(404, "There is nothing at this address.");
        }
        bool isPost = request.HttpMethod == "POST";
        if (isPost && request.ContentType?.Split(';')[0] != "application/json")
        {
            return LectureResponse.Text(415, "The body must be application/json.");
        }
        if (isPost && request.ContentLength64 is < 0 or > LectureRequest.LargestBody)
        {
            return LectureResponse.Text(413, "The body is too long.");
        }
        return answer(new LectureRequest(request.HttpMethod, path[2], request.QueryString["after"], isPost ? Body(request) : []));
    }

    private static byte[] Body(HttpListenerRequest request)
    {
        byte[] body = new byte[request.ContentLength64];
        request.InputStream.ReadExactly(body);
        return body;
    }
}
