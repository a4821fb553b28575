using System.Text.Json.Nodes;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>The values of a slider: whole numbers if all four are whole, else fractions.</summary>
/// <param name="Minimum">The least.</param>
/// <param name="Maximum">The greatest; more than the least.</param>
/// <param name="Step">From one to the next; more than 0.</param>
/// <param name="Start">The first, between them.</param>
internal sealed record SliderScale(double Minimum, double Maximum, double Step, double Start)
{
    /// <summary>Gets a value indicating whether all values are whole numbers that an int holds.</summary>
    public bool IsWhole { get; } =
        new[] { Minimum, Maximum, Step, Start }.All(value => double.IsInteger(value) && Math.Abs(value) <= int.MaxValue);

    /// <summary>Returns a value as scripts get it: an int or a double.</summary>
    public object Value(double value) => IsWhole ? (object)(int)value : value;

    /// <summary>Returns a value as models have it.</summary>
    public JsonNode Json(double value) => IsWhole ? JsonValue.Create((int)value) : JsonValue.Create(value);

    /// <summary>Reads a value that came from a front end: a number, moved into the range; null where it is no number.</summary>
    public double? Read(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out double number) && double.IsFinite(number)
            ? Math.Clamp(IsWhole ? Math.Round(number) : number, Minimum, Maximum)
            : null;
}
