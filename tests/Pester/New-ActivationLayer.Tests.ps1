BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-ActivationLayer' {
    It 'makes <_>, which changes no shape' -ForEach 'ReLU', 'LeakyReLU', 'Sigmoid', 'Tanh', 'ScaledTanh', 'GELU', 'Softmax' {
        $layer = New-ActivationLayer $_
        $layer.Function | Should -Be $_
        $network = $layer | New-Network -InputShape 12
        $network.ParameterCount | Should -Be 0
        "$($network.Layers[0].Output)" | Should -BeExactly '12'
    }

    It 'stands after the layers that come in' {
        "$(New-ConvLayer 4 3 -Padding Same | New-ActivationLayer relu)" | Should -BeExactly 'conv3x3x4 relu'
    }

    It 'is a word of a specification' {
        "$((New-ActivationLayer Tanh | New-Network -InputShape 3, 8, 8).Spec)" | Should -BeExactly 'tanh'
    }

    It 'names the functions where it is given none of them' {
        $record = Get-OnlyError { New-ActivationLayer Foo }
        $record.Exception.Message | Should -BeLikeExactly '*ReLU, LeakyReLU, Sigmoid, Tanh, ScaledTanh, GELU, Softmax*'
        $record.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'completes the functions' {
        (Complete 'New-ActivationLayer S').CompletionText | Should -BeExactly 'ScaledTanh', 'Sigmoid', 'Softmax'
    }
}
