BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Find-LearningRate' {
    It 'suggests a rate within the range and has the curve' {
        $found = New-TinyNetwork | Find-LearningRate $images -BatchSize 6 -From 1e-4 -To 100 -Steps 40
        $found.Points.Count | Should -BeGreaterThan 10
        $found.Suggestion | Should -BeGreaterThan 1e-4
        $found.Suggestion | Should -BeLessThan 100
    }

    It 'leaves the network as it was' {
        $net = New-TinyNetwork 'conv3x3x4 bn relu pool2 fc3'
        $before = (Get-Filter $net conv1).Values -join ' '
        $null = $net | Find-LearningRate $images -BatchSize 6 -Steps 20
        (Get-Filter $net conv1).Values -join ' ' | Should -BeExactly $before
        $net.Normalization | Should -BeNullOrEmpty
        $net.Classes | Should -BeNullOrEmpty
        $net.HasInitialWeights | Should -BeTrue
    }

    It 'takes a folder item, and never Shapes for nothing' {
        (New-TinyNetwork | Find-LearningRate (Get-Item $images.Source) -BatchSize 6 -Steps 20).Dataset | Should -BeExactly $images.Name
        (Get-OnlyError { New-TinyNetwork | Find-LearningRate -Dataset $null }).Exception.Message | Should -BeLike '*Received: nothing*'
    }

    It 'refuses <Options>' -ForEach @(
        @{ Options = '-From 1 -To 0.1'; Text = '-To must be' }
        @{ Options = '-From 0'; Text = '-From must be' }
        @{ Options = '-Steps 3'; Text = '-Steps must be' }
    ) {
        Assert-OnlyError ([scriptblock]::Create("New-TinyNetwork | Find-LearningRate `$images -BatchSize 6 $Options")) 'Setting.Invalid' $Text
    }
}
