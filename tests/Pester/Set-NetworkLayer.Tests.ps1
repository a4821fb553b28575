BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Set-NetworkLayer' {
    BeforeEach {
        $network = New-Network -Spec 'conv3x3x4 bn relu pool4 fc10 softmax' -InputShape 3,32,32 -Seed 1
    }

    It 'freezes layers, and training leaves them as they are' {
        $before = (Get-Filter $network conv1).Weights, (Get-Filter $network fc1).Weights
        Set-NetworkLayer $network conv1, bn1 -Frozen
        $network.FrozenLayers | Should -Be conv1, bn1
        $run = $network | Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 1
        (Get-Filter $run conv1).Weights | Should -Be $before[0]
        (Get-Filter $run fc1).Weights | Should -Not -Be $before[1]
    }

    It 'makes layers trainable again' {
        ($network | Set-NetworkLayer * -Frozen -PassThru).FrozenLayers | Should -Be conv1, bn1, fc1
        ($network | Set-NetworkLayer bn*, fc1 -Frozen:$false -PassThru).FrozenLayers | Should -Be conv1
    }

    It 'takes the layers by -Name too' {
        $set = Set-NetworkLayer $network -Name conv* -Frozen -LearningRateScale 0.1 -PassThru
        $set.FrozenLayers | Should -Be conv1
        "$($set.LayerTraining['conv1'])" | Should -BeExactly 'learning rate x 0.1'
    }

    It 'means layers with weights by a pattern, and says so of a name without' {
        (Set-NetworkLayer $network * -FrozenEpoch 1 -PassThru).LayerTraining.Keys | Should -Be conv1, bn1, fc1
        Set-NetworkLayer $network relu* -LearningRateScale 2
        $network.LayerTraining.Keys | Should -Be conv1, bn1, fc1
        Assert-OnlyError { Set-NetworkLayer $network relu1 -LearningRateScale 2 } Setting.Invalid relu1
    }

    It 'is kept in files and by Edit-Network' {
        Set-NetworkLayer $network conv1 -Frozen
        Export-Network "$TestDrive/frozen.cnsh" $network -Force
        (Import-Network "$TestDrive/frozen.cnsh").FrozenLayers | Should -Be conv1
        (Edit-Network $network -Replace fc1 -With fc5).FrozenLayers | Should -Be conv1
    }

    It 'freezes layers within blocks, by name and by pattern' {
        $blocks = New-Network -Spec 'conv3x3x4 res(conv3x3x4 bn relu conv3x3x4 bn) res(conv3x3x4 bn) fc10 softmax' -InputShape 3,32,32 -Seed 1
        Set-NetworkLayer $blocks res1.conv1, res*.bn* -Frozen
        $blocks.FrozenLayers | Should -Be res1.conv1, res1.bn1, res1.bn2, res2.bn1
        $before = (Get-Filter $blocks res1.conv1).Weights, (Get-Filter $blocks res1.conv2).Weights
        Export-Network "$TestDrive/inner.cnsh" $blocks -Force
        (Import-Network "$TestDrive/inner.cnsh").FrozenLayers | Should -Be $blocks.FrozenLayers
        (Edit-Network $blocks -Replace fc1 -With fc10).FrozenLayers | Should -Be $blocks.FrozenLayers
        $run = $blocks | Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 1
        (Get-Filter $run res1.conv1).Weights | Should -Be $before[0]
        (Get-Filter $run res1.conv2).Weights | Should -Not -Be $before[1]
        Set-NetworkLayer $blocks res2 -Frozen
        $blocks.FrozenLayers | Should -Be res1.conv1, res1.bn1, res1.bn2, res2
        Set-NetworkLayer $blocks res2.conv1 -Frozen:$false
        $blocks.FrozenLayers | Should -Be res1.conv1, res1.bn1, res1.bn2, res2.bn1
        Assert-OnlyError { Set-NetworkLayer $blocks res1.conv9 -Frozen } Layer.NotFound 'res1.conv9' ObjectNotFound
    }

    It 'gives layers a learning rate and a decay of their own, and epochs to rest in' {
        $set = Set-NetworkLayer $network conv1, bn1 -LearningRateScale 0 -FrozenEpoch (1..2) -PassThru
        $set.LayerTraining.Keys | Should -Be conv1, bn1
        Set-NetworkLayer $network bn1 -LearningRateScale 1 -FrozenEpoch @()
        Set-NetworkLayer $network fc1 -WeightDecayScale 3
        "$($network.LayerTraining['conv1'])" | Should -BeExactly 'learning rate x 0, frozen in 2 epochs'
        $network.LayerTraining.Keys | Should -Be conv1, fc1
        Export-Network "$TestDrive/trained.cnsh" $network -Force
        "$((Import-Network "$TestDrive/trained.cnsh").LayerTraining['fc1'])" | Should -BeExactly 'weight decay x 3'
        $before = (Get-Filter $network conv1).Weights, (Get-Filter $network fc1).Weights
        $run = $network | Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 1
        (Get-Filter $run conv1).Weights | Should -Be $before[0]
        (Get-Filter $run fc1).Weights | Should -Not -Be $before[1]
        $run.Network.LayerTraining.Keys | Should -Be conv1, fc1
        Assert-OnlyError { Set-NetworkLayer $network relu1 -LearningRateScale 2 } Setting.Invalid 'a layer with weights'
    }

    It 'lets only the biases of a layer learn, and only for some epochs' {
        $network = New-Network -Spec 'conv3x3x4 relu pool2 fc10 softmax' -InputShape 3, 32, 32
        Set-NetworkLayer $network conv1 -BiasOnly -LearningEpochs 1
        "$($network.LayerTraining['conv1'])" | Should -BeExactly 'biases only, learns for 1 epoch'
        Export-Network "$TestDrive/bias.cnsh" $network
        "$((Import-Network "$TestDrive/bias.cnsh").LayerTraining['conv1'])" | Should -BeExactly 'biases only, learns for 1 epoch'
        $before = (Get-Filter $network conv1).Weights
        $run = $network | Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 1
        (Get-Filter $run conv1).Weights | Should -Be $before
        Set-NetworkLayer $network conv1 -BiasOnly:$false -LearningEpochs 0
        $network.LayerTraining.Count | Should -Be 0
    }

    It 'changes nothing under -WhatIf' {
        Set-NetworkLayer $network conv1 -Frozen -WhatIf
        $network.FrozenLayers | Should -BeNullOrEmpty
    }

    It 'refuses a layer that is not there, and training without a layer to train' {
        Assert-OnlyError { Set-NetworkLayer $network conv9 -Frozen } Layer.NotFound 'conv9' ObjectNotFound
        Assert-OnlyError { Set-NetworkLayer $network conv1 } Setting.Invalid '-Frozen:$false'
        Set-NetworkLayer $network * -Frozen
        Assert-OnlyError { $network | Start-Training -Dataset Shapes -TrainFraction 0.02 -Epochs 1 } Setting.Invalid 'all frozen'
    }
}
