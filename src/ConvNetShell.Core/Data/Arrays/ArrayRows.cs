using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Core.Data.Arrays;

/// <summary>
/// Numbers of several objects of one kind and size, with a name for each: filters, feature maps, feature vectors, pictures, arrays, or the
/// probabilities of predictions.
/// </summary>
internal sealed class ArrayRows
{
    private ArrayRows(IReadOnlyList<string> names, IReadOnlyList<float[]> values, int[] sizes) =>
        (Names, Values, Sizes) = (names, values, sizes);

    /// <summary>Gets what each object is: a filter, a map, an image.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Gets the numbers of each object, the last dimension first to move.</summary>
    public IReadOnlyList<float[]> Values { get; }

    /// <summary>Gets the size of each dimension of an object.</summary>
    public IReadOnlyList<int> Sizes { get; }

    /// <summary>Takes the numbers of objects.</summary>
    /// <param name="items">The objects, one or more. Predictions are put together by image, in the order of their ranks.</param>
    /// <exception cref="InvalidSettingException">They have no numbers, or are not of one kind and size.</exception>
    public static ArrayRows Of(IReadOnlyList<object> items)
    {
        (string Name, float[] Values, int[] Sizes)[] rows = items.All(item => item is Prediction)
            ? Probabilities(items.Cast<Prediction>())
            : [.. items.Select(Row)];
        int other = Array.FindIndex(rows, row => !row.Sizes.SequenceEqual(rows[0].Sizes) || items[0].GetType() != items[^1].GetType());
        return other < 0
            ? new ArrayRows([.. rows.Select(row => row.Name)], [.. rows.Select(row => row.Values)], rows[0].Sizes)
            : throw new InvalidSettingException(
                "InputObject",
                $"of one kind and size, as {rows[0].Name} of {Text(rows[0].Sizes)}",
                $"{rows[other].Name} of {Text(rows[other].Sizes)}"
            );
    }

    private static (string, float[], int[])[] Probabilities(IEnumerable<Prediction> predictions) =>
        [
            .. predictions
                .GroupBy(prediction => prediction.Source, StringComparer.Ordinal)
                .Select(image =>
                {
                    float[] values = [.. image.OrderBy(prediction => prediction.Rank).Select(prediction => (float)prediction.Probability)];
                    return (image.Key, values, new[] { values.Length });
                }),
        ];

    private static (string, float[], int[]) Row(object item) =>
        item switch
        {
            LayerFilter filter => (
                string.Create(CultureInfo.InvariantCulture, $"{filter.Layer}[{filter.Index}]"),
                [.. filter.Weights.Select(weight => (float)weight)],
                [.. filter.Shape.Split('x').Select(size => int.Parse(size, CultureInfo.InvariantCulture))]
            ),
            FeatureMap map => (
                string.Create(CultureInfo.InvariantCulture, $"{map.Layer}[{map.Channel}] of {map.Source}"),
                map.Values,
                map.Depth > 1 ? [map.Depth, map.Height, map.Width] : [map.Height, map.Width]
            ),
            FeatureVector vector => (
                string.Create(CultureInfo.InvariantCulture, $"{vector.Layer} of {vector.Class} {vector.Index}"),
                vector.Values,
                [vector.Values.Length]
            ),
            ImageSample sample => (
                sample.ToString(),
                Array.ConvertAll(sample.Pixels, pixel => (float)pixel),
                [sample.Height, sample.Width, sample.Channels]
            ),
            NumericArray array => ("array", Array.ConvertAll(array.Data, value => (float)value), [.. array.Sizes]),
            _ => throw new InvalidSettingException(
                "InputObject",
                "filters, feature maps, feature vectors, predictions, pictures or arrays of numbers",
                item.GetType().Name
            ),
        };

    private static string Text(int[] sizes) => string.Join('x', sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
}
