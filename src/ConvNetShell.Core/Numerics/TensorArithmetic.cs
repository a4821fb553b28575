using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Numerics;

/// <summary>
/// Arithmetic of tensors with numbers. TorchSharp hands libtorch each number as a native copy that belongs to an object nobody holds: a
/// garbage collection at
/// that moment frees the copy while libtorch still reads it, and the step fails, or computes with another number. Its <c>a + b</c> is no
/// better, as it passes
/// on the number 1. Here every copy lives until the call is over; what is written in TorchSharp's own operators instead, a test of the
/// built code finds.
/// Products, differences and quotients of two tensors pass no number. The tensors themselves are held by a dispose scope, or by whoever
/// owns them.
/// </summary>
internal static class TensorArithmetic
{
    /// <summary>Returns the sum of two tensors, the second one times a number.</summary>
    public static Tensor Plus(this Tensor left, Tensor right, long times = 1)
    {
        using Scalar factor = times;
        return left.add(right, factor);
    }

    /// <summary>Returns the sum of two tensors, the second one times a number.</summary>
    public static Tensor Plus(this Tensor left, Tensor right, double times)
    {
        using Scalar factor = times;
        return left.add(right, factor);
    }

    /// <summary>Returns a tensor with a number added to each value; of integers it stays one of integers.</summary>
    public static Tensor Plus(this Tensor left, long number)
    {
        using Scalar added = number,
            once = 1;
        return left.add(added, once);
    }

    /// <summary>Returns a tensor with a number added to each value.</summary>
    public static Tensor Plus(this Tensor left, double number)
    {
        using Scalar added = number,
            once = 1;
        return left.add(added, once);
    }

    /// <summary>Returns a tensor times a number.</summary>
    public static Tensor Times(this Tensor left, double number)
    {
        using Scalar factor = number;
        return left.mul(factor);
    }

    /// <summary>Returns a tensor divided by a number.</summary>
    public static Tensor DividedBy(this Tensor left, double number)
    {
        using Scalar divisor = number;
        return left.div(divisor);
    }

    /// <summary>Returns the squares of a tensor's values.</summary>
    public static Tensor Squared(this Tensor values) => values * values;

    /// <summary>Returns the powers of a tensor's values.</summary>
    public static Tensor ToThePower(this Tensor values, double exponent)
    {
        using Scalar power = exponent;
        return values.pow(power);
    }

    /// <summary>Returns a tensor with values outside of bounds replaced by the bounds.</summary>
    public static Tensor Clamped(this Tensor values, double lowest, double highest)
    {
        using Scalar low = lowest,
            high = highest;
        return values.clamp(low, high);
    }

    /// <summary>Returns a tensor with values that are too small replaced.</summary>
    public static Tensor AtLeast(this Tensor values, double lowest)
    {
        using Scalar low = lowest;
        return values.clamp_min(low);
    }

    /// <summary>Returns a tensor with values that are too large replaced.</summary>
    public static Tensor AtMost(this Tensor values, double highest)
    {
        using Scalar high = highest;
        return values.clamp_max(high);
    }

    /// <summary>Returns a tensor with negative values times a number.</summary>
    public static Tensor LeakyRelu(this Tensor values, double slope)
    {
        using Scalar negative = slope;
        return values.leaky_relu(negative);
    }

    /// <summary>Returns where values are at least as large as a number.</summary>
    public static Tensor IsAtLeast(this Tensor values, double number)
    {
        using Scalar limit = number;
        return values.ge(limit);
    }

    /// <summary>Returns where values are larger than a number.</summary>
    public static Tensor IsAbove(this Tensor values, double number)
    {
        using Scalar limit = number;
        return values.gt(limit);
    }

    /// <summary>Adds a tensor times a number in place.</summary>
    public static Tensor AddInPlace(this Tensor sum, Tensor added, long times = 1)
    {
        using Scalar factor = times;
        return sum.add_(added, factor);
    }

    /// <summary>Adds a tensor times a number in place; not to integers.</summary>
    public static Tensor AddInPlace(this Tensor sum, Tensor added, double times)
    {
        using Scalar factor = times;
        return sum.add_(added, factor);
    }

    /// <summary>Adds a number to each value in place.</summary>
    public static Tensor AddInPlace(this Tensor sum, double number)
    {
        using Scalar added = number,
            once = 1;
        return sum.add_(added, once);
    }

    /// <summary>Adds a multiple of the product of two tensors in place.</summary>
    public static Tensor AddProductInPlace(this Tensor sum, Tensor left, Tensor right, double times)
    {
        using Scalar factor = times;
        return sum.addcmul_(left, right, factor);
    }

    /// <summary>Adds a multiple of the quotient of two tensors in place.</summary>
    public static Tensor AddQuotientInPlace(this Tensor sum, Tensor dividend, Tensor divisor, double times)
    {
        using Scalar factor = times;
        return sum.addcdiv_(dividend, divisor, factor);
    }

    /// <summary>Multiplies by a number in place.</summary>
    public static Tensor ScaleInPlace(this Tensor values, double number)
    {
        using Scalar factor = number;
        return values.mul_(factor);
    }

    /// <summary>Divides by a number in place.</summary>
    public static Tensor DivideInPlace(this Tensor values, double number)
    {
        using Scalar divisor = number;
        return values.div_(divisor);
    }

    /// <summary>Replaces values outside of bounds by the bounds, in place.</summary>
    public static Tensor ClampInPlace(this Tensor values, double lowest, double highest)
    {
        using Scalar low = lowest,
            high = highest;
        return values.clamp_(low, high);
    }

    /// <summary>Sets every value to a number.</summary>
    public static Tensor FillInPlace(this Tensor values, double number)
    {
        using Scalar value = number;
        return values.fill_(value);
    }
}
