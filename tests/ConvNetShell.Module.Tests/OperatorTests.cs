using System.Management.Automation;
using ConvNetShell.Module.Tests.Support;

namespace ConvNetShell.Module.Tests;

/// <summary>The operators as they are typed: arrays, pictures and layers in, numbers out.</summary>
public sealed class OperatorTests(ModuleFixture module)
{
    [Theory]
    [InlineData("(Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -Padding 0,1 -Stride 2).Output -join ' '", "0 1 0")]
    [InlineData("(Invoke-Convolution -InputObject 1,1,1,0,0 -Kernel (1,-1),(-1,1) -Padding 0,1 -Stride 2).Output | ForEach-Object { $_ -join ' ' }", "0 1 0|0 -1 0")]
    [InlineData("(Invoke-Convolution 1,2,3 -Kernel 4,5,6 -Padding Full -True).Output -join ' '", "4 13 28 27 18")]
    [InlineData("(Invoke-Convolution 1,2,3 -Kernel 4,5,6 -Padding Full).Output -join ' '", "6 17 32 23 12")]
    [InlineData("(Invoke-Convolution (1,2,3),(4,5,6) -Kernel (1,0),(0,1)).Output | ForEach-Object { $_ -join ' ' }", "6 8")]
    [InlineData("(Invoke-Convolution ((1,2),(3,4)),((5,6),(7,8)) -Kernel ((1,1),(1,1)),((1,1),(1,1)) -Dimension 3).Output[0][0] -join ' '", "36")]
    [InlineData("(Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -AsMatrix).Matrix.Entries | ForEach-Object { $_ -join ' ' }", "1 -1 0 0 0|0 1 -1 0 0|0 0 1 -1 0|0 0 0 1 -1")]
    [InlineData("(Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -AsMatrix).Matrix.Difference", "0")]
    [InlineData("(Invoke-Convolution 1,([double]::NaN),3,4 -Kernel 1,1).Output -join ' '", "NaN NaN 7")]
    [InlineData("(Trace-Convolution 1,1,1,0,0 -Kernel 1,-1 -Padding 0,1 -Stride 2).Calculation", "1*1 + 1*-1 = 0|1*1 + 0*-1 = 1|0*1 + 0*-1 = 0")]
    [InlineData("(Trace-Convolution 1,1,1,0,0 -Kernel (1,-1,0,0,0),(0,0,1,-1,0) -Dense).Output -join ' '", "0 1")]
    [InlineData("$p = Invoke-Pooling (1,3,2,1),(4,2,0,1),(1,1,5,6),(0,2,7,8); $p.Output | ForEach-Object { $_ -join ' ' }; $p.Winners | ForEach-Object { $_ -join ',' }", "4 2|2 8|1,0|0,2|3,1|3,3")]
    [InlineData("(Invoke-Pooling 1,5,2,4 -Kind Mean).Output -join ' '", "3 3")]
    [InlineData("$c = New-CrowdPicture -Seed 7; $m = Find-Template $c.Picture $c.Template; ($m.Row - $c.Row), ($m.Column - $c.Column) -join ' '", "0 0")]
    [InlineData("(Compare-Sharing CIFAR10)[0] | ForEach-Object { $_.ConvParameters, $_.LocalParameters, $_.DenseParameters -join ' ' }", "1216 1245184 50348032")]
    [InlineData("(New-ConvLayer 1 '1x2' -NoBias | New-Network -InputShape 1,280,320 | Compare-Sharing).ConvOperations", "267960")]
    [InlineData("(Measure-ConvOutput 227 -Kernel 11 -Stride 4).Formula", "floor((227 + 0 + 0 - 11) / 4) + 1 = 55")]
    [InlineData("(Measure-ConvOutput 5 -Kernel 2 -Stride 2 -Padding 0,1).Sizes", "3")]
    [InlineData("(Get-ReceptiveField CIFAR10 pool3).Size -join ' '", "36 36")]
    [InlineData("(Get-ReceptiveField CIFAR10 conv1 -At 0,31).Cut", "True")]
    public void The_line_gives_the_numbers(string script, string expected) =>
        Assert.Equal(expected.Split('|'), module.Run(script).Select(value => LanguagePrimitives.ConvertTo<string>(value)));

    [Fact]
    public void A_picture_file_goes_in_and_a_template_becomes_a_filter()
    {
        using var folder = new TempFolder();
        Assert.Equal("0 0 36 20 True", module.Get<string>(
            """
            param($at)
            $crowd = New-CrowdPicture -Height 120 -Width 160 -Seed 3 -Path "$at/crowd.png" -TemplatePath "$at/figure.png"
            $found = Find-Template "$at/crowd.png" -Template "$at/figure.png"
            $shape = $crowd.Template.Height, $crowd.Template.Width
            $net = New-ConvLayer 1 ($shape -join 'x') -NoBias | New-Network -InputShape 3,120,160
            Set-Filter $net conv1 0 "$at/figure.png"
            $filter = Get-Filter $net conv1 0
            "$($found.Row - $crowd.Row) $($found.Column - $crowd.Column) $($shape -join ' ') $([math]::Abs($filter.Mean) -lt 1e-6)"
            """,
            folder.Path));
    }

