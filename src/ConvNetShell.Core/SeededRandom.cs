namespace ConvNetShell.Core;
/// <summary>Placeholder.</summary>
public sealed class SeededRandom(int seed)
{
    private readonly Random r = new(seed);
    /// <summary>n</summary>
    public int NextInt(int max) => r.Next(max);
    /// <summary>s</summary>
    public void Shuffle(Span<int> s) => r.Shuffle(s);
}
