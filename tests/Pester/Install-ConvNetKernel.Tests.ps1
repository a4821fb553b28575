BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Install-ConvNetKernel' {
    BeforeEach {
        $prefix = "$TestDrive/env-$([guid]::NewGuid().ToString('N'))"
        $folder = "$prefix/share/jupyter/kernels/convnetshell"
    }

    It 'writes a kernel that Jupyter finds' {
        $null = Install-ConvNetKernel -Scope Prefix -Prefix $prefix
        $spec = Get-Content "$folder/kernel.json" -Raw | ConvertFrom-Json
        $spec.display_name | Should -BeExactly 'ConvNetShell'
        $spec.interrupt_mode | Should -BeExactly 'message'
        $spec.argv[-1] | Should -BeExactly '{connection_file}'
        (Get-ChildItem $folder).Name | Sort-Object | Should -Be 'kernel.json', 'logo-32x32.png', 'logo-64x64.png', 'logo-svg.svg'
    }

    It 'has another name where one is given' {
        $null = Install-ConvNetKernel other -Scope Prefix -Prefix $prefix -DisplayName 'Other'
        (Get-Content "$prefix/share/jupyter/kernels/other/kernel.json" -Raw | ConvertFrom-Json).display_name | Should -BeExactly 'Other'
    }

    It 'writes nothing under -WhatIf' {
        Install-ConvNetKernel -Scope Prefix -Prefix $prefix -WhatIf | Should -BeNullOrEmpty
        $prefix | Should -Not -Exist
    }
}
