@{
    RootModule           = 'ConvNetShell.Assertions.psm1'
    ModuleVersion        = '0.1.0'
    GUID                 = '0f6d4a53-6c0e-4c51-9a6b-7c2b1f7f5e19'
    Author               = 'The ConvNetShell authors'
    Copyright            = '(c) The ConvNetShell authors. MIT license.'
    Description          = 'Assertions for tests of networks in Pester: Should-Learn, Should-HaveParameterCount, Should-ReachAccuracy, Should-MatchNetwork.'
    PowerShellVersion    = '7.5'
    CompatiblePSEditions = @('Core')
    RequiredModules      = @(@{ ModuleName = 'ConvNetShell'; ModuleVersion = '0.1.0' })
    # Should is no approved verb: the functions have one, and the aliases are Pester's style.
    FunctionsToExport    = @('Assert-NetworkAccuracy', 'Assert-NetworkLearning', 'Assert-NetworkMatch', 'Assert-NetworkParameterCount')
    AliasesToExport      = @('Should-HaveParameterCount', 'Should-Learn', 'Should-MatchNetwork', 'Should-ReachAccuracy')
    CmdletsToExport      = @()
    VariablesToExport    = @()
    PrivateData          = @{
        PSData = @{
            Tags       = @('CNN', 'ConvNet', 'Pester', 'Test', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
            LicenseUri = 'https://opensource.org/license/mit'
            ProjectUri = 'https://github.com/ConvNetShell/ConvNetShell'
        }
    }
}
