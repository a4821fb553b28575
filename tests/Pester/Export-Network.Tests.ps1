BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Export-Network' {
    BeforeEach {
        $network = New-Network -Spec 'conv3x3x4 bn relu pool2 fc3 softmax' -InputShape 2,6,6 -Classes a, b, c -Seed 1
        $path = "$TestDrive/net.cnsh"
        Remove-Item "$TestDrive/*" -Recurse -Force
    }

    It 'writes one file with everything of a network' {
        (Export-Network $path $network -PassThru).Length | Should -BeGreaterThan 1000
        $read = Import-Network $path
        "$read" | Should -BeExactly "$network"
        $read.Classes | Should -Be a, b, c
        (Get-Filter $read conv1).Weights | Should -Be (Get-Filter $network conv1).Weights
    }

    It 'takes a network, a run or a preset from the pipe' {
        $network | Export-Network $path | Should -BeNullOrEmpty
        'LeNet5' | Export-Network "$TestDrive/lenet.cnsh"
        (Import-Network "$TestDrive/lenet.cnsh").ParameterCount | Should -Be 61706
    }

    It 'chooses the format by the ending, or by -Format' {
        Export-Network "$TestDrive/a.safetensors" $network -Naming Index
        Export-Network "$TestDrive/b.bin" $network -Format safetensors
        (Import-Network "$TestDrive/a.safetensors").Spec | Should -BeExactly $network.Spec
        (Import-Network "$TestDrive/b.bin" -Format SafeTensors).Spec | Should -BeExactly $network.Spec
    }

    It 'halves the size on request' {
        Export-Network "$TestDrive/a.safetensors" (New-Network LeNet5)
        Export-Network "$TestDrive/b.safetensors" (New-Network LeNet5) -Type Float16
        (Get-Item "$TestDrive/b.safetensors").Length | Should -BeLessThan (0.6 * (Get-Item "$TestDrive/a.safetensors").Length)
    }

    It 'replaces a file only with -Force' {
        Set-Content $path 'mine'
        Assert-OnlyError { Export-Network $path $network } Storage.Exists '-Force' ResourceExists
        Get-Content $path | Should -BeExactly 'mine'
        Export-Network $path $network -Force
        (Import-Network $path).Spec | Should -BeExactly $network.Spec
    }

    It 'writes nothing under -WhatIf' {
        Export-Network $path $network -WhatIf
        $path | Should -Not -Exist
    }

    It 'leaves no other file behind' {
        Export-Network $path $network
        (Get-ChildItem $TestDrive).Name | Should -Be 'net.cnsh'
    }

    It 'writes one network a file' {
        Assert-OnlyError { $network, $network | Export-Network $path } Setting.Invalid 'one network a file'
    }

    It 'refuses an ending of no format, a folder, and a missing folder' {
        Assert-OnlyError { Export-Network "$TestDrive/net.txt" $network } Setting.Invalid 'ends in .cnsh'
        $null = New-Item -ItemType Directory "$TestDrive/folder.cnsh"
        Assert-OnlyError { Export-Network "$TestDrive/folder.cnsh" $network } Storage.Unwritable 'a folder' WriteError
        Assert-OnlyError { Export-Network "$TestDrive/none/net.cnsh" $network } Storage.Unwritable 'existing folder' WriteError
        Assert-OnlyError { Export-Network $path $network -Format Nothing } Format.NotFound 'Cnsh' ObjectNotFound
        Assert-OnlyError { Export-Network "$TestDrive/net.keras" $network } Setting.Invalid 'ends in'
    }

    It 'refuses what a format does not have' {
        Assert-OnlyError { Export-Network $path $network -Type Float16 } Setting.Invalid 'Type'
        Assert-OnlyError { Export-Network $path $network -Naming Index } Setting.Invalid 'Naming'
    }
}
