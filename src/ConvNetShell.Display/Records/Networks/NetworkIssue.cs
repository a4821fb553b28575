namespace ConvNetShell.Display.Records.Networks;

/// <summary>Something found in a network's description before any tensor is made.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Code">The stable identifier, for example <c>Layer.KernelTooLarge</c>.</param>
/// <param name="Layer">The name of the layer, or <see langword="null"/> where it is about the network as a whole.</param>
/// <param name="Message">The issue: the expected and the received value.</param>
/// <param name="Fix">What to change; "Nothing to do." where nothing is wrong.</param>
public sealed record NetworkIssue(IssueSeverity Severity, string Code, string? Layer, string Message, string Fix)
{
    /// <summary>Says all of it in one line.</summary>
    /// <returns>For example <c>Error Layer.KernelTooLarge in pool6: expected ... Use a smaller window.</c></returns>
    public override string ToString() => $"{Severity} {Code}{(Layer is null ? string.Empty : $" in {Layer}")}: {Message} {Fix}";
}
