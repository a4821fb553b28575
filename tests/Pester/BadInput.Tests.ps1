# Settings, names and samples that cannot be: one error with a stable id, which says what was expected and what came.
# Errors of cmdlets that work on one thing alone are in the cmdlets' own files.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = New-TinyData
    $images = Import-Dataset $folder
    $network = New-TinyNetwork 'fc3'
}

Describe 'Start-Training' {
    It '<Settings> is refused: <Text>' -ForEach @(
        @{ Settings = '-LearningRate NaN'; Text = '-LearningRate must be above 0 and at most 1E+30. Received: NaN' }
        @{ Settings = '-LearningRate ([double]::PositiveInfinity)'; Text = '-LearningRate must be above 0 and at most 1E+30. Received: Infinity.' }
        @{ Settings = '-LearningRate 0'; Text = '-LearningRate must be above 0 and at most 1E+30. Received: 0.' }
        @{ Settings = '-Momentum 1'; Text = '-Momentum must be 0 or more and below 1. Received: 1' }
        @{ Settings = '-WeightDecay -1'; Text = '-WeightDecay must be a finite number of 0 or more. Received: -1.' }
        @{ Settings = '-Device tpu'; Text = "cpu. Received: 'tpu'." }
        @{ Settings = '-Epochs 0'; Text = '-Epochs must be an integer of 1 or more. Received: 0' }
        @{ Settings = '-BatchSize 0'; Text = '-BatchSize must be an integer of 1 or more. Received: 0' }
        @{ Settings = '-CheckpointEvery 2'; Text = '-CheckpointPath must be given with CheckpointEvery. Received: nothing.' }
        @{ Settings = '-ClassWeight 1,2'; Text = 'blue, green, red' }
    ) {
        Assert-OnlyError ([scriptblock]::Create("`$network | Start-Training `$images $Settings")) Setting.Invalid $Text
    }
}

Describe 'Datasets and networks that do not fit' {
    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = "New-TinyNetwork fc4 | Start-Training `$images"; Text = 'expected one value for each of 3 classes, as New-Network -Classes 3 gives it. Received: 4' }
        @{ Line = 'New-Network LeNet5 | Start-Training $images'; Text = 'expected 1x28x28. Received: 3x8x8' }
        @{ Line = 'New-Network CIFAR10 | Start-Training $images'; Text = 'expected 3x32x32. Received: 3x8x8' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) Shape.Mismatch $Text
    }
}

Describe 'Select-Sample' {
    It '<Settings> is refused: <Text>' -ForEach @(
        @{ Settings = '-Index 12'; Text = '-Index must be from 0 to 11 (Test: 12 of 3x8x8). Received: 12' }
        @{ Settings = '-Index -1'; Text = '-Index must be from 0 to 11 (Test: 12 of 3x8x8). Received: -1' }
    ) {
        Assert-OnlyError ([scriptblock]::Create("Select-Sample `$images $Settings")) Setting.Invalid $Text
    }
}

Describe 'What does not bind' {
    It '<Line> is an error that says what would: <Text>' -ForEach @(
        @{ Line = '$network | Start-Training $images -Optimizer Foo'; Text = 'SGD, Adam, AdamW' }
        @{ Line = '$network | Start-Training $images -Monitor Loss'; Text = 'ValidationAccuracy, ValidationLoss, TrainAccuracy, TrainLoss' }
        @{ Line = '$network | Start-Training $images -ClassWeight Balancd'; Text = 'Balanced, or a number for each class' }
        @{ Line = '$network | Start-Training -Dataset 5'; Text = "Dataset" }
        @{ Line = 'Select-Sample $images -Count 0'; Text = 'minimum allowed range of 1' }
    ) {
        $record = Get-OnlyError ([scriptblock]::Create($Line))
        $record.CategoryInfo.Category | Should -BeIn 'InvalidData', 'InvalidArgument'
        $record.Exception.Message.Contains($Text) | Should -BeTrue -Because $record.Exception.Message
    }
}

Describe 'A bad item' {
    It 'does not stop the next' {
        $read = "$TestDrive/nothing here", $folder | Import-Dataset -ErrorAction SilentlyContinue -ErrorVariable failed
        $read | Should -HaveCount 1
        $failed | Should -HaveCount 1
    }

    It 'is not made of nothing' {
        @() | Get-NetworkSummary | Should -BeNullOrEmpty
        @() | Select-Sample | Should -BeNullOrEmpty
        @() | Import-Dataset | Should -BeNullOrEmpty
    }
}
