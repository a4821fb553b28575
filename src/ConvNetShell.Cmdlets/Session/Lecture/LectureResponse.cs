using System.Text;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>An answer to a request of a lecture's page.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body.</param>
/// <param name="Policy">The content security policy, or <see langword="null"/>.</param>
internal sealed record LectureResponse(int Status, string ContentType, byte[] Body, string? Policy = null)
{
    /// <summary>Returns an answer in plain text.</summary>
    public static LectureResponse Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>Returns an answer in JSON.</summary>
    public static LectureResponse Json(int status, byte[] json) => new(status, "application/json", json);
}
