BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    function Get-Output($Layers, $Shape = '3,8,8') { ($Layers | New-Network -InputShape $Shape).Layers[-1].Output.ToString() }
}

Describe 'New-PoolLayer' {
    It 'halves height and width by default' {
        Get-Output (New-PoolLayer) | Should -BeExactly '3x4x4'
        "$(New-PoolLayer)" | Should -BeExactly 'pool2'
    }

    It '<Line> gives <Output>' -ForEach @(
        @{ Line = 'New-PoolLayer 3 -Stride 2'; Output = '3x3x3' }
        @{ Line = 'New-PoolLayer 3 -Stride 1 -Padding Same'; Output = '3x8x8' }
        @{ Line = 'New-PoolLayer 2x4'; Output = '3x4x2' }
        @{ Line = 'New-PoolLayer -Global -Kind Mean'; Output = '3' }
        @{ Line = 'New-PoolLayer -OutputSize 5'; Output = '3x5x5' }
    ) {
        Get-Output (& ([scriptblock]::Create($Line))) | Should -BeExactly $Output
    }

    It 'takes the mean or the maximum' {
        "$(New-PoolLayer -Kind Mean)" | Should -BeExactly "$((New-Network -Spec avgpool2 -InputShape 3,8,8).Layers[0].Spec)"
        (New-PoolLayer).Pooling | Should -Be 'Max'
    }

    It 'passes on the layers that come in' {
        "$(New-ConvLayer 8 3 -Padding Same | New-PoolLayer)" | Should -BeExactly 'conv3x3x8 pool2'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'New-PoolLayer 2 -Stride 0'; Id = 'Setting.Invalid'; Text = '-Stride must be' }
        @{ Line = 'New-PoolLayer 9 | New-Network -InputShape 3,8,8'; Id = 'Layer.KernelTooLarge'; Text = 'Received: 3x8x8' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }

    It 'does not bind a size below 1' {
        (Get-OnlyError { New-PoolLayer -1 }).Exception.Message | Should -BeLikeExactly '*-Size must be one integer of 1 or more*'
    }

    It 'has one way at a time to say a size' {
        (Get-OnlyError { New-PoolLayer -Global -OutputSize 2 }).FullyQualifiedErrorId | Should -BeLikeExactly 'AmbiguousParameterSet,*'
    }

    It 'completes paddings' {
        (Complete 'New-PoolLayer -Padding s').CompletionText | Should -BeExactly 'Same'
    }
}
