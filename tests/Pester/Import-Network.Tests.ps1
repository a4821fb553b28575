BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Import-Network' {
    BeforeEach {
        Remove-Item "$TestDrive/*" -Recurse -Force
        $network = New-Network -Spec 'conv3x3x4 relu fc3' -InputShape 2,6,6 -Seed 1
        Export-Network "$TestDrive/a.cnsh" $network
        Export-Network "$TestDrive/a.safetensors" $network
    }

    It 'reads files from the pipe, and those that a pattern means' {
        (Get-ChildItem $TestDrive | Import-Network).Spec | Should -Be $network.Spec, $network.Spec
        (Import-Network "$TestDrive/*.cnsh").Spec | Should -Be $network.Spec
        (Import-Network -LiteralPath "$TestDrive/a.cnsh").Spec | Should -Be $network.Spec
    }

    It 'puts the weights into a network that is there, and returns it' {
        $other = New-Network -Spec 'conv3x3x4 relu fc3' -InputShape 2,6,6 -Seed 2
        $read = Import-Network "$TestDrive/a.safetensors" -Into $other
        [object]::ReferenceEquals($read, $other) | Should -BeTrue
        (Get-Filter $other fc1).Weights | Should -Be (Get-Filter $network fc1).Weights
    }

    It 'names what does not fit, and takes over the rest on request' {
        $other = New-Network -Spec 'conv3x3x4 relu fc4' -InputShape 2,6,6 -Seed 2
        Assert-OnlyError { Import-Network "$TestDrive/a.cnsh" -Into $other } NetworkFile.Mismatch 'fc1.weight (network 4x144, file 3x144)'
        (Get-Filter $other conv1).Weights | Should -Not -Be (Get-Filter $network conv1).Weights
        $null = Import-Network "$TestDrive/a.cnsh" -Into $other -AllowPartial -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -Match '2 of 4 weights'
        (Get-Filter $other conv1).Weights | Should -Be (Get-Filter $network conv1).Weights
    }

    It 'says how a network was trained' {
        $run = New-Network -Spec 'conv3x3x4 pool4 fc10 softmax' -InputShape 3,32,32 |
            Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 1
        $run | Export-Network "$TestDrive/run.cnsh"
        (Import-Network "$TestDrive/run.cnsh").Training | ForEach-Object { "$($_.Dataset) $($_.Epochs)" } | Should -BeExactly 'Shapes 1'
    }

    It 'reads the next file where one cannot be read' {
        Set-Content "$TestDrive/b.cnsh" 'nothing of use in here'
        $read = Import-Network "$TestDrive/*.cnsh" -ErrorVariable failed -ErrorAction SilentlyContinue
        $read.Spec | Should -Be $network.Spec
        $failed.FullyQualifiedErrorId | Should -BeLike 'NetworkFile.Unknown*'
    }

    It 'refuses a missing file, a folder, another format and weights without layers' {
        Assert-OnlyError { Import-Network "$TestDrive/none.cnsh" } File.NotFound 'none.cnsh' ObjectNotFound
        $null = New-Item -ItemType Directory "$TestDrive/folder.cnsh"
        Assert-OnlyError { Import-Network "$TestDrive/folder.cnsh" } NetworkFile.NotFound 'a folder' ObjectNotFound
        Assert-OnlyError { Import-Network $PSCommandPath } Setting.Invalid 'ends in'
        Copy-Item "$TestDrive/a.cnsh" "$TestDrive/a.pth"
        Assert-OnlyError { Import-Network "$TestDrive/a.pth" -Into $network } NetworkFile.Unknown 'torch.save' InvalidData
    }
}
