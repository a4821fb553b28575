using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using ConvNetShell.Core.Applications.Lecture;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>Answers the requests of a lecture's page: the page, its frames, and what its buttons and fields ask for.</summary>
/// <param name="lecture">The lecture.</param>
internal sealed class LectureRoutes(LectureSession lecture)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.Strict,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request; it came from the page.</param>
    public LectureResponse Answer(LectureRequest request) =>
        (request.Method, request.Path) switch
        {
            ("GET", "") => LecturePage.Response(),
            ("GET", "frame") => Frame(request.After),
            ("POST", "pause") => Do(lecture.Pause),
            ("POST", "continue") => Do(lecture.Continue),
            ("POST", "image") => Do(lecture.NextImage),
            ("POST", "settings") => Do(() => lecture.Change(Read<LectureSettings>(request))),
            ("POST", "restart") => Do(() => lecture.Restart(Read<LectureSpec>(request).Spec)),
            _ => LectureResponse.Text(404, "There is nothing at this address."),
        };

    private static T Read<T>(LectureRequest request) => JsonSerializer.Deserialize<T>(request.Body, Json) ?? throw new JsonException();

    private static LectureResponse Do(Action action)
    {
        try
        {
            action();
            return new LectureResponse(204, "application/json", []);
        }
        catch (Exception error) when (error is ConvNetException or ExternalException)
        {
            return Error(error.Message);
        }
        catch (JsonException)
        {
            return Error("Every field must have a number.");
        }
    }

    private static LectureResponse Error(string text) =>
        LectureResponse.Json(400, JsonSerializer.SerializeToUtf8Bytes(new { error = text }, Json));

    /// <summary>The latest frame; no content where the page has it already.</summary>
    private LectureResponse Frame(string? after)
    {
        LectureFrame frame = lecture.Frame;
        return after == frame.Version.ToString(CultureInfo.InvariantCulture)
            ? new LectureResponse(204, "application/json", [])
            : LectureResponse.Json(200, JsonSerializer.SerializeToUtf8Bytes(frame, Json));
    }

    private sealed record LectureSpec(string Spec);
}
