BeforeDiscovery { . "$PSScriptRoot/Common.ps1" }

Describe 'Manifest' {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $path = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1'))
        $manifest = Import-PowerShellDataFile -LiteralPath $path
        $root = Split-Path -LiteralPath $path
    }

    It 'names the cmdlets of the assemblies, and no other' {
        $types = [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -in 'ConvNetShell.Cmdlets', 'ConvNetShell.Kernel' } | ForEach-Object { $_.GetExportedTypes() }
        $cmdlets = foreach ($type in $types | Where-Object IsPublic) {
            $attribute = [System.Attribute]::GetCustomAttribute($type, [System.Management.Automation.CmdletAttribute])
            if ($attribute) { "$($attribute.VerbName)-$($attribute.NounName)" }
        }
        ($cmdlets | Sort-Object) -join ' ' | Should -Be (($manifest.CmdletsToExport | Sort-Object) -join ' ')
        ((Get-Command -Module ConvNetShell).Name | Sort-Object) -join ' ' | Should -Be (($manifest.CmdletsToExport | Sort-Object) -join ' ')
    }

    It '<_> has help and an address of its own' -ForEach @(Get-Command -Module ConvNetShell | ForEach-Object Name) {
        $help = Get-Help $_ -Full
        $help.Synopsis.Length | Should -BeGreaterThan 10
        $address = "$($manifest.PrivateData.PSData.ProjectUri)/wiki/$_"
        (Get-Command $_).HelpUri | Should -Be $address
        $help.relatedLinks.navigationLink[0].uri | Should -Be $address
    }

    It 'FileList has files that are there: <_>' -ForEach @(
        (Import-PowerShellDataFile -LiteralPath ([System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1')))).FileList
    ) {
        [System.IO.File]::Exists([System.IO.Path]::Combine($root, $_)) | Should -BeTrue
    }

    It 'FileList has every text that ships' {
        $texts = 'ConvNetShell.psd1', 'LICENSE', 'module/THIRD-PARTY-NOTICES.txt' + @(Get-ChildItem -LiteralPath (Join-Path $root module) -Recurse -Include *.ps1xml, *.psm1 | Where-Object FullName -NotLike '*ConvNetShell.Assertions*' | ForEach-Object { [System.IO.Path]::GetRelativePath($root, $_.FullName).Replace('\', '/') })
        $texts | Where-Object { $_ -notin $manifest.FileList } | Should -BeNullOrEmpty
    }

    It 'says which PowerShell it needs' {
        $manifest.PowerShellVersion | Should -Be 7.5
        $manifest.CompatiblePSEditions | Should -Be Core
    }
}
