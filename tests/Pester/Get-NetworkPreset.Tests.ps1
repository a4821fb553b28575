BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Get-NetworkPreset' {
    It 'lists every preset' {
        $presets = Get-NetworkPreset
        'CIFAR10', 'LeNet5', 'AlexNet', 'C3D', 'Conv1D', 'LSTM', 'GRU', 'MLP' | Should -BeIn $presets.Name
        $presets.Name | Select-Object -Unique | Should -HaveCount $presets.Count
    }

    It '<Name> is listed as New-Network makes it' -ForEach @(
        @{ Name = 'CIFAR10'; Parameters = 22466; Shape = '3x32x32' }
        @{ Name = 'CIFAR10Fast'; Parameters = 1971640; Shape = '3x32x32' }
        @{ Name = 'LeNet5'; Parameters = 61706; Shape = '1x28x28' }
    ) {
        $preset = Get-NetworkPreset $Name
        $preset.Name | Should -BeExactly $Name
        $preset.Parameters | Should -Be $Parameters
        (New-Network -Preset $Name).ParameterCount | Should -Be $Parameters
        "$($preset.Input)" | Should -BeExactly $Shape
        $preset.Source | Should -Not -BeNullOrEmpty
    }

    It 'takes wildcards and lists' {
        (Get-NetworkPreset lenet*).Name | Should -BeExactly 'LeNet5', 'LeNet5-1998'
        (Get-NetworkPreset mlp, CIFAR10).Name | Should -BeExactly 'MLP', 'CIFAR10'
        Get-NetworkPreset nothing* | Should -BeNullOrEmpty
    }

    It 'reads well in a text, in every culture' {
        "$(Get-NetworkPreset LeNet5)" | Should -BeExactly 'LeNet5: 1x28x28, 61,706 parameters, for FashionMNIST'
    }

    It 'completes names' {
        (Complete 'Get-NetworkPreset ml').CompletionText | Should -BeExactly 'MLP'
    }
}
