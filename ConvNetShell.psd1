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
        'Get-ComputeDevice'
        'Get-Dataset'
        'Get-NetworkPreset'
        'Get-NetworkSummary'
        'Get-Prediction'
        'Get-TrainingRun'
        'Import-Dataset'
        'Measure-Accuracy'
        'New-ActivationLayer'
        'New-ConvLayer'
        'New-DenseLayer'
        'New-DropoutLayer'
        'New-FlattenLayer'
        'New-Network'
        'New-NormLayer'
        'New-PoolLayer'
        'Save-Dataset'
        'Select-Sample'
        'Split-Dataset'
        'Start-Training'
        'Test-Network'
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
