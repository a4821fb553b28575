BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-ResidualBlock' {
    It 'adds its input to what its layers make of it' {
        $block = New-ResidualBlock { New-ConvLayer 3 3 -Padding Same }
        $network = $block | New-Network -InputShape 3, 8, 8
        "$($network.Layers[-1].Output)" | Should -BeExactly '3x8x8'
        $network.ParameterCount | Should -Be (3 * 27 + 3)
    }

    It 'takes its layers as list or as script block' {
        $layers = New-ConvLayer 3 3 -Padding Same -Activation ReLU | New-ConvLayer 3 3 -Padding Same
        $list = New-ResidualBlock $layers | New-Network -InputShape 3, 8, 8
        $block = New-ResidualBlock { New-ConvLayer 3 3 -Padding Same -Activation ReLU | New-ConvLayer 3 3 -Padding Same } | New-Network -InputShape 3, 8, 8
        $list.Spec | Should -BeExactly $block.Spec
    }

    It 'has a shortcut that changes the shape where one is asked for' {
        $network = New-ResidualBlock { New-ConvLayer 8 3 -Stride 2 -Padding 1 } -Shortcut Projection -Activation ReLU | New-Network -InputShape 3, 8, 8
        "$($network.Layers[-1].Output)" | Should -BeExactly '8x4x4'
    }

    It 'stands after the layers that come in' {
        $layers = @(New-PoolLayer | New-ResidualBlock { New-ConvLayer 3 3 -Padding Same })
        $layers | Should -HaveCount 2
        "$($layers[0])" | Should -BeExactly 'pool2'
    }

    It 'refuses layers whose result does not fit its input' {
        Assert-OnlyError { New-ResidualBlock { New-ConvLayer 5 3 -Padding Same } | New-Network -InputShape 3, 8, 8 } Layer.Join
    }
}
