BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Get-Dataset' {
    It 'lists the datasets that have a name' {
        (Get-Dataset).Name | Should -BeExactly 'CIFAR10', 'CIFAR100', 'MNIST', 'FashionMNIST', 'Shapes', 'MovingShapes', 'Signals', 'Faces', 'Scenes', 'Matches'
    }

    It 'knows of each how large it is' {
        $shapes = Get-Dataset Shapes
        "$($shapes.Available) $($shapes.Shape) $($shapes.Classes) $($shapes.Train) $($shapes.Test) $($shapes.DownloadMegabytes)" | Should -BeExactly 'True 3x32x32 10 10000 2000 0'
        (Get-Dataset cifar100).Train | Should -Be 50000
    }

    It 'takes wildcards and lists' {
        (Get-Dataset cifar*).Name | Should -BeExactly 'CIFAR10', 'CIFAR100'
        (Get-Dataset sh*, mnist).Name | Should -BeExactly 'Shapes', 'MNIST'
        Get-Dataset nothing* | Should -BeNullOrEmpty
    }

    It 'says that what is not here is not here' {
        # The folder of the tests is empty, and so no dataset that is downloaded is in it.
        (Get-Dataset CIFAR100).Available | Should -BeFalse
    }

    It 'completes names' {
        (Complete 'Get-Dataset Fas').CompletionText | Should -BeExactly 'FashionMNIST'
    }
}
