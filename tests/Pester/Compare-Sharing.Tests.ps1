BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Compare-Sharing' {
    It 'counts the parameters with and without shared weights' {
        $first = @(Compare-Sharing CIFAR10)[0]
        $first.ConvParameters | Should -Be 1216
        $first.LocalParameters | Should -Be 1245184
        $first.DenseParameters | Should -Be 50348032
    }

    It 'has a row for each convolution' {
        New-Network CIFAR10 | Compare-Sharing | Should -HaveCount 3
    }

    It 'counts the operations of the book''s edge detector' {
        (New-ConvLayer 1 '1x2' -NoBias | New-Network -InputShape 1, 280, 320 | Compare-Sharing).ConvOperations | Should -Be 267960
    }

    It 'has nothing to say of a network without convolution' {
        New-Network -Spec fc3 -InputShape 3,8,8 | Compare-Sharing | Should -BeNullOrEmpty
    }
}
