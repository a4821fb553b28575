BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Uninstall-ConvNetKernel' {
    BeforeEach {
        $prefix = "$TestDrive/env-$([guid]::NewGuid().ToString('N'))"
        $folder = "$prefix/share/jupyter/kernels/convnetshell"
        $null = Install-ConvNetKernel -Scope Prefix -Prefix $prefix
    }

    It 'takes the kernel away' {
        Uninstall-ConvNetKernel -Scope Prefix -Prefix $prefix
        $folder | Should -Not -Exist
    }

    It 'takes nothing away under -WhatIf' {
        Uninstall-ConvNetKernel -Scope Prefix -Prefix $prefix -WhatIf
        $folder | Should -Exist
    }

    It 'says that no such kernel is there' {
        $record = Get-OnlyError { Uninstall-ConvNetKernel nosuch -Scope Prefix -Prefix $prefix }
        $record.FullyQualifiedErrorId | Should -BeExactly 'Kernel.NotFound,ConvNetShell.Kernel.Commands.UninstallConvNetKernelCommand'
        $record.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $record.TargetObject | Should -BeExactly 'nosuch'
    }
}
