using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Convolution;

/// <summary>
/// A 2-D convolution in which a table says which channels each filter sees (LeCun et al., 1998, table I). No padding, stride 1,
/// a bias for each filter.
/// </summary>
public sealed record ConnectionTableConvSpec : LayerSpec
{
    private const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// <summary>Initializes a new instance of the <see cref="ConnectionTableConvSpec"/> class.</summary>
    /// <param name="kernel">The filters' size.</param>
    /// <param name="table">For each filter the channels it sees, a digit or letter each (0-9, a-z), with slashes between filters:
    /// 012/123.</param>
    /// <exception cref="InvalidSettingException">The kernel or the table is none.</exception>
    public ConnectionTableConvSpec(SpatialSize kernel, string table)
    {
        Window = new Window(kernel, 1, Padding.Valid).Validate(2);
        Table = table;
        string[] filters = table.Split('/');
        if (
            filters.Any(channels =>
                channels.Length == 0 || channels.Distinct().Count() != channels.Length || !channels.All(Digits.Contains)
            )
        )
        {
            throw new InvalidSettingException(
                "The connection table",
                "different channels (0-9, a-z) for each filter, with slashes between filters: 012/123",
                table
            );
        }
        Channels =
        [
            .. filters.Select(channels =>
                (IReadOnlyList<int>)[.. channels.Select(channel => Digits.IndexOf(channel, StringComparison.Ordinal))]
            ),
        ];
    }

    /// <inheritdoc />
    public override Window Window { get; }

    /// <summary>Gets the table as text.</summary>
    public string Table { get; }

    /// <summary>Gets the channels each filter sees.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Channels { get; }

    /// <inheritdoc />
    public override string Kind => "conv";

    internal override bool IsLinear => true;

    private long KernelArea => (long)Window.Kernel[0] * Window.Kernel[1];

    private int Connections => Channels.Sum(channels => channels.Count);

    /// <inheritdoc />
    public override Shape OutputShape(Shape input)
    {
        int needed = Channels.Max(channels => channels.Max()) + 1;
        return input.Channels >= needed
            ? new Shape([Channels.Count, .. Window.OutputSizes(ToToken(), input, 2)])
            : throw new LayerException(
                "Layer.WrongInput",
                ToToken(),
                string.Create(CultureInfo.InvariantCulture, $"expected an input of at least {needed} channels. Received: {input}."),
                "Change the connection table."
            );
    }

    /// <inheritdoc />
    public override long ParameterCount(Shape input) => checked(Connections * KernelArea + Channels.Count);

    /// <inheritdoc />
    public override long MultiplyAdds(Shape input)
    {
        Shape output = OutputShape(input);
        return checked(Connections * KernelArea * output[1] * output[2]);
    }

    /// <inheritdoc />
    public override string Formula(Shape input) =>
        string.Create(CultureInfo.InvariantCulture, $"{Connections}x{Window.Kernel}+{Channels.Count} = {ParameterCount(input)}");

    /// <inheritdoc />
    public override string ToToken() => $"mapconv{Window.Kernel}:{Table}";

    /// <inheritdoc />
    public bool Equals(ConnectionTableConvSpec? other) => other is not null && ToToken() == other.ToToken() && Name == other.Name;

    /// <inheritdoc />
    public override int GetHashCode() => ToToken().GetHashCode(StringComparison.Ordinal);

    internal override LayerModule Build(Shape input, WeightInitializer start) => new ConnectionTableConvModule(this, input, start);
}
