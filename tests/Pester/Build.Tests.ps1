# Networks are what they were meant to be: parameters within a budget, and no mistake that an inspection finds.

BeforeAll {
    Import-Module "$PSScriptRoot/../../ConvNetShell.psd1"
}

Describe 'Layers that pipe' {
    BeforeAll {
        $network = New-ConvLayer 16 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
            New-ConvLayer 20 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
            New-ConvLayer 20 5 -Padding Same -Activation ReLU | New-PoolLayer 2 |
            New-DenseLayer 10 -Activation Softmax | New-Network -InputShape 3,32,32
    }

    It 'make the network of the lecture' {
        $network.ParameterCount | Should -Be 22466
        $network.Layers | Should -HaveCount 11
        $network.Spec | Should -BeExactly 'conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax'
    }

    It 'are the same as a specification' {
        $written = New-Network -Spec $network.Spec -InputShape '32x32x3'
        $written.ParameterCount | Should -Be $network.ParameterCount
        "$($written.InputShape)" | Should -Be '3x32x32'
    }

    It 'keep their names' {
        $named = New-ConvLayer 8 3 -Name first | New-DenseLayer 10 -Name last | New-Network -InputShape 1,28,28
        $named.Layers.Name | Should -Be 'first', 'last'
    }
}

Describe 'Presets' {
    It '<Name> has <Parameters> parameters' -TestCases @(
        @{ Name = 'CIFAR10'; Parameters = 22466 }
        @{ Name = 'LeNet5'; Parameters = 61706 }
    ) {
        param($Name, $Parameters)
        (New-Network -Preset $Name).ParameterCount | Should -Be $Parameters
        (Get-NetworkPreset $Name).Parameters | Should -Be $Parameters
    }

    It '<_> fits its budget of 200,000 parameters' -ForEach 'CIFAR10', 'LeNet5' {
        (New-Network -Preset $_).ParameterCount | Should -BeLessThan 200000
    }

    It '<_> has no mistake in it' -ForEach 'CIFAR10', 'LeNet5', 'MLP' {
        Test-Network -Preset $_ | Where-Object Severity -eq Error | Should -BeNullOrEmpty
    }
}

Describe 'Get-NetworkSummary' {
    It 'shows where the parameters come from' {
        $rows = New-Network -Preset CIFAR10 | Get-NetworkSummary
        $rows[0].Formula | Should -Be '16x5x5x3+16 = 1216'
        ($rows | Where-Object Type -eq Conv).Parameters | Should -Be 1216, 8020, 10020
    }
}

Describe 'Test-Network' {
    It 'finds a window larger than its input' {
        $issue = Test-Network -Spec 'conv5x5x8p0 pool2 pool2 pool2 conv5x5x8p0 fc10' -InputShape 1,28,28 | Where-Object Severity -eq Error
        $issue | Should -Not -BeNullOrEmpty
        $issue.Code | Should -Contain 'Layer.KernelTooLarge'
        $issue.Fix | Should -Not -BeNullOrEmpty
    }
}

Describe 'Mistakes' {
    It '<Name> is an error that says what came' -TestCases @(
        @{ Name = 'A kernel that is no number'; Script = { New-ConvLayer 8 abc }; Message = "*Received: 'abc'*" }
        @{ Name = 'A preset that is none'; Script = { New-Network -Preset NoSuch }; Message = "*CIFAR10, *LeNet5, *MLP. Received: 'NoSuch'*" }
        @{ Name = 'A dropout of 150 %'; Script = { New-DropoutLayer 1.5 }; Message = '*Received: 1.5*' }
    ) {
        $Script | Should -Throw $Message
    }

    It 'have ids that stay' {
        { New-Network -Spec 'conv5x5x8p0 fc3' -InputShape 3,4,4 } | Should -Throw -ErrorId 'Layer.KernelTooLarge,ConvNetShell.Cmdlets.Commands.NewNetworkCommand'
    }
}
