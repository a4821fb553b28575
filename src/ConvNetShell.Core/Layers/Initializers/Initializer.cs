using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers.Initializers;

/// <summary>How the weights of one layer start.</summary>
public sealed record Initializer
{
    /// <summary>Initializes a new instance of the <see cref="Initializer"/> class.</summary>
    /// <param name="method">The method.</param>
    /// <param name="scale">The factor of the method's numbers: the deviation of Normal, the value of Constant, a factor for the
    /// others.</param>
    /// <exception cref="InvalidSettingException">The scale is not a finite number.</exception>
    public Initializer(InitializerKind method, double? scale = null)
    {
        const double deviation = 0.01;
        Method = method;
        Scale = scale ?? (method == InitializerKind.Normal ? deviation : 1);
        if (!double.IsFinite(Scale))
        {
            throw new InvalidSettingException("InitialScale", "a finite number", Scale);
        }
    }

    /// <summary>Gets the method.</summary>
    public InitializerKind Method { get; }

    /// <summary>Gets the scale. Default: 0.01 for Normal, 1 for the others.</summary>
    public double Scale { get; }
}
