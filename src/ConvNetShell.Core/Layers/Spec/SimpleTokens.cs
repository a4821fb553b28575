using System.Text.RegularExpressions;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>Words with one number or none: activations, normalizations, dropout, flatten, and what only LeNet-5 of 1998 has.</summary>
internal static partial class SimpleTokens
{
    public static LayerSpec? Read(string token)
    {
        if (Numbered().Match(token) is { Success: true } match)
        {
            double number = TokenNumbers.Real(match, "number");
            return match.Groups["kind"].Value switch
            {
                "drop" => new DropoutSpec(number),
                "spatialdrop" => new DropoutSpec(number, spatial: true),
                "scale" => new ScaleSpec(number),
                _ when number != Math.Floor(number) || number > int.MaxValue => null,
                "maxout" => new MaxoutSpec((int)number),
                "gn" => new GroupNormSpec((int)number),
                "subsample" => new SubsampleSpec((int)number),
                "rbf" => new RbfSpec((int)number),
                "lrn" => new LocalResponseSpec((int)number),
                _ => null,
            };
        }
        if (BatchNorm().Match(token) is { Success: true } norm)
        {
            return new BatchNormSpec(
                TokenNumbers.Has(norm, "momentum") ? TokenNumbers.Real(norm, "momentum") : BatchNormSpec.StandardMomentum,
                TokenNumbers.Has(norm, "epsilon") ? TokenNumbers.Real(norm, "epsilon") : BatchNormSpec.StandardEpsilon,
                scale: !TokenNumbers.Has(norm, "noscale")
            );
        }
        return token switch
        {
            "ln" => new LayerNormSpec(),
            "flatten" => new FlattenSpec(),
            _ when !char.IsAsciiDigit(token[0]) && Enum.TryParse(token, ignoreCase: true, out ActivationKind function) =>
                new ActivationSpec(function),
            _ => null,
        };
    }

    [GeneratedRegex(
        @"^bn(?:-m(?<momentum>[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)|-eps(?<epsilon>[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)|(?<noscale>-noscale))*$"
    )]
    private static partial Regex BatchNorm();

    [GeneratedRegex(@"^(?<kind>drop|spatialdrop|scale|maxout|gn|lrn|subsample|rbf)(?<number>-?[0-9]*\.?[0-9]+(?:e[+-]?[0-9]+)?)$")]
    private static partial Regex Numbered();
}
