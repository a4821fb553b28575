BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $global:completionNet = New-Network LeNet5
}
AfterAll { Remove-Variable completionNet -Scope Global }

Describe 'Completion' {
    It '<Line> offers <Expected>' -ForEach @(
        @{ Line = '$completionNet | Get-Filter conv'; Expected = 'conv1', 'conv2' }
        @{ Line = 'Get-Filter $completionNet conv'; Expected = 'conv1', 'conv2' }
        @{ Line = 'Get-Filter $completionNet -Layer conv'; Expected = 'conv1', 'conv2' }
        @{ Line = 'Get-Filter -Network $completionNet -Layer fc'; Expected = 'fc1', 'fc2', 'fc3' }
        @{ Line = 'New-Network MLP | Get-Filter -Layer fc'; Expected = 'fc1', 'fc2', 'fc3' }
        @{ Line = '$x | Get-FeatureMap $completionNet conv'; Expected = 'conv1', 'conv2' }
        @{ Line = 'Measure-Layer $completionNet -Layer pool'; Expected = 'pool1', 'pool2' }
        @{ Line = 'Select-Sample FashionMNIST -Class S'; Expected = "Sandal", "Shirt", "Sneaker" }
        @{ Line = 'Select-Sample FashionMNIST -Class T-'; Expected = , "'T-shirt/top'" }
        @{ Line = 'Import-Dataset CIFAR10 | Select-Sample -Class d'; Expected = 'deer', 'dog' }
        @{ Line = 'New-Network -Preset LeN'; Expected = 'LeNet5', 'LeNet5-1998' }
        @{ Line = 'Start-Training -Optimizer Ad'; Expected = 'Adadelta', 'Adam', 'AdamW' }
        @{ Line = 'Start-Training -Schedule Co'; Expected = 'Constant', 'Cosine' }
        @{ Line = 'Measure-Accuracy -Device c'; Expected = 'cpu', 'cuda' }
        @{ Line = '$completionNet | Measure-Accuracy Fa'; Expected = , 'FashionMNIST' }
        @{ Line = "New-Network -Spec 'conv5x5x16 gl"; Expected = "'conv5x5x16 globalavg'", "'conv5x5x16 globalmax'" }
        @{ Line = "Edit-Network -Append 'relu drop"; Expected = , "'relu drop0.5'" }
        @{ Line = "New-ResidualBlock 'conv3x3x8 b"; Expected = , "'conv3x3x8 bn'" }
        @{ Line = "New-Network -Spec 'skip"; Expected = , "'skip32s2'" }
        @{ Line = 'Start-Sweep -Objective Val'; Expected = 'ValidationAccuracy', 'ValidationLoss' }
        @{ Line = 'Start-Sweep -Pruner H'; Expected = , 'Hyperband' }
        @{ Line = 'Start-Training -Monitor Train'; Expected = 'TrainAccuracy', 'TrainLoss' }
        @{ Line = 'Find-LearningRate -Network MLP'; Expected = , 'MLP' }
        @{ Line = 'Get-Saliency -Method Grad'; Expected = 'GradCam', 'Gradient' }
    ) {
        $found = (Complete $Line).CompletionText
        foreach ($text in $Expected) { $found | Should -Contain $text }
    }

    It 'every parameter for a <Name> of a cmdlet completes, with tooltips' -ForEach @(
        @{ Name = 'preset'; Parameters = , 'Preset' }
        @{ Name = 'dataset'; Parameters = , 'Dataset' }
        @{ Name = 'class'; Parameters = , 'Class' }
        @{ Name = 'optimizer or schedule'; Parameters = 'Optimizer', 'Schedule', 'Precision' }
        @{ Name = 'metric'; Parameters = 'Monitor', 'Objective' }
        @{ Name = 'device'; Parameters = , 'Device' }
        @{ Name = 'spec'; Parameters = , 'Spec' }
        @{ Name = 'kind or method'; Parameters = 'Kind', 'Method', 'Format', 'Split', 'Activation', 'Initializer', 'Fit', 'Plot', 'Scope' }
    ) {
        $found = @(foreach ($cmdlet in Get-Command -Module ConvNetShell) {
            foreach ($parameter in $cmdlet.Parameters.Values | Where-Object Name -in $Parameters) {
                "$cmdlet -$($parameter.Name)"
                # Classes of a network are those of its data: Get-Saliency.Tests.ps1 and others have a trained one.
                if ($parameter.Name -eq 'Class' -and $cmdlet.Name -ne 'Select-Sample') { continue }
                $before = if ($parameter.Name -eq 'Class') { ' CIFAR10' } else { '' }
                $offers = @(Complete "$cmdlet$before -$($parameter.Name) ")
                $offers.Count | Should -BeGreaterThan 0 -Because "$cmdlet -$($parameter.Name) completes"
                $offers.ToolTip | Should -Not -BeNullOrEmpty
            }
        })
        $found.Count | Should -BeGreaterThan 0
    }

    It 'offers the identifiers of kept runs' {
        $folder = "$TestDrive/kept"
        $run = New-TinyNetwork | Start-Training (New-TinyData) -Epochs 1 -Threads 1 -RunPath $folder
        $kept = Get-TrainingRun -RunPath $folder
        $offers = Complete "Get-TrainingRun -RunPath '$folder' -Run "
        $offers.CompletionText | Should -Contain $kept.Id
        $offers[0].ToolTip | Should -BeLike "$($kept.Name)*"
        (Complete "Compare-TrainingRun -RunPath '$folder' ").CompletionText | Should -Contain $kept.Id
        $run | Remove-TrainingRun
    }

    It 'presets say their parameters and source' {
        (Complete 'New-Network -Preset MLP')[0].ToolTip | Should -BeLike 'MLP: *parameters*FashionMNIST*'
    }

    It 'offers paths where <_> is expected' -ForEach 'Measure-Accuracy $completionNet -Dataset ', 'Start-Training -Dataset ', 'Get-Prediction $completionNet -Image ', 'Get-Saliency $completionNet -Image ' {
        $null = New-Item -ItemType Directory -Force (Join-Path $TestDrive 'photos of mine')
        Push-Location $TestDrive
        try { (Complete ($_ + './pho')).CompletionText | Should -BeLike '*photos of mine*' } finally { Pop-Location }
    }

    It 'offers installed kernels to <_>' -ForEach 'Test-ConvNetKernel', 'Uninstall-ConvNetKernel' {
        $before = $env:JUPYTER_DATA_DIR
        $env:JUPYTER_DATA_DIR = "$TestDrive/jupyter"
        try {
            $null = New-Item -ItemType Directory -Force "$TestDrive/jupyter/kernels/of-a-test"
            Set-Content "$TestDrive/jupyter/kernels/of-a-test/kernel.json" '{ "argv": [] }'
            (Complete "$_ of-").CompletionText | Should -Contain 'of-a-test'
        }
        finally { $env:JUPYTER_DATA_DIR = $before }
    }

    It 'never fails, whatever the line says: <_>' -ForEach 'Get-Filter $nothing -Layer ', '1 | Get-Filter -Layer ', '$( throw 1 ) | Get-Filter -Layer ', 'Select-Sample ./nowhere -Class ', "New-Network -Spec '((", 'Get-FeatureMap (New-Network ) -Layer ' {
        { Complete $_ } | Should -Not -Throw
    }
}
