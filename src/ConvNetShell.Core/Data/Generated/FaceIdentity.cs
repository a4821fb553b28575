using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// A person of the Faces dataset: all that is the same in every picture of one person. Lengths are in units of half a face's height.
/// </summary>
internal sealed class FaceIdentity
{
    private static readonly string[] HairStyles = ["bald", "short", "fringe", "parted", "curly", "long"],
        GlassesKinds = ["none", "none", "round", "square"],
        BeardKinds = ["none", "none", "moustache", "goatee", "full"];

    private static readonly PaintColor[] HairColors =
    [
        new(35, 28, 25),
        new(85, 52, 30),
        new(170, 168, 165),
        new(140, 88, 45),
        new(215, 175, 95),
        new(165, 65, 35),
        new(70, 75, 140),
    ];

    private static readonly PaintColor[] EyeColors = [new(60, 38, 22), new(70, 110, 160), new(75, 125, 75), new(110, 110, 115)];

    /// <param name="random">The random numbers of this person.</param>
    /// <param name="isDark">Whether the person belongs to the group with dark skin.</param>
    public FaceIdentity(SeededRandom random, bool isDark)
    {
        IsDark = isDark;
        PaintColor skin = isDark
            ? new PaintColor(125, 84, 60).Towards(new PaintColor(58, 38, 28), random.NextDouble())
            : new PaintColor(250, 216, 188).Towards(new PaintColor(186, 134, 95), random.NextDouble());
        Skin = skin.Lit(random.NextDouble(0.94, 1.06));
        HairStyle = HairStyles[random.NextInt(HairStyles.Length)];
        Hair = HairColors[random.NextInt(isDark ? 4 : HairColors.Length)].Lit(random.NextDouble(0.85, 1.15));
        Glasses = GlassesKinds[random.NextInt(GlassesKinds.Length)];
        GlassesColor = random.NextInt(2) == 0 ? new PaintColor(25, 25, 30) : PaintColor.Random(random, 40, 190);
        Beard = BeardKinds[random.NextInt(BeardKinds.Length)];
        Eyes = EyeColors[random.NextInt(isDark ? 2 : EyeColors.Length)];
        Width = random.NextDouble(0.62, 0.95);
        Jaw = random.NextDouble(0, 0.45);
        Hairline = random.NextDouble(-0.72, -0.42);
        EyeHeight = random.NextDouble(-0.22, -0.02);
        EyeSpacing = random.NextDouble(0.25, 0.45);
        EyeSize = random.NextDouble(0.1, 0.2);
        BrowGap = random.NextDouble(0.17, 0.3);
        BrowWidth = random.NextDouble(0.03, 0.085);
        BrowTilt = random.NextDouble(-0.09, 0.09);
        NoseLength = random.NextDouble(0.26, 0.48);
        NoseWidth = random.NextDouble(0.07, 0.17);
        MouthHeight = random.NextDouble(0.46, 0.62);
        MouthWidth = random.NextDouble(0.18, 0.36);
        LipThickness = random.NextDouble(0.04, 0.1);
        Lips = Skin.Towards(new PaintColor(175, 50, 60), random.NextDouble(0.35, 0.8));
        EarSize = random.NextDouble(0.1, 0.2);
    }

    public bool IsDark { get; }

    public string SkinGroup => IsDark ? "dark" : "light";

    public PaintColor Skin { get; }

    public string HairStyle { get; }

    public PaintColor Hair { get; }

    public string Glasses { get; }

    public PaintColor GlassesColor { get; }

    public string Beard { get; }

    public PaintColor Eyes { get; }

    public double Width { get; }

    public double Jaw { get; }

    public double Hairline { get; }

    public double EyeHeight { get; }

    public double EyeSpacing { get; }

    public double EyeSize { get; }

    public double BrowGap { get; }

    public double BrowWidth { get; }

    public double BrowTilt { get; }

    public double NoseLength { get; }

    public double NoseWidth { get; }

    public double MouthHeight { get; }

    public double MouthWidth { get; }

    public double LipThickness { get; }

    public PaintColor Lips { get; }

    public double EarSize { get; }
}
