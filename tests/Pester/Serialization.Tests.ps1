# Results that come from a job or a file are bags of properties. They show as much as the results themselves.

BeforeDiscovery {
    $records = @(
        '(New-ConvLayer 8 3), (New-PoolLayer)'
        'New-Network CIFAR10'
        '(New-Network LeNet5).Layers'
        'Get-NetworkSummary ResNet20'
        '(Get-NetworkSummary LeNet5)[0].Summary'
        "Test-Network -Spec 'conv9x9x4p0 fc3' -InputShape 3,8,8"
        'Get-NetworkPreset'
        'Get-ComputeDevice'
        'Get-ReceptiveField LeNet5'
        'Compare-Sharing LeNet5'
        'Measure-Network (New-TinyNetwork) -BatchSize 4 -Rounds 1'
        'Get-Dataset'
        '$data'
        '$data.Train'
        'Select-Sample $data -Count 2'
        '$run, $run'
        '$run.History'
        '$run.Control'
        'New-TinyNetwork | Start-Training $data -DryRun'
        'Measure-Accuracy $run'
        '(Measure-Accuracy $run).PerClass'
        'Select-Sample $data -Count 2 | Get-Prediction $run'
        'Get-ConfusionMatrix $weak'
        '(Get-ConfusionMatrix $weak).MostConfused'
        'Measure-Calibration $run'
        '(Measure-Calibration $run).Bins'
        'Compare-Network $run $weak'
        'Get-Filter $run conv1'
        'Get-FeatureMap $run conv1 (Select-Sample $data)'
        'Measure-Layer $run'
        'Select-Sample $data | Get-Saliency $run'
        'Get-MaximalPatch $run conv1 -Unit 0'
        'Invoke-Convolution ((1,2,3),(4,5,6),(7,8,9)) ((1,0),(0,1))'
        'Trace-Convolution ((1,2,3),(4,5,6),(7,8,9)) ((1,0),(0,1))'
        'Trace-Pooling ((1,2),(3,4)) -Size 2'
        'Trace-Descent Bowl -Steps 2'
        'Compare-Shift ((1,2),(3,4)) -Right 1'
        'Invoke-Activation 1, 2 Softmax'
        'Invoke-Pooling ((1,2),(3,4)) -Size 2'
        'Measure-ConvOutput 32 5 -Stride 2'
        'Show-Batch $data -Count 3 -PassThru'
        'Show-History $run -PassThru'
    ) | ForEach-Object { @{ Script = $_ } }
}

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $WarningPreference = 'SilentlyContinue'
    $ProgressPreference = 'SilentlyContinue'
    $data = Import-Dataset (New-TinyData)
    $run = New-TinyRun $data
    $weak = New-TinyNetwork 'conv3x3x2 relu pool2 fc3' -Seed 3 | Start-Training $data -Epochs 1 -BatchSize 12 -LearningRate 1e-7 -Seed 2
}

Describe 'Export-Clixml and Import-Clixml' {
    It 'keep the view of <Script>' -ForEach $records {
        $value = @(. ([scriptblock]::Create($Script)))
        $value | Export-Clixml "$TestDrive/record.xml"
        $copy = Import-Clixml "$TestDrive/record.xml"
        @($copy)[0].PSTypeNames[0] | Should -BeLike 'Deserialized.ConvNetShell.*'
        ($copy | Out-String -Width 80) | Should -BeExactly ($value | Out-String -Width 80)
    }

    It 'keep a run as a list' {
        $run | Export-Clixml "$TestDrive/run.xml"
        $list = Import-Clixml "$TestDrive/run.xml" | Format-List | Out-String -Width 80
        foreach ($text in 'tiny', 'Completed, ended by Epochs', 'epoch 10', 'Adam') { $list | Should -BeLike "*$text*" }
    }
}

Describe 'Jobs' {
    It 'bring runs, histories and accuracies that show as they do here' {
        $job = Start-ThreadJob {
            param($accuracy, $run)
            $accuracy, $run.Best
        } -ArgumentList (Measure-Accuracy $run), $run
        $back = $job | Wait-Job | Receive-Job
        $job | Remove-Job
        ($back[0] | Out-String -Width 80) | Should -BeLike '*Top1*95 % interval*'
        ($back[1] | Out-String -Width 80) | Should -BeLike '*TrainLoss*ValidAcc*'
    }

    It 'bring them from another process' {
        $manifest = (Get-Module ConvNetShell).Path -replace 'module[\\/]ConvNetShell\.psm1$', 'ConvNetShell.psd1'
        $job = Start-Job { param($manifest) Import-Module ([WildcardPattern]::Escape($manifest)); Get-NetworkSummary LeNet5 } -ArgumentList $manifest
        $back = $job | Wait-Job | Receive-Job
        $job | Remove-Job
        $back[0].PSTypeNames[0] | Should -Be 'Deserialized.ConvNetShell.Display.Records.Networks.LayerSummary'
        ($back | Out-String -Width 80) | Should -BeLike '*Name*Type*Output*Kernel*Params*MACs*'
    }
}
