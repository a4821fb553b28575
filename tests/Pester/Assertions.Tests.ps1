# ConvNetShell.Assertions, and the example that comes with it.

$examples = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'ConvNetShell.Assertions', 'examples', 'Network.Tests.ps1'))

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $assertions = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'module', 'ConvNetShell.Assertions'))
    $manifest = Join-Path $assertions 'ConvNetShell.Assertions.psd1'
    $importWarnings = Import-Module ([WildcardPattern]::Escape($manifest)) -Force -Global -ErrorAction Stop 3>&1
    $net = New-TinyNetwork

    # The text of the one assertion that fails.
    function Get-Failure([scriptblock] $Script) {
        $failure = try { & $Script } catch { $_ }
        $failure | Should -HaveCount 1
        $failure.FullyQualifiedErrorId | Should -BeLike 'PesterAssertionFailed*'
        $failure.Exception.Message
    }
}

AfterAll { Remove-Module ConvNetShell.Assertions }

Describe 'ConvNetShell.Assertions' {
    It 'is imported without a warning' {
        $importWarnings | Should -BeNullOrEmpty
    }

    It '<_> has help whose lines use its name' -ForEach 'Should-HaveParameterCount', 'Should-Learn', 'Should-MatchNetwork', 'Should-ReachAccuracy' {
        $help = Get-Help $_ -Full
        $help.Synopsis | Should -BeLike 'Fails unless *'
        $help.examples.example[0].code | Should -BeLike "*$_*"
        foreach ($parameter in $help.parameters.parameter) { $parameter.description.Text | Should -Not -BeNullOrEmpty -Because $parameter.name }
    }

    It 'has a topic with its four names' {
        $topic = [System.IO.File]::ReadAllText((Join-Path $assertions 'en-US/about_ConvNetShell_Assertions.help.txt'))
        foreach ($name in (Get-Module ConvNetShell.Assertions).ExportedAliases.Keys) { $topic | Should -BeLike "*$name*" }
    }

    It 'fails an empty pipe' {
        Get-Failure { @() | Should-HaveParameterCount 1 } | Should -BeExactly "Expected a network, but none came through the pipe.`nExpected: at least one network`nReceived: nothing"
    }

    It 'refuses what is no network' {
        { 5 | Should-HaveParameterCount 1 } | Should -Throw 'Expected a network, a run, a preset''s name or a file of Export-Network. Received: Int32.'
    }
}

Describe 'Should-HaveParameterCount' {
    It 'passes for a network, a preset''s name and several' {
        $net | Should-HaveParameterCount 307
        'LeNet5' | Should-HaveParameterCount 61706
        $net, (New-TinyNetwork -Seed 2) | Should-HaveParameterCount 307
    }

    It 'fails with the parameters of each layer' {
        Get-Failure { $net | Should-HaveParameterCount 308 -Because 'weights are published' } |
            Should -BeExactly "Expected 'tiny' to have 308 parameters, because weights are published, but it has 307.`nExpected: 308`nReceived: 307 = conv1 112 + fc1 195"
    }

    It 'fails for the second network of a pipe, too' {
        Get-Failure { $net, (New-TinyNetwork 'fc3') | Should-HaveParameterCount 307 } | Should -BeLike '*but it has 579.*'
    }
}

Describe 'Should-Learn and Should-ReachAccuracy' -Tag Slow {
    BeforeAll {
        $images = Import-Dataset (New-TinyData)
        $setting = @{ BatchSize = 6; ValidationFraction = 0; Optimizer = 'Adam'; LearningRate = 0.02 }
        $still = @{ BatchSize = 6; ValidationFraction = 0; Optimizer = 'SGD'; LearningRate = 1e-12 }
    }

    It 'passes where the loss falls' {
        $net | Should-Learn $images -Epochs 10 -Seed 1 -Setting $setting
    }

    It 'fails where it does not, with the losses' {
        Get-Failure { $net | Should-Learn $images -Epochs 2 -Setting $still } |
            Should -Match "^Expected 'tiny' to learn in 2 epochs, but it did not\.\nExpected: a training loss of at most 0\.\d+, 0\.5 of the first epoch's\nReceived: 1\.\d+, 1\.\d+ \(Completed, seed 0\)$"
    }

    It 'passes for each seed' {
        $net | Should-ReachAccuracy 0.9 -Seeds 2 -Dataset $images -Setting $setting
    }

    It 'measures a run as it is' {
        New-TinyRun $images | Should-ReachAccuracy 1
    }

    It 'fails with the accuracy of each seed' {
        Get-Failure { $net | Should-ReachAccuracy 0.995 -Seeds 2 -Dataset $images -Epochs 1 -Setting $still } |
            Should -Match "^Expected 'tiny' to reach an accuracy of 99\.5 % with each of 2 seeds, but 2 of 2 did not\.\nExpected: at least 99\.5 %\nReceived: \d+(\.\d+)? % \(seed 1\), \d+(\.\d+)? % \(seed 2\)$"
    }
}

Describe 'Should-MatchNetwork' {
    It 'passes for the same layers, and the same weights' {
        New-TinyNetwork -Seed 2 | Should-MatchNetwork $net
        New-TinyNetwork | Should-MatchNetwork $net -Tolerance 0
    }

    It 'fails with the first layer that differs' {
        Get-Failure { New-TinyNetwork 'conv3x3x5 relu pool2 fc3 softmax' | Should-MatchNetwork $net } |
            Should -Match "to match 'tiny', but layer 1 differs\.\nExpected: conv1 -> 4x8x8, 112 parameters, .*\nReceived: conv1 -> 5x8x8, 140 parameters, "
        Get-Failure { New-TinyNetwork 'conv3x3x4 relu pool2 fc3' | Should-MatchNetwork $net } | Should -BeLike '*Received: no further layer'
    }

    It 'fails with the first weight that differs' {
        Get-Failure { New-TinyNetwork -Seed 2 | Should-MatchNetwork $net -Tolerance 1e-6 } |
            Should -Match "to have the weights of 'tiny', but conv1\.weight differs\.\nExpected: a difference of at most 1e-06\nReceived: \d+\.\d+$"
    }
}

. $examples
