BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'ConvertTo-NetworkCode' {
    It 'writes PowerShell that makes the same network: <_>' -ForEach @(
        'conv3x3x4 relu pool2 fc3 softmax'
        'conv3x2x6s2x1p0:1x1:0 gelu avgpool3x2s2psame drop0.3 bn spatialdrop0.2 conv1x1x4d2g2-nobias sigmoid globalmax fc3-nobias'
        'deconv3x3x4s2e1 local2x2x4 gn2 ln lrn3 scale0.5 adaptiveavg3x2 scaledtanh flatten fc4 rbf2'
        'res(conv3x3x3 relu) respad(conv3x3x4s2) concat(conv1x1x2 | ) add(conv1x1x6 | ) globalavg fc3'
        'mapconv3x3:01/12 subsample2 leakyrelu fc2'
        'conv3x3x6 maxout3 fc8 maxout2 fc2'
        'conv3x3x6 bn-m0.4-eps1e-12-noscale relu fc2'
    ) {
        $network = New-Network -Spec $_ -InputShape 3, 8, 8 -Name "it's" -Seed 7
        $copy = $network | ConvertTo-NetworkCode -Language PowerShell | Invoke-Expression
        $copy.Spec | Should -BeExactly $network.Spec
        $copy.ParameterCount | Should -Be $network.ParameterCount
        $copy.InputShape | Should -Be $network.InputShape
        $copy.Name | Should -BeExactly "it's"
        (Get-Filter $copy fc1 0).Values | Should -Be (Get-Filter $network fc1 0).Values
    }

    It 'keeps names, initializers, constants and classes' {
        $network = New-ConvLayer 4 3 -Name first -Initializer Normal -InitialScale 0.2 | New-NormLayer LocalResponse -Size 3 -Alpha 0.01 -K 1 |
            New-DenseLayer 2 | New-Network -InputShape 3, 8, 8 -Classes 'cat', "d'og"
        $copy = ConvertTo-NetworkCode PowerShell $network | Invoke-Expression
        $copy.Layers.Name | Should -Be $network.Layers.Name
        $copy.Layers[0].Spec.Initializer | Should -Be $network.Layers[0].Spec.Initializer
        $copy.Layers[1].Spec.Alpha | Should -Be 0.01
        $copy.Classes | Should -Be 'cat', "d'og"
    }

    It 'writes <Language> of a preset' -ForEach @(
        @{ Language = 'PyTorch'; Text = 'nn.Conv2d(3, 16, 5, padding=2)' }
        @{ Language = 'Keras'; Text = 'layers.Conv2D(16, 5, padding="same", name="conv1")' }
        @{ Language = 'ConvNetJS'; Text = "layer_defs.push({type:'conv', sx:5, sy:5, filters:16, stride:1, pad:2, activation:'relu'});" }
        @{ Language = 'TorchSharp'; Text = 'Conv2d(3, 16, 5, padding: 2)' }
        @{ Language = 'PowerShell'; Text = 'New-ConvLayer 16 5 -Padding Same' }
        @{ Language = 'Spec'; Text = 'conv5x5x16 relu pool2' }
    ) {
        $code = ConvertTo-NetworkCode $Language CIFAR10
        $code | Should -HaveCount 1
        $code.Contains($Text) | Should -BeTrue -Because $code
    }

    It 'says which layer a language lacks, and continues with the next network' {
        $networks = 'conv3x3x4 local3x3x2 fc2', 'conv3x3x4 fc2' | ForEach-Object { New-TinyNetwork $_ }
        $code = $networks | ConvertTo-NetworkCode PyTorch -ErrorVariable problem -ErrorAction SilentlyContinue
        $problem.FullyQualifiedErrorId | Should -BeLike 'Layer.NotSupported,*'
        $problem[0].Exception.Message | Should -BeLike '*local1*PyTorch*'
        $code | Should -HaveCount 1
    }

    It 'completes the languages' {
        (Complete 'ConvertTo-NetworkCode -Language ').CompletionText | Should -Contain 'ConvNetJS'
    }

    It 'refuses a language that is not there' {
        { ConvertTo-NetworkCode Fortran CIFAR10 } | Should -Throw '*Fortran*'
    }
}
