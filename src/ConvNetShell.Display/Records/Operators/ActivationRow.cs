using System.Globalization;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>A number that went through an activation function.</summary>
/// <param name="Index">Its index among the inputs, from 0: for softmax the class.</param>
/// <param name="Function">The function, for example <c>ReLU</c>.</param>
/// <param name="Input">The number.</param>
/// <param name="Output">The function's value; for softmax a probability.</param>
/// <param name="Slope">The derivative of the output by this input, which training multiplies gradients with.</param>
/// <param name="Loss">For softmax the loss if this were the right class, -ln of the output; else <see langword="null"/>.</param>
public sealed record ActivationRow(int Index, string Function, double Input, double Output, double Slope, double? Loss)
{
    /// <summary>Says input and output.</summary>
    /// <returns>For example <c>ReLU(-0.62) = 0</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Function}({ViewText.Number(Input)}) = {ViewText.Number(Output)}");
}
