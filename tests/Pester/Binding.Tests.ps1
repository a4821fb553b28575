BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $data = Import-Dataset Shapes | Split-Dataset -PerClass 1
    $net = New-Network -Spec 'conv3x3x4 relu pool4 fc10 softmax' -InputShape 3,32,32
    $run = $net | Start-Training $data -Epochs 1 -WarningAction Ignore
    $sample = Select-Sample $data
}

Describe 'The network or run comes first: as the first argument, by pipe or by name' {
    It '<Name>' -ForEach @(
        @{ Name = 'Get-Filter'; Lines = '(Get-Filter $run conv1 0)', '($run | Get-Filter conv1 0)', '(Get-Filter -Network $run conv1 0)'; Count = 1 }
        @{ Name = 'Set-Filter'; Lines = '(Set-Filter $run conv1 0 -Bias 1 -PassThru)', '($run | Set-Filter conv1 0 -Bias 1 -PassThru)', '(Get-Filter $run conv1 1 | Set-Filter $run conv1 0 -PassThru)'; Count = 1 }
        @{ Name = 'Get-ReceptiveField'; Lines = '(Get-ReceptiveField $run conv1)', '($run | Get-ReceptiveField conv1)'; Count = 1 }
        @{ Name = 'Get-FeatureMap'; Lines = '(Get-FeatureMap $run conv1 $sample)', '($run | Get-FeatureMap conv1 $sample)', '($sample | Get-FeatureMap $run conv1)', '($sample | Get-FeatureMap -Network $run conv1)'; Count = 4 }
        @{ Name = 'Trace-Activation'; Lines = '(Trace-Activation $run conv1 $sample)', '($run | Trace-Activation conv1 $sample)', '($sample | Trace-Activation $run conv1)'; Count = 1 }
        @{ Name = 'Trace-Gradient'; Lines = '(Trace-Gradient $run conv1 $sample)', '($run | Trace-Gradient conv1 $sample)', '($sample | Trace-Gradient $run conv1)', '($sample, $sample | Trace-Gradient $run conv1)'; Count = 1 }
        @{ Name = 'New-DreamImage'; Lines = '(New-DreamImage $run conv1 0 -Steps 1)', '($run | New-DreamImage conv1 0 -Steps 1)', '(0 | New-DreamImage $run conv1 -Steps 1)', "(`$run | New-DreamImage conv1 '0' -Steps 1)"; Count = 1 }
        @{ Name = 'Get-MaximalPatch'; Lines = '(Get-MaximalPatch $run conv1 0 $data -Top 1)', '($run | Get-MaximalPatch conv1 0 $data -Top 1)'; Count = 1 }
        @{ Name = 'Get-Prediction'; Lines = '(Get-Prediction $run $sample -Top 1)', '($run | Get-Prediction $sample -Top 1)', '($sample | Get-Prediction $run -Top 1)'; Count = 1 }
        @{ Name = 'Get-Saliency'; Lines = '(Get-Saliency $run $sample Gradient)', '($run | Get-Saliency Gradient -Image $sample)', '($sample | Get-Saliency $run -Method Gradient)'; Count = 1 }
        @{ Name = 'Measure-Accuracy'; Lines = '(Measure-Accuracy $run $data)', '($run | Measure-Accuracy $data)', '(Measure-Accuracy -Network $run $data)'; Count = 1 }
        @{ Name = 'Measure-Calibration'; Lines = '(Measure-Calibration $run $data)', '($run | Measure-Calibration $data)'; Count = 1 }
        @{ Name = 'Measure-Layer'; Lines = '(Measure-Layer $run $data -Layer conv1)', '($run | Measure-Layer $data -Layer conv1)'; Count = 1 }
        @{ Name = 'Get-ConfusionMatrix'; Lines = '(Get-ConfusionMatrix $run $data)', '($run | Get-ConfusionMatrix $data)'; Count = 1 }
        @{ Name = 'Find-LabelError'; Lines = '(Find-LabelError $run $data -Top 1)', '($run | Find-LabelError $data -Top 1)'; Count = 1 }
        @{ Name = 'Test-Invariance'; Lines = '(Test-Invariance $run $data -Flip -Layer output -Count 2)', '($run | Test-Invariance $data -Flip -Layer output -Count 2)'; Count = 1 }
        @{ Name = 'Compare-Network'; Lines = '(Compare-Network $run $net)', '($run | Compare-Network -Other $net)'; Count = 1 }
    ) {
        foreach ($line in $Lines) {
            @(Invoke-Expression "$line 3>`$null").Count | Should -Be $Count -Because $line
        }
    }

    It 'places of <_> begin with the network, and go on in the same order without it' -ForEach @(
        Get-Command -Module ConvNetShell | Where-Object { $_.ParameterSets.Name -contains 'Network' -and $_.ParameterSets.Name -contains 'Piped' } | ForEach-Object Name
    ) {
        $sets = (Get-Command $_).ParameterSets
        $first, $piped = foreach ($name in 'Network', 'Piped') {
            , @(($sets | Where-Object Name -eq $name).Parameters | Where-Object Position -ge 0 | Sort-Object Position | ForEach-Object Name)
        }
        $first[0] | Should -Be Network
        $left = @($first | Select-Object -Skip 1 | Where-Object { $_ -in $piped })
        $left -join ' ' | Should -Be ($piped -join ' ')
    }

    It 'every parameter called Network or Dataset that stands in a place stands first, but for its network' {
        foreach ($command in Get-Command -Module ConvNetShell) {
            foreach ($set in $command.ParameterSets) {
                foreach ($parameter in $set.Parameters | Where-Object { $_.Name -eq 'Network' -and $_.Position -ge 0 }) {
                    $parameter.Position | Should -Be 0 -Because "$($command.Name) $($set.Name)"
                }
            }
        }
    }

    It 'a preset''s name is a network too: <_>' -ForEach 'Get-Filter LeNet5 conv1 0', "'LeNet5' | Get-NetworkSummary", 'Get-NetworkSummary LeNet5', 'Measure-Accuracy -Network CIFAR10 $data', "'CIFAR10' | Measure-Accuracy `$data", 'Get-FeatureMap CIFAR10 conv1 $sample' {
        Invoke-Expression "$_ 3>`$null" | Should -Not -BeNullOrEmpty
    }
}

