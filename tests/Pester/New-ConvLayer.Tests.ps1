BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-ConvLayer' {
    It '<Line> is <Spec>' -ForEach @(
        @{ Line = 'New-ConvLayer 8 3'; Spec = 'conv3x3x8p0' }
        @{ Line = 'New-ConvLayer 16 5 -Padding Same'; Spec = 'conv5x5x16' }
        @{ Line = 'New-ConvLayer -Kernel 3x5 -Filters 8 -Padding 1x2'; Spec = 'conv3x5x8p1x2' }
        @{ Line = 'New-ConvLayer 8 3 -Stride 2 -Padding 1'; Spec = 'conv3x3x8s2p1' }
        @{ Line = 'New-ConvLayer 8 3 -Dilation 2 -Groups 2'; Spec = 'conv3x3x8p0d2g2' }
        @{ Line = 'New-ConvLayer 8 3 -NoBias'; Spec = 'conv3x3x8p0-nobias' }
        @{ Line = 'New-ConvLayer 8 3 -Dimension 1'; Spec = 'conv1d3x8p0' }
    ) {
        $layer = & ([scriptblock]::Create($Line))
        "$layer" | Should -BeExactly $Spec
        # The words make the same layer.
        $shape = if ($Line -match 'Dimension 1') { '4,16' } else { '4,16,16' }
        $fromWords = New-Network -Spec $Spec -InputShape $shape
        ($layer | New-Network -InputShape $shape).ParameterCount | Should -Be $fromWords.ParameterCount
        ($layer | New-Network -InputShape $shape).Layers[-1].Output.ToString() | Should -BeExactly $fromWords.Layers[-1].Output.ToString()
    }

    It 'puts its activation behind itself' {
        "$(New-ConvLayer 8 3 -Padding Same -Activation ReLU)" | Should -BeExactly 'conv3x3x8 relu'
        New-ConvLayer 8 3 -Activation ReLU | Should -HaveCount 2
    }

    It 'passes on the layers that come in, and stands after them' {
        $layers = New-ConvLayer 8 3 -Activation GELU | New-PoolLayer 3 -Stride 2 -Kind Mean | New-NormLayer | New-ActivationLayer Tanh |
            New-DropoutLayer 0.25 | New-FlattenLayer | New-DenseLayer 3 | New-ConvLayer 4 1
        ($layers | ForEach-Object { $_.GetType().Name }) -join ' ' |
            Should -BeExactly 'ConvSpec ActivationSpec PoolSpec BatchNormSpec ActivationSpec DropoutSpec FlattenSpec DenseSpec ConvSpec'
    }

    It 'has the kinds of convolution that its switches name' {
        (New-ConvLayer 4 3 -Transposed -Stride 2 -OutputPadding 1 -Padding 1 | New-Network -InputShape 3, 8, 8).Layers[0].Output.ToString() | Should -BeExactly '4x16x16'
        (New-ConvLayer 4 3 -Unshared | New-Network -InputShape 3, 8, 8).ParameterCount | Should -Be (6 * 6 * (4 * 3 * 3 * 3 + 4))
        (New-ConvLayer 4 3 -Dimension 3 | New-Network -InputShape 1, 8, 8, 8).Layers[0].Output.ToString() | Should -BeExactly '4x6x6x6'
    }

    It 'keeps its name' {
        (New-ConvLayer 8 3 -Name first | New-DenseLayer 10 -Name last | New-Network -InputShape 1, 28, 28).Layers.Name | Should -BeExactly 'first', 'last'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'New-ConvLayer 0 3'; Id = 'Setting.Invalid'; Text = '-Filters must be an integer of 1 or more. Received: 0' }
        @{ Line = 'New-ConvLayer 8 3 -Groups 3'; Id = 'Setting.Invalid'; Text = '-Groups must be an integer that divides the 8 filters. Received: 3' }
        @{ Line = 'New-ConvLayer 8 3 -Dimension 4'; Id = 'Setting.Invalid'; Text = 'Received: 4' }
        @{ Line = 'New-ConvLayer 8 3 -Dilation 0'; Id = 'Setting.Invalid'; Text = '-Dilation must be' }
        @{ Line = 'New-ConvLayer 8 3 -Groups 4 | New-Network -InputShape 3,8,8'; Id = 'Layer.Groups'; Text = 'Received: 3' }
        @{ Line = 'New-ConvLayer 8 3 -Dimension 1 | New-Network -InputShape 3,8,8'; Id = 'Layer.WrongInput'; Text = 'Received: 3x8x8' }
        @{ Line = 'New-ConvLayer 8 9 | New-DenseLayer 3 | New-Network -InputShape 3,4,4'; Id = 'Layer.KernelTooLarge'; Text = 'Received: 3x4x4' }
        @{ Line = 'New-ConvLayer 8 3 -Name a | New-ConvLayer 8 3 -Name a | New-Network -InputShape 3,8,8'; Id = 'Setting.Invalid'; Text = "-Name must be different for each layer. Received: 'a'" }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }

    It '<Line> does not bind: <Text>' -ForEach @(
        @{ Line = 'New-ConvLayer 8 abc'; Text = "-Kernel must be an integer (5), or one for each dimension (5x3). Received: 'abc'" }
        @{ Line = 'New-ConvLayer 8 3 -Padding Wat'; Text = "-Padding must be Valid, Same, or integers of 0 or more: 1, 1x2 (one for each dimension) or 0:1 (before:after). Received: 'Wat'" }
        @{ Line = 'New-ConvLayer 8 3 -Activation Foo'; Text = 'ReLU, LeakyReLU' }
    ) {
        $record = Get-OnlyError ([scriptblock]::Create($Line))
        $record.CategoryInfo.Category | Should -BeIn 'InvalidData', 'InvalidArgument'
        $record.Exception.Message | Should -BeLikeExactly "*$Text*"
    }

    It 'completes paddings and activations' {
        (Complete 'New-ConvLayer 8 3 -Padding ').CompletionText | Should -BeExactly 'Valid', 'Same'
        (Complete 'New-ConvLayer 8 3 -Activation Le').CompletionText | Should -BeExactly 'LeakyReLU'
    }
}
