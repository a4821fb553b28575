using System.Globalization;
using System.Management.Automation;
using System.Reflection;

namespace ConvNetShell.Host.Tests;

/// <summary>What each everyday cmdlet gives, as one text: a script and the values it writes, joined by a bar.</summary>
public sealed class EverydayCommandsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Two = "$f = 'one','two','three' | Set-Content a.txt; ";

    [Theory]
    // Streams
    [InlineData("Write-Output 1,2,3", "1|2|3")]
    [InlineData("(Write-Output 1,2,3 -NoEnumerate).Count", "3")]
    [InlineData("1,2 | Write-Output", "1|2")]
    [InlineData("Write-Host a b 3>&1 6>&1 | % { $_.MessageData.Message }", "a b")]
    [InlineData("Write-Host 1,2 -Separator '-' 6>&1 | % { $_.MessageData.Message }", "1-2")]
    [InlineData("Write-Information x -Tags t 6>&1 | % { \"$($_.MessageData)$($_.Tags)\" }", "xt")]
    [InlineData("Write-Warning careful 3>&1 | % Message", "careful")]
    [InlineData("Write-Verbose loud -Verbose 4>&1 | % Message", "loud")]
    [InlineData("Write-Debug deep -Debug 5>&1 | % Message", "deep")]
    [InlineData("Write-Error bad -ErrorId E1 -Category InvalidData 2>&1 | % { $_.FullyQualifiedErrorId.Split(',')[0], $_.CategoryInfo.Category, \"$_\" }", "E1|InvalidData|bad")]
    [InlineData("try { Write-Error bad -ErrorAction Stop } catch [Microsoft.PowerShell.Commands.WriteErrorException] { 'caught' }", "caught")]
    [InlineData("Write-Error bad 2>$null; $?", "False")]
    // Select-Object
    [InlineData("1..5 | select -First 2", "1|2")]
    [InlineData("1..5 | select -Last 2", "4|5")]
    [InlineData("1..5 | select -Skip 1 -First 2", "2|3")]
    [InlineData("1..5 | select -Skip 3", "4|5")]
    [InlineData("1..5 | select -Last 2 -Skip 1", "3|4")]
    [InlineData("1..5 | select -SkipLast 3", "1|2")]
    [InlineData("1..5 | select -Index 0,4", "1|5")]
    [InlineData("1,2,1,2,3 | select -Unique", "1|2|3")]
    [InlineData("$n = 0; 1..100 | % { $script:n++; $_ } | select -First 3 | Out-Null; $n", "3")]
    [InlineData("$r = 'abc' | select Length, @{n='Up';e={$_.ToUpper()}}; $r.Length, $r.Up, $r.pstypenames[0]", "3|ABC|Selected.System.String")]
    [InlineData("'ab','cde' | select -ExpandProperty Length", "2|3")]
    [InlineData("[pscustomobject]@{a=1;b=2;c=3} | select * -ExcludeProperty b | % { $_.psobject.Properties.Name }", "a|c")]
    [InlineData("[pscustomobject]@{a=1} | select a,missing | % { $_.psobject.Properties.Name }", "a|missing")]
    // Sort-Object
    [InlineData("3,1,2 | sort", "1|2|3")]
    [InlineData("3,1,2 | sort -Descending", "3|2|1")]
    [InlineData("'bb','A','ccc' | sort Length -Descending", "ccc|bb|A")]
    [InlineData("'b2','a1','b1' | sort { $_[0] }", "a1|b2|b1")]
    [InlineData("'a2','b1','a1' | sort @{e={$_[0]};Descending=$true}, { $_[1] }", "b1|a1|a2")]
    [InlineData("3,1,3,2 | sort -Unique", "1|2|3")]
    [InlineData("3,1,2 | sort -Top 2", "1|2")]
    [InlineData("3,1,2 | sort -Bottom 1", "3")]
    [InlineData("10,9,'x' | sort", "9|10|x")]
    // Group-Object, Measure-Object, Compare-Object
    [InlineData("'a','b','A' | group | % { \"$($_.Name)$($_.Count)\" }", "a2|b1")]
    [InlineData("('ab','cd','e' | group Length).Count", "2")]
    [InlineData("('ab','cd','e' | group Length -AsHashTable)[2]", "ab|cd")]
    [InlineData("(1,1 | group -NoElement).GetType().Name", "GroupInfoNoElement")]
    [InlineData("$m = 1..4 | measure -AllStats; $m.Count, $m.Sum, $m.Average, $m.Minimum, $m.Maximum, $m.StandardDeviation.ToString('f3')", "4|10|2.5|1|4|1.291")]
    [InlineData("$m = 'ab','c' | measure Length -Sum; $m.Property, $m.Sum", "Length|3")]
    [InlineData("$m = 'b','a' | measure -Minimum; $m.Minimum, $m.Count", "a|2")]
    [InlineData("(@() | measure).Count", "0")]
    [InlineData("$m = \"a b`nc\" | measure -Line -Word -Character; $m.Lines, $m.Words, $m.Characters", "2|3|5")]
    [InlineData("compare 1,2,3 2,3,4 | % { \"$($_.InputObject)$($_.SideIndicator)\" }", "4=>|1<=")]
    [InlineData("compare 1,2 1,2 -IncludeEqual | % SideIndicator", "==|==")]
    // Formatting
    [InlineData("(1,2 | % { [pscustomobject]@{ab=$_;c='x'} } | Format-Table | Out-String -Stream) -ne ''", "ab c|-- -| 1 x| 2 x")]
    [InlineData("([pscustomobject]@{ab=1;c='x'} | fl | Out-String -Stream) -ne ''", "ab : 1|c  : x")]
    [InlineData("([pscustomobject]@{ab=1;c='x'} | fl c | Out-String).Trim()", "c : x")]
    [InlineData("('abc' | Out-String -NoNewline)", "abc")]
    [InlineData("([pscustomobject]@{a='x' * 30} | ft | Out-String -Width 10 -Stream)[3]", "xxxxxxxxx…")]
    [InlineData("'a' | Out-File o.txt; 'b' | Out-File o.txt -Append; gc o.txt", "a|b")]
    [InlineData("'a' > o.txt; 'b' >> o.txt; gc o.txt", "a|b")]
    [InlineData("'ä' | Out-File o.txt -Encoding utf8BOM; [IO.File]::ReadAllBytes(\"$pwd/o.txt\")[0]", "239")]
    [InlineData("1 | Out-Null; 'end'", "end")]
    // Items
    [InlineData("ni d/e -ItemType Directory -Force | % Name; Test-Path d/e -PathType Container", "e|True")]
    [InlineData("ni f.txt -Value hello | Out-Null; gc f.txt", "hello")]
    [InlineData("ni d -ItemType Directory | Out-Null; (ni -Path d -Name g.txt -ItemType File).GetType().Name", "FileInfo")]
    [InlineData("ni x[1].txt | Out-Null; Test-Path -LiteralPath x[1].txt", "True")]
    [InlineData("ni b.txt,a.txt,c.log | Out-Null; gci | % Name", "a.txt|b.txt|c.log")]
    [InlineData("ni b.txt,a.txt,c.log | Out-Null; gci *.txt | % Name", "a.txt|b.txt")]
    [InlineData("ni b.txt,c.log | Out-Null; gci -Filter *.log | % Name", "c.log")]
    [InlineData("ni d/e -ItemType Directory -Force; ni d/e/x.txt,d/y.txt | Out-Null; gci -Recurse -File | % Name", "y.txt|x.txt")]
    [InlineData("$null = ni d/e -ItemType Directory -Force; $null = ni d/e/x.txt; gci d -Recurse -Name", "e|e/x.txt")]
    [InlineData("$null = ni d -ItemType Directory; $null = ni f.txt; gci -Directory -Name; gci -File -Name", "d|f.txt")]
    [InlineData("$null = ni d/e/f -ItemType Directory -Force; gci -Depth 1 -Name", "d|d/e")]
    [InlineData("$null = ni d -ItemType Directory; $null = ni d/a.txt,d/b.log; gci d -Recurse -Include *.log | % Name", "b.log")]
    [InlineData("$null = ni .hidden; @(gci).Count; @(gci -Force).Count", "0|1")]
    [InlineData("(gi .).GetType().Name; (gi .).PSIsContainer", "DirectoryInfo|True")]
    [InlineData("Test-Path nothing; Test-Path .; Test-Path . -PathType Leaf; Test-Path nodrive:x", "False|True|False|False")]
    [InlineData("$null = ni a.txt; Rename-Item a.txt b.txt; gci -Name", "b.txt")]
    [InlineData("$null = ni a.txt; cp a.txt b.txt; mv a.txt c.txt; gci -Name", "b.txt|c.txt")]
    [InlineData("$null = ni d/e -ItemType Directory -Force; cp d x -Recurse; Test-Path x/e", "True")]
    [InlineData("$null = ni d/e -ItemType Directory -Force; rm d -Recurse; Test-Path d", "False")]
    [InlineData("$null = ni a.txt,b.txt,c.log; rm *.txt; gci -Name", "c.log")]
    [InlineData("$null = ni a.txt; rm a.txt -WhatIf; Test-Path a.txt", "True")]
    [InlineData("$null = ni a.txt; cp a.txt b.txt -WhatIf; mv a.txt c.txt -WhatIf; Rename-Item a.txt d.txt -WhatIf; ni e.txt -WhatIf; Set-Content a.txt x -WhatIf; 1 > f.txt; gci -Name", "a.txt|f.txt")]
    // Content
    [InlineData(Two + "gc a.txt", "one|two|three")]
    [InlineData(Two + "(gc a.txt -Raw).Length", "14")]
    [InlineData(Two + "gc a.txt -TotalCount 1; gc a.txt -Tail 1", "one|three")]
    [InlineData(Two + "ac a.txt four; (gc a.txt).Count", "4")]
    [InlineData("Set-Content a.txt 1,2 -NoNewline; gc a.txt", "12")]
    [InlineData("$env:CNSH_TEST = 'v'; gc env:CNSH_TEST", "v")]
    // Paths and places
    [InlineData("Join-Path a b c d", "a/b/c/d")]
    [InlineData("'/a/b.tar.gz' | Split-Path; Split-Path /a/b.txt -Leaf; Split-Path /a/b.txt -LeafBase; Split-Path /a/b.txt -Extension", "/a|b.txt|b|.txt")]
    [InlineData("$null = ni a.txt; (Resolve-Path a.*).GetType().Name; Resolve-Path a.txt -Relative", "PathInfo|./a.txt")]
    [InlineData("Convert-Path / ", "/")]
    [InlineData("$null = ni d -ItemType Directory; cd d; Split-Path (pwd) -Leaf; cd ..; pushd d; popd; (pwd).Path -eq (gi .).FullName", "d|True")]
    [InlineData("(Get-PSDrive Env).Provider.Name", "Environment")]
    // JSON and CSV
    [InlineData("@{a=1} | ConvertTo-Json -Compress", "{\"a\":1}")]
    [InlineData("1,2.5,'x',$true,$null | ConvertTo-Json -Compress", "[1,2.5,\"x\",true,null]")]
    [InlineData("2.0,1e300 | ConvertTo-Json -Compress", "[2.0,1E+300]")]
    [InlineData("1 | ConvertTo-Json -AsArray -Compress", "[1]")]
    [InlineData("[pscustomobject]@{a=@{b=@{c=@{d=1}}}} | ConvertTo-Json -Compress -Depth 5", "{\"a\":{\"b\":{\"c\":{\"d\":1}}}}")]
    [InlineData("@{a=@{b=1}} | ConvertTo-Json -Compress -Depth 0 3>$null", "{\"a\":\"System.Collections.Hashtable\"}")]
    [InlineData("[DayOfWeek]::Monday | ConvertTo-Json; [DayOfWeek]::Monday | ConvertTo-Json -EnumsAsStrings", "1|\"Monday\"")]
    [InlineData("$j = '{\"a\":1,\"b\":[1,2.5],\"c\":{\"d\":null}}' | ConvertFrom-Json; $j.a.GetType().Name, $j.b[1].GetType().Name, ($null -eq $j.c.d)", "Int64|Double|True")]
    [InlineData("('{\"A\":1,\"a\":2}' | ConvertFrom-Json -AsHashtable).Count", "2")]
    [InlineData("'[1,2]' | ConvertFrom-Json | % { $_ * 2 }", "2|4")]
    [InlineData("('{\"d\":\"2020-01-02T03:04:05Z\"}' | ConvertFrom-Json).d.GetType().Name", "DateTime")]
    [InlineData("[pscustomobject]@{a=1;b='x\"y'} | ConvertTo-Csv", "\"a\",\"b\"|\"1\",\"x\"\"y\"")]
    [InlineData("[pscustomobject]@{a=1;b='x;y'} | ConvertTo-Csv -Delimiter ';' -UseQuotes AsNeeded", "a;b|1;\"x;y\"")]
    [InlineData("'a,b','1,\"x,y\"' | ConvertFrom-Csv | % { $_.a, $_.b }", "1|x,y")]
    [InlineData("$r = [pscustomobject]@{a=1;b=\"l1`nl2\"}; $r | Export-Csv t.csv; $r | Export-Csv t.csv -Append; Import-Csv t.csv | % { $_.b.Length }", "5|5")]
    // The rest
    [InlineData("(Get-Date).GetType().Name; Get-Date -Date 2024-02-03 -Format yyyy-MM-dd", "DateTime|2024-02-03")]
    [InlineData("Get-Date -Year 2020 -Month 2 -Day 29 -Format MMdd", "0229")]
    [InlineData("$a = Get-Random -SetSeed 7; $b = Get-Random -SetSeed 7; $a -eq $b; $a.GetType().Name", "True|Int32")]
    [InlineData("(1..50 | % { Get-Random -Minimum 3 -Maximum 5 } | sort -Unique)", "3|4")]
    [InlineData("(Get-Random -Minimum 0.0 -Maximum 1.0).GetType().Name; @(1..9 | Get-Random -Count 3).Count; (1..9 | Get-Random -Shuffle | sort) -join ''", "Double|3|123456789")]
    [InlineData("(Measure-Command { $inside = 5 }).GetType().Name; $inside", "TimeSpan|5")]
    [InlineData("iex '1+1'; iex '$made = 3'; $made", "2|3")]
    [InlineData("(New-Object System.Text.StringBuilder 'abc', 20).Capacity; (New-Object PSObject -Property @{a=1}).a; (New-Object System.UriBuilder -Property @{Port=81}).Port", "20|1|81")]
    [InlineData("Start-Sleep -Milliseconds 1; 'awake'", "awake")]
    [InlineData("$vx = 1; (Get-Variable vx).GetType().Name; gv vx -ValueOnly; sv vx 2; $vx; 1,2 | sv vy; $vy.Count", "PSVariable|1|2|2")]
    [InlineData("$vz = 1; Remove-Variable vz; Test-Path variable:vz", "False")]
    [InlineData("function f { Set-Variable -Name g1 -Value 7 -Scope Global }; f; $global:g1", "7")]
    [InlineData("'a' | gm Substring | % { $_.TypeName, $_.MemberType }", "System.String|Method")]
    [InlineData("[math] | gm -Static PI | % { $_.MemberType }", "Property")]
    [InlineData("$o = [pscustomobject]@{} | Add-Member n 1 -PassThru; $o | Add-Member ScriptMethod Twice { $this.n * 2 }; $o.n, $o.Twice()", "1|2")]
    [InlineData("Add-Type -AssemblyName System.Xml; (Add-Type -AssemblyName System.Xml.XDocument -PassThru).Count -ge 0", "True")]
    [InlineData("1,2 | tee -Variable kept | Out-Null; $kept; 3 | tee t.txt; gc t.txt", "1|2|3|3")]
    [InlineData("Set-Alias zz Get-Date; (Get-Alias zz).Definition; New-Alias zy Get-Date; (zy).GetType().Name", "Get-Date|DateTime")]
    public void Gives(string script, string expected)
    {
        object[] values = engine.Run(script);

        Assert.Equal(expected, string.Join('|', values.Where(value => value is not DirectoryInfo).Select(Text)));
    }

    [Theory]
    [InlineData("Get-Item nothing", "ItemNotFoundException")]
    [InlineData("Get-Content nothing.txt", "ItemNotFoundException")]
    [InlineData("Get-ChildItem nothing", "ItemNotFoundException")]
    [InlineData("Remove-Item nothing", "ItemNotFoundException")]
    [InlineData("Get-Variable nothing", "ItemNotFoundException")]
    [InlineData("Get-Alias nothing", "ItemNotFoundException")]
    [InlineData("'{' | ConvertFrom-Json", "PSArgumentException")]
    [InlineData("'x' | measure -Sum", "PSArgumentException")]
    [InlineData("1 | measure Missing", "PSArgumentException")]
    [InlineData("1 | select -ExpandProperty Missing", "PSArgumentException")]
    [InlineData("New-Object No.Such.Type", "PSArgumentException")]
    [InlineData("Get-Random -Minimum 5 -Maximum 5", "PSArgumentException")]
    [InlineData("1 | sort @{wrong=1}", "PSArgumentException")]
    [InlineData("'a' | Out-File o.txt -NoClobber; 'a' | Out-File o.txt -NoClobber", "IOException")]
    [InlineData("Read-Host", "PSInvalidOperationException")]
    [InlineData("Get-Credential", "PSInvalidOperationException")]
    public void Reports(string script, string exception)
    {
        EngineResult result = engine.Session.Collect($"Set-Location '{engine.Folder}'; {script}");

        Assert.Equal(exception, Unwrapped(Assert.Single(result.Errors).Exception).GetType().Name);
    }

    [Fact]
    public void One_bad_path_does_not_cost_the_others()
    {
        EngineResult result = engine.Session.Collect("Get-Item nothing, /, nowhere | % FullName");

        Assert.Equal(2, result.Errors.Count);
        Assert.Equal("/", Assert.Single(result.Output).BaseObject);
    }

    [Fact]
    public void Every_everyday_cmdlet_has_a_test_here()
    {
        string tested = string.Join('\n', typeof(EverydayCommandsTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .SelectMany(attribute => (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(argument => argument.Value));
        var words = tested.Split(" |;(){}'\"\n".ToCharArray()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var aliases = engine.Session.Invoke("Get-Alias").Select(item => (AliasInfo)item.BaseObject).ToLookup(alias => alias.Definition, alias => alias.Name);

        IEnumerable<string> untested = typeof(EngineSession).Assembly.GetTypes()
            .Select(type => type.GetCustomAttribute<CmdletAttribute>()).OfType<CmdletAttribute>()
            .Select(cmdlet => $"{cmdlet.VerbName}-{cmdlet.NounName}")
            .Where(name => !words.Contains(name) && !aliases[name].Any(words.Contains));

        Assert.Equal(["Write-Progress"], untested);
    }

    [Fact]
    public void Write_progress_reaches_the_watcher()
    {
        var seen = new List<ProgressRecord>();
        using EngineSession session = EngineSession.Create(new EngineSessionOptions { OnProgress = seen.Add });

        session.Run("Write-Progress Reading half -PercentComplete 50; Write-Progress Reading -Completed");

        Assert.Equal([(50, ProgressRecordType.Processing), (-1, ProgressRecordType.Completed)], seen.Select(record => (record.PercentComplete, record.RecordType)));
    }

    private static Exception Unwrapped(Exception exception) => exception is MethodInvocationException { InnerException: { } inner } ? inner : exception;

    private static string? Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture);
}