    [Fact]
    public void Invariance_has_a_row_for_each_change_and_layer()
    {
        Assert.Equal("Shift -1,Shift 0,Shift 1,Rotate 90,Flip 1|0|1", module.Get<string>(
            """
            $rows = New-Network -Spec 'conv3x3x4 relu pool2 fc3' -InputShape 3,8,8 | Test-Invariance -Dataset $images -Shift -1..1 -Rotate 90 -Flip
            $output = $rows | Where-Object Layer -eq output
            "$(($output | ForEach-Object { "$($_.Change) $($_.Amount)" }) -join ',')|$(($output | Where-Object { $_.Change -eq 'Shift' -and $_.Amount -eq 0 }).Error)|$($output[1].SameLabel)"
            """));
    }

    [Theory]
    [InlineData("Invoke-Convolution 1,2 -Kernel 1,2,3", "Layer.KernelTooLarge", "Received: ")]
    [InlineData("Invoke-Convolution 1,2 -Kernel 1 -Stride 0", "Setting.Invalid", "-Stride must be")]
    [InlineData("Invoke-Convolution (1,2),(3,4) -Kernel 1 -Dimension 3", "Shape.Mismatch", "Received: 2 (2x2)")]
    [InlineData("Invoke-Pooling 1,2 -Size 3", "Layer.KernelTooLarge", "Received: ")]
    [InlineData("Find-Template ((1,2),(3,4)) -Template ((1,2,3),(3,4,5),(5,6,7))", "Shape.Mismatch", "at most the picture's size of 2x2. Received: 3x3")]
    [InlineData("Find-Template ((1,2),(3,4)) -Template ((1,1),(1,1))", "Setting.Invalid", "-Plain")]
    [InlineData("Trace-Convolution 1,2,3 -Kernel 1,2 -Dense", "Shape.Mismatch", "rows of 3 weights")]
    [InlineData("Measure-ConvOutput 4 -Kernel 5", "Layer.KernelTooLarge", "Received: ")]
    [InlineData("Get-ReceptiveField CIFAR10 pool3 -At 9,9", "Setting.Invalid", "Received: '9,9'")]
    [InlineData("Get-Filter CIFAR10 pool1", "Setting.Invalid", "conv1, conv2, conv3, fc1. Received: 'pool1'")]
    [InlineData("Set-Filter (New-Network LeNet5) conv1 0 (1,2)", "Shape.Mismatch", "Received: 2")]
    [InlineData("Test-Invariance (New-Network CIFAR10) $images -Flip", "Shape.Mismatch", "3x32x32")]
    [InlineData("New-ConvLayer 8 3 -Dimension 1 | New-Network -InputShape 3,8,8", "Layer.WrongInput", "Received: 3x8x8")]
    [InlineData("New-ConvLayer 8 3 -Dimension 4", "Setting.Invalid", "Received: 4")]
    [InlineData("New-ConvLayer 8 3 -Dilation 0", "Setting.Invalid", "-Dilation must be")]
    [InlineData("New-PoolLayer 2 -Stride 0", "Setting.Invalid", "-Stride must be")]
    [InlineData("New-NormLayer Group -Groups 3 | New-Network -InputShape 4,8,8", "Layer.Groups", "Received: ")]
    [InlineData("New-RecurrentLayer LSTM 8 | New-Network -InputShape 3,8,8", "Layer.WrongInput", "Received: 3x8x8")]
    [InlineData("New-RecurrentLayer GRU 0", "Setting.Invalid", "Received: 0")]
    [InlineData("New-ResidualBlock { New-ConvLayer 5 3 -Padding Same } | New-Network -InputShape 3,8,8", "Layer.Join", "Received: ")]
    public void What_is_wrong_is_said(string script, string id, string message)
    {
        ErrorRecord error = module.Fail(script);
        Assert.StartsWith(id + ",ConvNetShell.Cmdlets.Commands.", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(message, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Received: ", error.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Invoke-Convolution @() -Kernel 1", "an empty array")]
    [InlineData("Invoke-Convolution 1,2 -Kernel @()", "an empty array")]
    [InlineData("Invoke-Convolution (1,2),(3,$null) -Kernel 1", "numbers, or lists of numbers")]
    [InlineData("Invoke-Convolution (1,2),(3,4,5) -Kernel 1", "lists of equal length (2 at depth 2). Received: 'one of 3'")]
    [InlineData("Invoke-Convolution 1,2 -Kernel 1 -Padding -1", "Received: '-1'")]
    [InlineData("Invoke-Pooling NoSuchFile.png", "NoSuchFile.png")]
    public void What_does_not_bind_says_what_came(string script, string message) =>
        Assert.Contains(message, module.Fail(script).Exception.Message, StringComparison.Ordinal);
}
