# The suite itself.

BeforeDiscovery {
    $manifest = Import-PowerShellDataFile -LiteralPath ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1'))
    $exported = $manifest.CmdletsToExport
    $files = [System.IO.Directory]::GetFiles($PSScriptRoot, '*-*.Tests.ps1') | ForEach-Object { [System.IO.Path]::GetFileName($_) }
}

Describe 'The suite' {
    It 'has tests of <_>' -ForEach $exported {
        [System.IO.File]::Exists("$PSScriptRoot/$_.Tests.ps1") | Should -BeTrue -Because "tests/Pester/$_.Tests.ps1 holds them"
    }

    It 'has no <_> of a cmdlet that is gone' -ForEach $files {
        $name = $_ -replace '\.Tests\.ps1$'
        $manifest = Import-PowerShellDataFile -LiteralPath ([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1'))
        $name | Should -BeIn $manifest.CmdletsToExport
    }
}
