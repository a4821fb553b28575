BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    # The colors stand for classes of other names: a folder class -> color.
    function New-ClassData([System.Collections.IDictionary] $Classes, [int] $Count = 6) {
        $folder = Join-Path $TestDrive "classes-$([guid]::NewGuid().ToString('N').Substring(0, 8))"
        $seed = 1000
        foreach ($name in $Classes.Keys) {
            foreach ($index in 1..$Count) { $null = New-TinyImage ([System.IO.Path]::Combine($folder, $name, "$index.bmp")) $Classes[$name] -Seed ($seed++) }
        }
        $folder
    }
    $pets = New-ClassData ([ordered]@{ cat = 'blue'; dog = 'green'; fish = 'red' }) 12
    $few = New-ClassData ([ordered]@{ dog = 'green'; fish = 'red' })
    $other = New-ClassData ([ordered]@{ bird = 'blue'; dog = 'green'; fish = 'red' })
    $run = New-TinyRun (Import-Dataset $pets)
    $train = @{ Epochs = 1; BatchSize = 6; ValidationFraction = 0; Seed = 1 }
}

Describe 'Classes of a dataset and of a network' {
    It 'are matched by name: accuracy, matrix, calibration, comparison, label errors, layers' {
        (Measure-Accuracy $run $few -Split Train).Top1 | Should -Be 1
        (Get-ConfusionMatrix $run $few -Split Train).Accuracy | Should -Be 1
        (Measure-Calibration $run $few).Accuracy | Should -Be 1
        (Compare-Network $run $run $few).FirstAccuracy | Should -Be 1
        Find-LabelError $run $few | Should -BeNullOrEmpty
        (Select-Sample $few -Split Train -Count 12 | Get-Prediction $run -Top 1).Correct | Should -Not -Contain $false
        { Measure-Layer $run $few -ErrorAction Stop } | Should -Not -Throw
    }

    It '<Line> refuses a class that the network lacks, with both lists' -ForEach @(
        @{ Line = 'Measure-Accuracy $run $other -Split Train' }
        @{ Line = 'Get-ConfusionMatrix $run $other -Split Train' }
        @{ Line = 'Measure-Calibration $run $other' }
        @{ Line = 'Compare-Network $run $run $other' }
        @{ Line = 'Find-LabelError $run $other' }
        @{ Line = 'Measure-Layer $run $other' }
        @{ Line = 'Start-Training -Network $run $other @train' }
        @{ Line = '$run.Network | Start-Training $other @train' }
        @{ Line = '$run | Start-Training $few @train' }
        @{ Line = '$run.Network | Find-LearningRate -Dataset $other' }
    ) {
        $received = if ($Line -match 'few') { 'dog, fish.' } else { 'bird, dog, fish.' }
        Assert-OnlyError ([scriptblock]::Create($Line)) Class.Mismatch "expected cat, dog, fish. Received: $received"
        $run.Network.Classes | Should -Be cat, dog, fish
    }

    It 'counts classes that the network lacks as wrong where that is asked for' {
        $report = Measure-Accuracy $run $other -Split Train -AllowUnknownClasses -WarningVariable warned 3> $null
        $report.Top1 | Should -Be (12 / 18)
        $report.PerClass.Class | Should -Be cat, dog, fish, bird
        $warned | Should -HaveCount 1
        $warned[0].Message | Should -BeLike '*lacks classes of *: bird.*'
        (Get-ConfusionMatrix $run $other -Split Train -AllowUnknownClasses 3> $null).Classes | Should -Contain bird
        (Measure-Calibration $run $other -AllowUnknownClasses 3> $null).Accuracy | Should -Be (12 / 18)
        (Compare-Network $run $run $other -AllowUnknownClasses 3> $null).BothWrong | Should -Be 6
        (Select-Sample $other -Split Train -Class bird | Get-Prediction $run -Top 3).Correct | Should -Be $false, $false, $false
    }

    It 'gives a network a new last layer where other classes are asked for' {
        $before = (Get-Filter $run conv1)[0].Values
        $next = $run | Start-Training $other -NewClasses @train
        $next.Network.Classes | Should -Be bird, dog, fish
        $run.Network.Classes | Should -Be cat, dog, fish
        $run.Dataset.Classes | Should -Be cat, dog, fish
        (Get-Filter $run conv1)[0].Values | Should -Be $before
        (New-Network -Spec fc2 -InputShape 3,8,8 -Classes a, b | Start-Training $few -NewClasses @train).Network.Classes | Should -Be dog, fish
        ($run | Start-Training $few -NewClasses -DryRun).FirstLoss | Should -BeGreaterThan 0
    }

    It 'gives class weights to classes by the order of the dataset' {
        $net = New-Network -Spec fc3 -InputShape 3,8,8 -Classes fish, dog, cat
        ($net | Start-Training $pets -ClassWeight 1, 2, 3 @train).Settings.ClassWeights | Should -Be 3, 2, 1
    }
}

Describe 'Folders of classes' {
    It 'are no classes where a system left them; a quiet note says so' {
        $folder = New-ClassData ([ordered]@{ 'Carex sp.' = 'blue'; 'U.S.A.' = 'green'; '__MACOSX' = 'red'; '@eaDir' = 'red'; '.ipynb_checkpoints' = 'red' }) 2
        $data = Import-Dataset $folder -Verbose -WarningVariable warned 4>&1 3> $null
        ($data | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).Classes | Should -Be 'Carex sp.', 'U.S.A.'
        $data | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } | Should -BeLike '*passed over .ipynb_checkpoints, @eaDir, __MACOSX*'
        $warned | Should -BeNullOrEmpty
    }

    It 'with other endings name the endings that are read' {
        $folder = Join-Path $TestDrive tif
        $null = New-Item -ItemType Directory "$folder/cat", "$folder/dog"
        'x' > "$folder/cat/1.tif"; 'x' > "$folder/dog/1.gif"
        Assert-OnlyError { Import-Dataset $folder } Data.UnknownFormat '.png, .jpg, .jpeg, .bmp, .webp' InvalidData
    }

    It 'without images in a split have no recall: n/a' {
        $none = New-ClassData ([ordered]@{ dog = 'green'; fish = 'red' }) 2
        $rows = (Measure-Accuracy $run $none -Split Train).PerClass
        [double]::IsNaN($rows[0].Recall) | Should -BeTrue
        ($rows | Out-String) | Should -Match 'cat(\s+n/a){6}\s+0'
    }

    It 'without images are said when a training begins' {
        $folder = New-ClassData ([ordered]@{ dog = 'green'; fish = 'red' }) 5
        $null = New-TinyImage "$folder/cat/1.bmp"
        $null = New-Network -Spec fc3 -InputShape 3,8,8 | Start-Training $folder -Epochs 1 -WarningVariable warned 3> $null
        $warned.Message | Should -BeLike 'Validation of * has no image of cat*'
    }
}
