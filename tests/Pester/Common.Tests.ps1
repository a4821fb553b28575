# The helpers of Common.ps1 themselves.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Common.ps1' {
    It 'imports the module beside the tests' {
        [System.IO.Path]::GetFullPath((Get-Module ConvNetShell).ModuleBase) |
            Should -BeExactly ([System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..')))
    }

    It 'makes a dataset that is read' {
        $data = Import-Dataset (New-TinyData)
        $data.Classes | Should -Be 'blue', 'green', 'red'
        $data.Train.Count | Should -Be 36
        $data.Test.Count | Should -Be 12
        "$($data.InputShape)" | Should -BeExactly '3x8x8'
    }

    It 'makes a network for it' {
        (New-TinyNetwork).ParameterCount | Should -Be 307
    }

    It 'completes' {
        (Complete 'New-ConvLa').CompletionText | Should -Contain 'New-ConvLayer'
    }

    It 'returns the only error' {
        (Get-OnlyError { Import-Dataset "$TestDrive/nothing" }).CategoryInfo.Category | Should -Not -Be 'NotSpecified'
    }
}
