Describe 'Import' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1'))
        # Runs a script in a session of its own; $manifest is the module's manifest.
        function Invoke-Fresh([string] $Script, [string] $LanguageMode = 'FullLanguage') {
            $shell = [powershell]::Create([initialsessionstate]::CreateDefault2())
            try {
                $shell.Runspace.SessionStateProxy.SetVariable('manifest', [WildcardPattern]::Escape($manifest))
                $shell.Runspace.SessionStateProxy.LanguageMode = $LanguageMode
                $output = $shell.AddScript($Script).Invoke()
                $shell.Streams.Error | ForEach-Object { "ERROR: $_" }
                $output
            }
            finally { $shell.Dispose() }
        }
    }

    It '<Name> leaves cmdlets with their help' -ForEach @(
        @{ Name = 'once'; Script = 'Import-Module $manifest' }
        @{ Name = 'twice'; Script = 'Import-Module $manifest; Import-Module $manifest' }
        @{ Name = '-Force'; Script = 'Import-Module $manifest; Import-Module $manifest -Force' }
        @{ Name = 'after Remove-Module'; Script = 'Import-Module $manifest; Remove-Module ConvNetShell; Import-Module $manifest' }
    ) {
        $result = Invoke-Fresh "$Script; (Get-Help Start-Training).Synopsis; (Get-Help Get-Filter -Full).Parameters.Parameter.Count -gt 2; (Get-Help Test-ConvNetKernel).Synopsis; [ConvNetShell.Core.Networks.Network].Name; (New-Network MLP).Name"
        $result.Count | Should -Be 5 -Because "$result"
        $result[0] | Should -BeLike 'Trains *'
        $result[1] | Should -BeTrue
        $result[2] | Should -BeLike 'Starts *'
        $result[3] | Should -Be Network
        $result[4] | Should -Be MLP
    }

    It 'by name from PSModulePath' {
        $folder = Join-Path $TestDrive 'modules'
        $null = New-Item -ItemType Directory -Force $folder
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $folder ConvNetShell) -Target (Split-Path $manifest)
        $before = $env:PSModulePath
        try {
            $env:PSModulePath = $folder + [System.IO.Path]::PathSeparator + $before
            Invoke-Fresh 'Import-Module ConvNetShell; (New-Network MLP).Name; (Get-Help Get-Filter).Synopsis.Length -gt 10' | Should -Be 'MLP', $true
        }
        finally { $env:PSModulePath = $before }
    }

    It 'in a constrained session is one plain error' {
        $result = @(Invoke-Fresh 'Import-Module $manifest' ConstrainedLanguage)
        $result.Count | Should -Be 1
        $result[0] | Should -BeLike 'ERROR: ConvNetShell needs a session in FullLanguage mode*Received: ConstrainedLanguage.'
    }

    It 'names of types are there until the last session removes the module' {
        $table = [psobject].Assembly.GetType('System.Management.Automation.TypeAccelerators')
        $table::Get.ContainsKey('ConvNetShell.Core.Networks.Network') | Should -BeTrue
        $null = Invoke-Fresh 'Import-Module $manifest; Import-Module $manifest -Force; Remove-Module ConvNetShell'
        $table::Get.ContainsKey('ConvNetShell.Core.Networks.Network') | Should -BeTrue -Because 'this session still has the module'
    }
}
