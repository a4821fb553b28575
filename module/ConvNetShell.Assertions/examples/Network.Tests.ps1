# Tests of networks to begin with. Copy this folder, and put your own networks and notebooks in.
#   Import-Module ConvNetShell, ConvNetShell.Assertions; Invoke-Pester Network.Tests.ps1

Describe 'A network of ours' {
    BeforeAll {
        $images = Import-Dataset Shapes | Split-Dataset -PerClass 4
        $net = New-Network -Spec 'conv3x3x8 relu pool4 fc10 softmax' -InputShape 3,32,32 -Seed 1
    }

    It 'still learns' {
        $net | Should-Learn $images -Epochs 10 -Seed 1 -LossFraction 0.7 -Setting @{ BatchSize = 10; Optimizer = 'Adam'; LearningRate = 0.01; ValidationFraction = 0 }
    }

    It 'still has the layers of its file' {
        $net | Export-Network "$TestDrive/net.cnsh" -WarningAction Ignore # it is untrained
        "$TestDrive/net.cnsh" | Should-MatchNetwork $net -Tolerance 0
    }
}

Describe 'A preset' {
    It '<Name> has <Count> parameters' -ForEach @(
        @{ Name = 'LeNet5'; Count = 61706 }
        @{ Name = 'CIFAR10'; Count = 22466 }
    ) {
        $Name | Should-HaveParameterCount $Count -Because 'published figures and files of weights are for this architecture'
    }
}

Describe 'A notebook' {
    It 'still runs from top to bottom' {
        $cells = Invoke-Notebook "$PSScriptRoot/first.ipynb" -AsTest -JUnitPath "$TestDrive/notebook.xml"
        ($cells.Status | Select-Object -Unique) | Should -Be Passed
    }
}
