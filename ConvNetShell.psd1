@{
    RootModule           = 'module/ConvNetShell.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '5b0c2f5e-8f0e-4a53-9d6c-0f6e3c1c7a42'
    Author               = 'The ConvNetShell authors'
    Copyright            = '(c) The ConvNetShell authors. MIT license.'
    Description          = 'Convolutional networks at a prompt: layers, networks, datasets and training runs are objects that pipe.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FunctionsToExport    = @()
    VariablesToExport    = @()
    AliasesToExport      = @()
    CmdletsToExport      = @(
        'Add-Augmentation'
        'Compare-Network'
        'Compare-Sharing'
        'ConvertTo-MimeBundle'
        'Export-Figure'
        'Export-NetworkReport'
        'Find-LabelError'
        'Find-LearningRate'
        'Find-Template'
        'Get-ComputeDevice'
        'Get-ConfusionMatrix'
        'Get-Dataset'
        'Get-FeatureMap'
        'Get-Filter'
        'Get-MaximalPatch'
        'Get-NetworkPreset'
        'Get-NetworkSummary'
        'Get-Prediction'
        'Get-ReceptiveField'
        'Get-Saliency'
        'Get-TrainingRun'
        'Import-Dataset'
        'Invoke-Convolution'
        'Invoke-Pooling'
        'Measure-Accuracy'
        'Measure-Calibration'
        'Measure-ConvOutput'
        'Measure-Layer'
        'Measure-Network'
        'New-ActivationLayer'
        'New-BranchLayer'
        'New-ConvLayer'
        'New-CrowdPicture'
        'New-DenseLayer'
        'New-DreamImage'
        'New-DropoutLayer'
        'New-FlattenLayer'
        'New-Network'
        'New-NormLayer'
        'New-PoolLayer'
        'New-RecurrentLayer'
        'New-ResidualBlock'
        'Resume-Training'
        'Save-Dataset'
        'Select-Sample'
        'Set-Filter'
        'Show-Batch'
        'Show-History'
        'Show-Image'
        'Show-Network'
        'Split-Dataset'
        'Start-Training'
        'Test-Invariance'
        'Test-Network'
        'Trace-Activation'
        'Trace-Convolution'
    )
    TypesToProcess       = @('module/ConvNetShell.Types.ps1xml')
    FormatsToProcess     = @('module/ConvNetShell.Format.ps1xml')
    PrivateData          = @{
        PSData = @{
            Tags       = @('CNN', 'ConvNet', 'DeepLearning', 'TorchSharp', 'MachineLearning', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
