BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-Sweep' {
    It 'says that a folder has no sweep' {
        Assert-OnlyError { Get-Sweep $TestDrive } 'Sweep.NoFolder' 'Received: none' ObjectNotFound
    }
}
