BeforeDiscovery {
    . "$PSScriptRoot/Common.ps1"
    # Each cmdlet with arguments as a user writes them; the test below finds the cmdlets that are missing here.
    $lines = @(
        '$data | Add-Augmentation -Flip -Shift 2', 'Compare-Network $net $net $data', 'Compare-Sharing $net', 'Compare-Shift (1,2),(3,4) -Right 1', 'Compare-TrainingRun 1 2', 'ConvertTo-MimeBundle $net', '$net | ConvertTo-NetworkCode PyTorch', '$net | Edit-Network -Remove relu1', 'Export-Array x.npy 1, 2', '$net | Export-Figure x.png',
        '$net | Export-Network x.onnx', 'Export-NetworkReport report.html $net', '$kept | Export-TensorBoard ./logs', 'Find-LabelError $net $data', '$net | Find-LearningRate $data -Steps 20', 'Find-Match $net $data', 'Find-Template (1,2),(3,4) (1,2)',
        '$net | Get-Caption -Image cat.png', 'Get-ComputeDevice', 'Get-ConfusionMatrix $net $data', 'Get-Dataset CIFAR10', 'Get-Embedding $net $data', 'Get-FeatureMap $net conv1 cat.png', 'Get-Filter $net conv1 0', '$net | Get-Highlight -Match 2', 'Get-MaximalPatch $net conv1 0 -Top 2',
        'Get-NetworkPreset LeNet5', 'Get-NetworkSummary LeNet5', '$net | Get-Prediction -Image cat.png -Top 1', 'Get-ReceptiveField LeNet5 -Layer pool1 -At 0,3', 'Get-Saliency $net cat.png -Method GradCam',
        'Get-Sweep ./s', 'Get-TrainingRun -Last', 'Import-Dataset CIFAR10 -Resize 3,16,16', 'Import-Network x.pth -Into $net', 'Install-ConvNetKernel -WhatIf', 'Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -Padding 0,1 -Stride 2',
        'Invoke-Activation 1, 2 ReLU', 'Invoke-Notebook x.ipynb', 'Invoke-Pooling (1,2),(3,4) -Size 2', 'Measure-Accuracy $net $data', 'Measure-Calibration $net CIFAR10', 'Measure-Caption $net $data', 'Measure-Highlight $net $data', "Measure-ConvOutput 32,32 -Kernel '5x5' -Stride 2 -Padding Same",
        'Measure-Dataset $data -Tolerance 0', 'Measure-Layer $net $data', 'Measure-Network LeNet5 -BatchSize 8', 'New-ActivationLayer ReLU', "New-BranchLayer 'conv1x1x8', 'conv3x3x8'", 'New-ConvLayer 16 5 -Padding Same -Activation ReLU',
        'New-CrowdPicture -Seed 1', 'New-DenseLayer 10', 'New-DreamImage $net conv1 0', 'New-DropoutLayer 0.5', 'New-FlattenLayer', 'New-MaxoutLayer 2', "New-Network -Spec 'fc10' -InputShape '32x32x3'", 'New-NormLayer Group -Groups 4',
        'New-PoolLayer 2', 'New-RecurrentLayer LSTM 8', "New-ResidualBlock 'conv3x3x8'", 'New-SearchRange 1e-4 1e-1 -Log', 'Out-Display 1', 'Remove-TrainingRun 1', 'Resume-Sweep ./s', 'Resume-Training ./run1', 'Save-Dataset CIFAR10 -Path ./x',
        'Select-Sample CIFAR10 -Class cat', 'Set-Filter $net conv1 0 -Bias 1', 'Set-NetworkLayer $net conv* -Frozen', 'Set-TrainingRun $kept -Tag good', 'Show-Batch $data', 'Show-Button Go { 1 }', '1 | Show-Chart Length', 'Show-Embedding $net $data -Method PCA', 'Show-Figure $net', 'Show-History 1', 'Show-Image cat.png', 'Show-Lecture $net $data -AsJob', '$net | Show-Network -Image cat.png', 'Show-Slider { param($i) $i }', 'Show-Sweep ./s Slice',
        '$data | Split-Dataset -Validation 0.1', 'Start-ConvNetKernel x.json', '$net | Start-Sweep -Parameter @{ LearningRate = 0.1 } -SweepPath ./s', '$net | Start-Training $data -Epochs 2 -ClassWeight Balanced', 'Test-ConvNetKernel', 'Test-Invariance $net $data -Shift 1, 2',
        'Test-Network $net', 'Test-Verification $net $data -By Class', 'Trace-Activation $net conv1 -Image cat.png', 'Trace-Convolution 1,2,3 -Kernel 1,1', 'Trace-Descent Bowl -Steps 2', 'Trace-Gradient $net conv1 -Image cat.png', 'Trace-Pooling 1,2,3,4', 'Uninstall-ConvNetKernel'
    )
    $cases = Get-Command -Module ConvNetShell | ForEach-Object Name | ForEach-Object {
        $name = $_
        @{ Name = $name; Line = $lines | Where-Object { $_ -match "(^|\| )$name( |$)" } | Select-Object -First 1 }
    }
}

Describe 'Pester''s Mock' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $net = New-Network -Spec 'conv3x3x4 relu fc10' -InputShape 3,32,32
        $data = Import-Dataset Shapes | Split-Dataset -PerClass 1
        $null = $net | Start-Training $data -Epochs 1 -ValidationFraction 0 -RunPath $TestDrive -WarningAction SilentlyContinue
        $kept = Get-TrainingRun -RunPath $TestDrive
    }
    It 'of <Name> takes its arguments: <Line>' -ForEach $cases {
        $Line | Should -Not -BeNullOrEmpty -Because 'every cmdlet has a line in this test'
        Mock $Name { 'mocked' }
        Invoke-Expression $Line | Should -Be mocked
        Should -Invoke $Name -Times 1 -Exactly
    }
}
