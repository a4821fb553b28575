using System.Globalization;
using System.Text;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Traces;

/// <summary>Writes the gradient of a weight as one would on paper: the terms, their sum, the check and the step.</summary>
internal static class GradientText
{
    private const int MostTerms = 8,
        NameWidth = 18,
        NumberWidth = 12;

    public static string Of(GradientTrace trace)
    {
        string[] sources = [.. trace.Terms.Select(term => term.Source).Distinct()];
        var text = new StringBuilder();
        Line($"{trace.Name} ({trace.Kind}) = {Number(trace.Value)}; loss {trace.Loss:F6} of {trace.Source}");
        Line($"gradient: sum of {(trace.Parameter == "bias" ? string.Empty : "input x ")}gradient of the output");
        foreach (GradientTerm term in trace.Terms.Take(MostTerms))
        {
            string from = sources.Length > 1 ? $"{term.Source} " : string.Empty,
                input = term.From.Count == 0 ? "1"
                : term.IsPadding ? "0 (padding)"
                : $"{Number(term.Input)} [{ViewText.Position(term.From)}]";
            Line($"  {from}output {ViewText.Position(term.At)}:  {input} x {Number(term.OutputGradient)} -> {Number(term.Product)}");
        }
        if (trace.Terms.Count > MostTerms)
        {
            Line($"  ... the {MostTerms} largest of {trace.Terms.Count}, {trace.Terms.Count(term => term.Product == 0)} of which are 0");
        }
        Line($"{Row("sum", trace.Gradient)}");
        Line($"{Row("backward", trace.Backward)}");
        Line($"{Row("finite difference", trace.FiniteDifference)}   (loss(w + h) - loss(w - h)) / 2h, h = {trace.Delta:0.#e+00}");
        Line($"{(trace.Agrees ? "they agree" : "THEY DIFFER")}: relative difference {trace.RelativeDifference:0.#e+00}");
        string step = $"{Number(trace.Value)} - {Number(trace.LearningRate)} x {Number(trace.Gradient)} = {Number(trace.NewValue)}";
        text.Append(CultureInfo.InvariantCulture, $"step: {step}; loss {trace.LossAfter:F6}");
        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    private static string Row(string name, double value) => name.PadRight(NameWidth) + Number(value).PadLeft(NumberWidth);

    private static string Number(double value) => value == 0 ? "0" : value.ToString("G6", CultureInfo.InvariantCulture);
}
