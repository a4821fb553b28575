# Numbers that are read and written are the same in every culture. The whole suite runs in several; this file sets them itself.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'In <_>' -ForEach 'de-DE', 'tr-TR', 'ar-SA' {
    BeforeAll {
        $before = [cultureinfo]::CurrentCulture
        [cultureinfo]::CurrentCulture = $_
    }

    AfterAll {
        [cultureinfo]::CurrentCulture = $before
    }

    It 'settings are read and written the same' {
        $run = New-TinyNetwork 'fc3' | Start-Training $images -Epochs 1 -BatchSize 8 -LearningRate '0.5' -Momentum 0.25 -Precision Float32
        "$($run.Settings)" | Should -BeExactly '1 epoch, batch 8, SGD at 0.5 (OneCycle), momentum 0.25, weight decay 0.0005, augmentation none'
    }

    It 'specifications are too' {
        (New-Network -Spec 'conv3x3x1000 drop0.25 fc3' -InputShape 3,8,8).Spec | Should -BeExactly 'conv3x3x1000 drop0.25 fc3'
        "$(New-DropoutLayer 0.5)" | Should -BeExactly 'drop0.5'
    }

    It 'names are found however they are written' {
        # A Turkish I has no dot: FASHIONMNIST is no fashionmnist there, unless names are compared as names.
        (Get-NetworkPreset cifar10).Name | Should -BeExactly 'CIFAR10'
        (Get-Dataset 'fashionmnist').Name | Should -BeExactly 'FashionMNIST'
        (New-Network CONVNETJSMNIST).Name | Should -BeExactly (New-Network ConvNetJSMNIST).Name
        (New-PoolLayer -Padding VALID | New-Network -InputShape 3,8,8).ParameterCount | Should -Be 0
        "$((New-Network -Spec 'CONV3X3X4 RELU FC3' -InputShape 3,8,8 -ErrorAction SilentlyContinue).Spec)" | Should -BeIn 'conv3x3x4 relu fc3', ''
    }

    It 'figures have points' {
        $run = New-TinyNetwork 'fc3' | Start-Training $images -Epochs 1 -BatchSize 8
        $run.Network | Export-Figure "$TestDrive/network.svg"
        [System.IO.File]::ReadAllText("$TestDrive/network.svg") -cmatch '="-?[0-9]+,[0-9]+"' | Should -BeFalse
        $run | Export-Figure "$TestDrive/run.json"
        Get-Content "$TestDrive/run.json" -Raw | ConvertFrom-Json | Should -Not -BeNullOrEmpty
    }
}
