using System.Security.Cryptography;
using System.Text;

namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>The page of a lecture: one file, which loads nothing from elsewhere.</summary>
internal static class LecturePage
{
    private const string Resource = "LecturePage.html",
        Nonce = "{nonce}";
    private const int NonceBytes = 16;

    /// <summary>Returns the page; scripts and styles run only where they have this answer's own random number.</summary>
    public static LectureResponse Response()
    {
        string nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(NonceBytes));
        using Stream stream = typeof(LecturePage).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new LectureResponse(
            200,
            "text/html; charset=utf-8",
            Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace(Nonce, nonce, StringComparison.Ordinal)),
            $"default-src 'none'; connect-src 'self'; img-src data:; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
                + "base-uri 'none'; form-action 'none'"
        );
    }
}