Describe 'Lists' {
    It '<_> gives two results' -ForEach 'Measure-Accuracy $run, $run', '$run, $run | Measure-Accuracy', 'Get-ConfusionMatrix $run, $run', 'Measure-Calibration $run, $run', 'Get-Filter $run, $run conv1 0', '$sample | Get-Prediction $run, $run -Top 1', '$sample | Get-Saliency $run, $run', 'New-Network MLP, LeNet5', "'MLP', 'LeNet5' | New-Network", 'Get-NetworkPreset MLP, LeNet5 | New-Network' {
        @(Invoke-Expression "$_ 3>`$null").Count | Should -Be 2
    }
    It 'layers by wildcard and list: <Line>' -ForEach @(
        @{ Line = 'Get-Filter $run *'; Layers = 'conv1 fc1' }
        @{ Line = 'Get-Filter $run conv*, fc1'; Layers = 'conv1 fc1' }
        @{ Line = '$run | Get-ReceptiveField conv*, pool?'; Layers = 'conv1 pool1' }
        @{ Line = 'Get-FeatureMap $run [cr]* $sample'; Layers = 'conv1 relu1' }
        @{ Line = 'Get-MaximalPatch $run conv*, pool* 0 $data -Top 1'; Layers = 'conv1 pool1' }
        @{ Line = '$sample | Trace-Activation $run *'; Layers = 'conv1 fc1' }
        @{ Line = '$sample | Trace-Gradient $run *'; Layers = 'conv1 fc1' }
        @{ Line = 'New-DreamImage $run conv*, relu* 0 -Steps 1'; Layers = 'conv1 relu1' }
        @{ Line = 'Measure-Layer $run -Layer conv*, fc1'; Layers = 'conv1 fc1' }
    ) {
        (Invoke-Expression "$Line 3>`$null").Layer | Select-Object -Unique | Join-String -Separator ' ' | Should -Be $Layers
    }
}

