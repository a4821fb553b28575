BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-NormLayer' {
    It 'is batch normalization by default, with two numbers a channel' {
        "$(New-NormLayer)" | Should -BeExactly 'bn'
        (New-NormLayer | New-Network -InputShape 4, 8, 8).ParameterCount | Should -Be 8
    }

    It 'makes <Kind> with <Parameters> parameters' -ForEach @(
        @{ Kind = 'Batch'; Parameters = 8 }
        @{ Kind = 'Layer'; Parameters = 8 }
        @{ Kind = 'LocalResponse'; Parameters = 0 }
    ) {
        $network = New-NormLayer $Kind | New-Network -InputShape 4, 8, 8
        $network.ParameterCount | Should -Be $Parameters
        "$($network.Layers[0].Output)" | Should -BeExactly '4x8x8'
    }

    It 'makes a batch normalization with another momentum and epsilon, and without a scale' {
        $layer = New-NormLayer -Momentum 0.4 -Epsilon 1e-12 -NoScale
        "$layer" | Should -BeExactly 'bn-m0.4-eps1e-12-noscale'
        $network = $layer | New-Network -InputShape 4, 8, 8
        $network.ParameterCount | Should -Be 4
        Export-Network "$TestDrive/norm.cnsh" $network
        (Import-Network "$TestDrive/norm.cnsh").Spec | Should -BeExactly "$layer"
        $code = ConvertTo-NetworkCode $network -Language PowerShell
        (& ([scriptblock]::Create($code))).Spec | Should -BeExactly "$layer"
        Assert-OnlyError { New-NormLayer -Momentum 0 } Setting.Invalid 'above 0 and at most 1'
    }

    It 'has as many groups as asked for' {
        (New-NormLayer Group -Groups 2 | New-Network -InputShape 4, 8, 8).ParameterCount | Should -Be 8
        Assert-OnlyError { New-NormLayer Group -Groups 3 | New-Network -InputShape 4, 8, 8 } Layer.Groups
    }

    It 'stands after the layers that come in and before its activation' {
        "$(New-ConvLayer 4 3 -Padding Same -NoBias | New-NormLayer -Activation ReLU)" | Should -BeExactly 'conv3x3x4-nobias bn relu'
    }

    It 'names the kinds where it is given none of them' {
        (Get-OnlyError { New-NormLayer Foo }).Exception.Message | Should -BeLikeExactly '*Batch, *'
    }
}
