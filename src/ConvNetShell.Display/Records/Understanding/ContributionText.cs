using System.Globalization;
using System.Text;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Understanding;

/// <summary>Writes a unit's trace as one would on paper: for each channel the patch, the kernel and the products, then the sums.</summary>
internal static class ContributionText
{
    private const int MostChannels = 4,
        MostColumns = 7,
        MostRows = 9,
        MostTaps = 10;

    public static string Of(ActivationTrace trace)
    {
        var text = new StringBuilder();
        text.Append(
                CultureInfo.InvariantCulture,
                $"{trace.Layer}[{ViewText.Position(trace.At)}] ({trace.Kind}) of {trace.Source}: {trace.Operation}"
            )
            .AppendLine();
        bool boxed =
            trace.Window.Count == 3
            && trace.Window[1] * trace.Window[2] > 1
            && trace.Window[1] <= MostRows
            && trace.Window[2] <= MostColumns;
        if (boxed)
        {
            Channels(text, trace);
        }
        else
        {
            List(text, trace);
        }
        if (trace.Contributions.Count > 1)
        {
            text.Append(CultureInfo.InvariantCulture, $"sum of {trace.Contributions.Count} products  {Number(trace.Sum)}").AppendLine();
        }
        if (trace.Bias != 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"bias  {Number(trace.Bias)}").AppendLine();
        }
        return text.Append(
                CultureInfo.InvariantCulture,
                $"computed  {Number(trace.Computed)}   the network has  {Number(trace.Activation)}   "
                    + $"{(trace.Agrees ? "they agree" : "THEY DIFFER")} ({trace.Difference:0.#e+00})"
            )
            .ToString();
    }

    private static void Channels(StringBuilder text, ActivationTrace trace)
    {
        int rows = trace.Window[1],
            columns = trace.Window[2],
            area = rows * columns;
        Contribution[][] channels = [.. trace.Contributions.Chunk(area)];
        int[] shown =
        [
            .. Enumerable
                .Range(0, channels.Length)
                .OrderByDescending(c => Math.Abs(channels[c].Sum(tap => tap.Product)))
                .Take(MostChannels)
                .Order(),
        ];
        foreach (int c in shown)
        {
            Contribution first = channels[c][0];
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"channel {first.At[0]}, from {ViewText.Position(first.At.Skip(1))}: patch | kernel | products, sum "
                        + $"{Number(channels[c].Sum(tap => tap.Product))}"
                )
                .AppendLine();
            for (int row = 0; row < rows; row++)
            {
                Contribution[] line = channels[c][(row * columns)..((row + 1) * columns)];
                text.Append(Cells(line.Select(tap => tap.IsPadding ? "." : Cell(tap.Value))))
                    .Append(" |")
                    .Append(Cells(line.Select(tap => Cell(tap.Weight))))
                    .Append(" |")
                    .Append(Cells(line.Select(tap => Cell(tap.Product))))
                    .AppendLine();
            }
        }
        if (channels.Length > shown.Length)
        {
            text.Append(CultureInfo.InvariantCulture, $"channel sums ({shown.Length} largest of {channels.Length} shown above): ")
                .AppendJoin("  ", trace.ChannelSums.Select(sum => Number(sum.Sum)))
                .AppendLine();
        }
    }

    private static void List(StringBuilder text, ActivationTrace trace)
    {
        int[] shown =
        [
            .. Enumerable
                .Range(0, trace.Contributions.Count)
                .OrderByDescending(i => i == trace.Lead)
                .ThenByDescending(i => Math.Abs(trace.Contributions[i].Product))
                .Take(MostTaps),
        ];
        foreach (int i in shown)
        {
            Contribution tap = trace.Contributions[i];
            text.Append(
                    CultureInfo.InvariantCulture,
                    $"  {tap.From}[{ViewText.Position(tap.At)}]  {Number(tap.Value)} x {Number(tap.Weight)} -> {Number(tap.Product)}"
                )
                .AppendLine();
        }
        if (trace.Contributions.Count > shown.Length)
        {
            text.Append(CultureInfo.InvariantCulture, $"  ... the {shown.Length} largest of {trace.Contributions.Count}").AppendLine();
        }
    }

    private static string Cells(IEnumerable<string> cells) => string.Concat(cells.Select(cell => cell.PadLeft(7)));

    private static string Cell(double value) =>
        value == 0
            ? "0"
            : value.ToString(
                Math.Abs(value) switch
                {
                    < 10 => "F3",
                    < 100 => "F2",
                    < 10_000 => "F0",
                    _ => "0.#e+00",
                },
                CultureInfo.InvariantCulture
            );

    private static string Number(double value) =>
        value == 0 ? "0"
        : Math.Abs(value) is >= 1e-3 and < 1e4 ? value.ToString("0.####", CultureInfo.InvariantCulture)
        : value.ToString("0.#E+0", CultureInfo.InvariantCulture);
}