Describe 'A name that is not there' {
    It '<Line> is an error, and the rest goes on' -ForEach @(
        @{ Line = 'Get-Dataset Nope, Shapes'; Id = 'Dataset.NotFound'; Rest = 1; Target = 'Nope'; Near = '' }
        @{ Line = 'Get-NetworkPreset LeNet, MLP'; Id = 'Preset.NotFound'; Rest = 1; Target = 'LeNet'; Near = 'LeNet5' }
        @{ Line = 'New-Network LeNet, MLP'; Id = 'Preset.NotFound'; Rest = 1; Target = 'LeNet'; Near = 'LeNet5' }
        @{ Line = 'Get-Filter $run conx1, fc1'; Id = 'Layer.NotFound'; Rest = 10; Target = 'conx1'; Near = 'conv1' }
        @{ Line = 'Measure-Layer $run -Layer conx1, fc1'; Id = 'Layer.NotFound'; Rest = 1; Target = 'conx1'; Near = 'conv1' }
        @{ Line = 'Test-Invariance $run $data -Flip -Count 2 -Layer outpt, output'; Id = 'Layer.NotFound'; Rest = 1; Target = 'outpt'; Near = 'output' }
        @{ Line = 'Select-Sample $data -Class stra, star'; Id = 'Class.NotFound'; Rest = 1; Target = 'stra'; Near = 'star' }
        @{ Line = 'Uninstall-ConvNetKernel Nope-1'; Id = 'Kernel.NotFound'; Rest = 0; Target = 'Nope-1'; Near = '' }
        @{ Line = 'Test-ConvNetKernel Nope-1'; Id = 'Kernel.NotFound'; Rest = 0; Target = 'Nope-1'; Near = '' }
    ) {
        $errors = $null
        $output = @(Invoke-Expression "$Line -ErrorAction SilentlyContinue -ErrorVariable errors 3>`$null")
        $output.Count | Should -Be $Rest
        $errors.Count | Should -Be 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $errors[0].CategoryInfo.Category | Should -Be ObjectNotFound
        $errors[0].TargetObject | Should -Be $Target
        "$($errors[0])" | Should -BeLike "*Received: '$Target'*"
        "$($errors[0])" | Should -BeLike "*$Near*"
    }
    It 'a wildcard that means nothing gives nothing: <_>' -ForEach 'Get-Dataset z*', 'Get-NetworkPreset z*', 'Get-Filter $run z*', 'Select-Sample $data -Class z*', 'Measure-Layer $run -Layer z*' {
        Invoke-Expression "$_ -ErrorAction Stop 3>`$null" | Should -BeNullOrEmpty
    }
}

Describe 'An argument that nothing can be made of' {
    It '<Line> says what is expected' -ForEach @(
        @{ Line = 'Measure-Accuracy $run $data.Test'; Like = '*Expected a dataset, a known name, a path or a training run*-Split*Received: DatasetSplit*' }
        @{ Line = 'Start-Training -Network $data -Dataset Shapes'; Like = '*Expected a network, a training run or a preset*Received: Dataset*' }
    ) {
        { Invoke-Expression "$Line 3>`$null" } | Should -Throw $Like
    }
}

Describe 'CIFAR10, a preset and a dataset' {
    It 'is the network before a dataset: <Name>' -ForEach @(
        @{ Name = 'Measure-Accuracy'; More = @{} }, @{ Name = 'Measure-Calibration'; More = @{} }, @{ Name = 'Get-ConfusionMatrix'; More = @{} }
        @{ Name = 'Find-LabelError'; More = @{} }, @{ Name = 'Get-Embedding'; More = @{} }, @{ Name = 'Test-Verification'; More = @{ Count = 4 } }, @{ Name = 'Find-Match'; More = @{ PerClass = 1 } }
        @{ Name = 'Show-Embedding'; More = @{ Count = 6; Method = 'PCA'; PassThru = $true } }
        @{ Name = 'Test-Invariance'; More = @{ Count = 2; Shift = 1 } }, @{ Name = 'Measure-Layer'; More = @{ Count = 2 } }
    ) {
        $pictures = Import-Dataset (New-TinyData) -Resize 3, 32, 32
        & $Name CIFAR10 $pictures @More -ErrorVariable wrong -ErrorAction SilentlyContinue 3> $null
        $wrong | Should -BeNullOrEmpty
    }

    It 'is refused where the network is missing: <Line>' -ForEach @(
        @{ Line = 'Measure-Accuracy CIFAR10'; Text = 'CIFAR10 alone means the dataset; with a dataset''s name after it, it means the preset' }
        @{ Line = 'Measure-Layer'; Text = 'given, as the first argument or by pipe' }
        @{ Line = 'Test-Verification Shapes'; Text = 'given, as the first argument or by pipe' }
        @{ Line = '$run | Measure-Accuracy CIFAR10 Shapes'; Text = 'one dataset for networks that come by pipe' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) Setting.Invalid $Text
    }
}
