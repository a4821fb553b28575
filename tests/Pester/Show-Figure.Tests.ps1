BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
}

Describe 'Show-Figure' {
    It '<Line> shows <Word>' -ForEach @(
        @{ Line = 'Measure-Layer $run | Show-Figure'; Word = 'units that do not learn' }
        @{ Line = 'Get-ConfusionMatrix $run | Show-Figure'; Word = 'green' }
        @{ Line = '$run.Best | Show-Figure'; Word = 'training' }
        @{ Line = 'Get-Filter $run conv1 | Show-Figure'; Word = 'conv1: 4 pictures' }
    ) {
        $text = (& ([scriptblock]::Create("$Line 6>&1"))) -join "`n"
        $text | Should -BeLikeExactly "*$Word*"
        $text.Contains([char]27) | Should -BeFalse -Because 'a stream is no terminal that shows colors'
    }

    It 'puts out what it shows' {
        ($run | Show-Figure -PassThru 6> $null).Title | Should -Not -BeNullOrEmpty
    }

    It 'refuses what has no figure' {
        Assert-OnlyError { 3 | Show-Figure } Setting.Invalid "Received: 'Int32'"
    }
}
