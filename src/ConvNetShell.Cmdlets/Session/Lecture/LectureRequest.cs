namespace ConvNetShell.Cmdlets.Session.Lecture;

/// <summary>A request of a lecture's page.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Path">The path behind the address of the page.</param>
/// <param name="After">The version of the frame that the page has, or <see langword="null"/>.</param>
/// <param name="Body">The body, JSON; empty for GET.</param>
internal sealed record LectureRequest(string Method, string Path, string? After, byte[] Body)
{
    /// <summary>The longest body, in bytes.</summary>
    public const int LargestBody = 64 * 1024;
}
