# Builds once in Release, and runs a verb of GradTorch. Windows, PowerShell 5.1 or newer; the Linux twin is gradtorch.
#
#   .\gradtorch.ps1 VERB ...        for example: .\gradtorch.ps1 run configs\smoke.json; --help lists the verbs
#   .\gradtorch.ps1 test [FILTER]   all tests, or those whose full name contains FILTER (or match a dotnet test
#                                   expression, such as FullyQualifiedName!~Slow)
#
# GRADTORCH_TORCH names the NuGet package that supplies TorchSharp: TorchSharp-cuda-windows (default, runs on the CPU
# too where there is no NVIDIA GPU) or TorchSharp-cpu, which is a smaller download.
#
# Plain ASCII: PowerShell 5.1 takes a file without a byte order mark for the system's code page.
#Requires -Version 5.1
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'
$allowed = 'TorchSharp-cuda-windows', 'TorchSharp-cpu'
$torch = if ($env:GRADTORCH_TORCH) { $env:GRADTORCH_TORCH } else { $allowed[0] }

# Standard output belongs to the verb.
function Say([string] $text) { [Console]::Error.WriteLine("gradtorch: $text") }

function Assert-Sdk {
    $found = 'there is no dotnet command'
    if (Get-Command dotnet -ErrorAction SilentlyContinue) {
        Push-Location $root
        try { $version = & dotnet --version } finally { Pop-Location }
        if ($LASTEXITCODE -eq 0 -and $version) { return }
        $found = 'the installed one is not what global.json accepts (see dotnet --list-sdks)'
    }
    Say "GradTorch needs the .NET 10 SDK, and $found. Install it:"
    Say '    winget install Microsoft.DotNet.SDK.10'
    Say 'or from https://dotnet.microsoft.com/download/dotnet/10.0'
    exit 1
}

# Whether nothing under the folders, nor what configures every project, changed since the stamp.
function Test-Built([string] $stamp, [string[]] $folders) {
    if (-not (Test-Path $stamp)) { return $false }
    $built = (Get-Item $stamp).LastWriteTimeUtc
    $inputs = @('Directory.*', 'global.json', '.editorconfig' | ForEach-Object { Get-Item (Join-Path $root $_) })
    $inputs += @(Get-ChildItem $folders -Recurse)
    return -not ($inputs | Where-Object { $_.LastWriteTimeUtc -gt $built } | Select-Object -First 1)
}

# The stamp bears the time before the compiler reads, so that a file saved meanwhile is newer.
function Build([string] $name, [string[]] $folders, [string[]] $projects) {
    $stamp = Join-Path $artifacts "$torch\built-$name"
    if (Test-Built $stamp $folders) { return }
    New-Item -ItemType Directory -Force (Join-Path $artifacts $torch) | Out-Null
    $lock = Lock-Build
    try {
        if (Test-Built $stamp $folders) { return }
        Assert-Sdk
        Say "Building GradTorch with $torch (once; the first time fetches it from NuGet) ..."
        $started = [DateTime]::UtcNow
        $log = Join-Path $artifacts 'build.log'
        foreach ($project in $projects) {
            $options = @('-c', 'Release', "-p:Torch=$torch", '-nologo', '-v', 'quiet', '-nodeReuse:false')
            & dotnet build (Join-Path $root $project) @options > $log
            if ($LASTEXITCODE -ne 0) {
                Get-Content $log | ForEach-Object { [Console]::Error.WriteLine($_) }
                Say "the build of $project failed; the log above is $log."
                Say 'If it says that a file is in use, a GradTorch is running: let it end first.'
                exit 1
            }
        }
        New-Item -ItemType File -Force $stamp | Out-Null
        (Get-Item $stamp).LastWriteTimeUtc = $started
    }
    finally { $lock.Dispose() }
}

# One launcher at a time builds; the system lets go of the file when the process ends, however it ends.
function Lock-Build {
    $path = Join-Path $artifacts 'launcher.lock'
    $waiting = $false
    while ($true) {
        try { return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] {
            if (-not $waiting) { Say 'Waiting for another gradtorch that is building ...' }
            $waiting = $true
            Start-Sleep -Milliseconds 300
        }
    }
}

function Invoke-Tests([string] $filter) {
    if ($filter -and $filter -notmatch '[=~]') { $filter = "FullyQualifiedName~$filter" }
    Build 'tests' @((Join-Path $root 'src'), (Join-Path $root 'tests')) @('tests\GradTorch.Tests')
    $name = 'GradTorch.Tests'
    $results = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    $options = @('--nologo', '--results-directory', $results)
    $options += '--logger', 'console;verbosity=minimal', '--logger', "trx;LogFileName=$name.trx"
    if ($filter) { $options += '--filter', $filter }
    & dotnet test (Join-Path $artifacts "$torch\bin\$name\release\$name.dll") @options
    $ended = $LASTEXITCODE

    $total = 0; $executed = 0; $passed = 0
    $file = Join-Path $results "$name.trx"
    if (Test-Path $file) {
        $counters = ([xml](Get-Content $file -Raw -Encoding UTF8)).TestRun.ResultSummary.Counters
        $total = [int]$counters.total; $executed = [int]$counters.executed; $passed = [int]$counters.passed
        Remove-Item -Recurse -Force $results
    }
    $failed = $executed - $passed
    if ($ended -ne 0 -and $failed -eq 0) {
        Say "$name ended before its tests did; what it said is above. This counts as one failure."
        $failed = 1
    }
    elseif ($executed -eq 0) { Say 'no test was executed.' }
    "$passed passed, $failed failed, $($total - $executed) skipped"
    if ($passed -eq 0 -or $failed -gt 0) { exit 1 }
    exit 0
}

if ($allowed -notcontains $torch) {
    Say "GRADTORCH_TORCH is '$torch'; allowed are $($allowed -join ' and ')."
    exit 2
}
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

# PowerShell cuts an argument such as -model:depth behind its first colon.
$words = @()
foreach ($argument in $args) {
    if ($words.Count -gt 0 -and $words[-1] -match '^-.+:$') { $words[-1] += "$argument" }
    else { $words += "$argument" }
}

if ($words.Count -gt 0 -and $words[0] -eq 'test') {
    if ($words.Count -gt 2) { Say "test takes one filter, and was given $($words.Count - 1)."; exit 2 }
    Invoke-Tests $(if ($words.Count -gt 1) { $words[1] } else { '' })
}
if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) { Assert-Sdk }
Build 'cli' @(Join-Path $root 'src') @('src\GradTorch.Cli')
& dotnet (Join-Path $artifacts "$torch\bin\GradTorch.Cli\release\GradTorch.Cli.dll") @words
exit $LASTEXITCODE
