using System.Security.Cryptography;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>The clips and the signals that are drawn here: the same everywhere, balanced, and what their classes say.</summary>
public sealed class GeneratedSequenceTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_on_every_machine()
    {
        Assert.Equal(
            "d0b4aab37b0f035e26ea929f5a117912",
            Convert.ToHexStringLower(MD5.HashData(MovingShapesGenerator.Generate(24, 12, seed: 7).Train.PixelArray))
        );
        Assert.Equal(
            "9b47df095d83981885c43fa9de0e1c1f",
            Convert.ToHexStringLower(MD5.HashData(SignalsGenerator.Generate(24, 12, seed: 7).Train.PixelArray))
        );
    }

    [Fact]
    public void Samples_do_not_depend_on_how_many_are_made()
    {
        Dataset few = MovingShapesGenerator.Generate(6, 0),
            many = MovingShapesGenerator.Generate(60, 12);
        Assert.Equal(few.Train.PixelArray, many.Train.PixelArray[..few.Train.PixelArray.Length]);
        Assert.Null(few.Test);
        Assert.NotEqual(few.Train.PixelArray, MovingShapesGenerator.Generate(6, 0, 1).Train.PixelArray);
        Assert.Equal("Signals: 1x64, 6 classes, Train 12, Test 6", SignalsGenerator.Generate(12, 6).ToString());
        Assert.Equal("MovingShapes: 1x8x24x24, 6 classes, Train 60, Test 12", many.ToString());
    }

    [Fact]
    public void Classes_are_balanced_and_counts_checked()
    {
        Assert.All(SignalsGenerator.Generate(60, 12).Train.Labels.GroupBy(label => label), group => Assert.Equal(10, group.Count()));
        Assert.Throws<InvalidSettingException>(() => SignalsGenerator.Generate(0));
        Assert.Throws<InvalidSettingException>(() => MovingShapesGenerator.Generate(12, -1));
    }

    /// <summary>Rising signals end higher than they start, falling ones lower.</summary>
    [Fact]
    public void Rising_signals_rise()
    {
        Dataset data = SignalsGenerator.Generate(60, 0);
        for (int i = 0; i < 60; i++)
        {
            byte[] signal = data.Train.PixelArray[(64 * i)..(64 * (i + 1))];
            double change = signal[48..].Average(value => value) - signal[..16].Average(value => value);
            string name = data.Classes[data.Train.Labels[i]];
            Assert.True(
                name switch
                {
                    "rising" => change > 0,
                    "falling" => change < 0,
                    _ => true,
                },
                $"{i}: {name} {change}"
            );
        }
    }
}
