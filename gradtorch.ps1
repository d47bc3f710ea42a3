# Builds once in Release, and runs a verb of GradTorch. For Windows, PowerShell 5.1 or newer; the Linux twin is gradtorch.
#
#   .\gradtorch.ps1 VERB ...        for example: .\gradtorch.ps1 run configs\smoke.json; --help lists the verbs
#   .\gradtorch.ps1 test [FILTER]   all tests, or those whose full name contains FILTER (or match a dotnet test
#                                   expression, such as FullyQualifiedName!~Slow)
#
# GRADTORCH_TORCH names the NuGet package that supplies TorchSharp: TorchSharp-cuda-windows (default, runs on the CPU
# too where there is no NVIDIA GPU) or TorchSharp-cpu, which is a smaller download. PowerShell on Linux takes
# TorchSharp-cpu (default) or TorchSharp-cuda-linux; for an installed libtorch use the twin.
#
# Plain ASCII: PowerShell 5.1 takes a file without a byte order mark for the system's code page.
#Requires -Version 5.1
Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false # a verb's exit code is passed on, whatever the session makes of one

$root = $PSScriptRoot
$artifacts = Join-Path $root 'artifacts'
$windows = [Environment]::OSVersion.Platform -eq 'Win32NT'
$allowed = if ($windows) { 'TorchSharp-cuda-windows', 'TorchSharp-cpu' } else { 'TorchSharp-cpu', 'TorchSharp-cuda-linux' }
$torch = if ($env:GRADTORCH_TORCH) { $env:GRADTORCH_TORCH } else { $allowed[0] }

# Standard output belongs to the verb.
function Say([string] $text) { [Console]::Error.WriteLine("gradtorch: $text") }

# The path of the dotnet command; Microsoft's install scripts do not put theirs on the PATH.
function Find-Dotnet {
    $command = Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
    if ($command) { return $command.Source }
    foreach ($folder in $env:DOTNET_ROOT, "$env:LOCALAPPDATA/Microsoft/dotnet", "$HOME/.dotnet") {
        $candidate = "$folder/dotnet$(if ($windows) { '.exe' })"
        if ($folder -and (Test-Path -LiteralPath $candidate -PathType Leaf)) { return $candidate }
    }
    Stop-WithoutSdk 'there is no dotnet command'
}

function Assert-Sdk {
    Push-Location -LiteralPath $root
    try { $version = & $dotnet --version } finally { Pop-Location }
    if ($LASTEXITCODE -eq 0 -and $version) { return }
    Stop-WithoutSdk "$dotnet has none that global.json accepts (see dotnet --list-sdks)"
}

function Stop-WithoutSdk([string] $found) {
    Say "GradTorch needs the .NET 10 SDK, and $found. Install it:"
    if ($windows) { Say '    winget install Microsoft.DotNet.SDK.10' }
    else { Say '    curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0' }
    Say 'or from https://dotnet.microsoft.com/download/dotnet/10.0'
    exit 1
}

# Whether nothing under the folders, nor what configures every project, changed since the stamp. The binding's native side
# is not ours to build, as packages bring their own.
function Test-Built([string] $stamp, [string[]] $folders) {
    if (-not (Test-Path -LiteralPath $stamp)) { return $false }
    $built = (Get-Item -LiteralPath $stamp).LastWriteTimeUtc
    $native = [IO.Path]::GetFullPath((Join-Path $root 'src/GradTorch.LibTorch/Native'))
    $inputs = @(Get-ChildItem -LiteralPath $root -File -Force |
        Where-Object { $_.Name -like 'Directory.*' -or 'global.json', '.editorconfig' -contains $_.Name })
    $inputs += @(Get-ChildItem -LiteralPath $folders -Recurse)
    return -not ($inputs | Where-Object { $_.LastWriteTimeUtc -gt $built -and -not $_.FullName.StartsWith($native) } |
        Select-Object -First 1)
}

# The stamp bears the time before the compiler reads, so that a file saved meanwhile is newer.
function Build([string] $name, [string[]] $folders, [string] $project) {
    $stamp = Join-Path $artifacts "$torch/built-$name"
    if (Test-Built $stamp $folders) { return }
    $lock = Lock-Build
    try {
        if (Test-Built $stamp $folders) { return }
        Assert-Sdk
        Say "Building GradTorch with $torch (once; the first time fetches it from NuGet) ..."
        $started = [DateTime]::UtcNow
        $log = Join-Path $artifacts 'build.log'
        $options = @('-c', 'Release', "-p:Torch=$torch", '-nologo', '-v', 'quiet', '-nodeReuse:false')
        & $dotnet build (Join-Path $root $project) @options > $log
        if ($LASTEXITCODE -ne 0) {
            Get-Content -LiteralPath $log | ForEach-Object { [Console]::Error.WriteLine($_) }
            Say "the build of $project failed; the log above is $log."
            if ($windows) { Say 'If it says that a file is in use, a GradTorch is running: let it end first.' }
            exit 1
        }
        # The tests refer to the command, so it was built with them.
        foreach ($built in $stamp, (Join-Path $artifacts "$torch/built-cli")) {
            New-Item -ItemType File -Force $built | Out-Null
            (Get-Item -LiteralPath $built).LastWriteTimeUtc = $started
        }
    }
    finally { $lock.Dispose() }
}

# One launcher at a time builds; the system lets go of the file when the process ends, however it ends.
function Lock-Build {
    $path = Join-Path $artifacts 'launcher.lock'
    $waiting = $false
    try {
        New-Item -ItemType Directory -Force (Join-Path $artifacts $torch) | Out-Null
        while ($true) {
            try { return [IO.File]::Open($path, 'OpenOrCreate', 'ReadWrite', 'None') }
            catch [IO.IOException] {
                # A sharing violation on Windows, EWOULDBLOCK on Linux.
                if (32, 11 -notcontains ($_.Exception.GetBaseException().HResult -band 0xFFFF)) { throw }
                if (-not $waiting) { Say 'Waiting for another gradtorch that is building ...' }
                $waiting = $true
                Start-Sleep -Milliseconds 300
            }
        }
    }
    catch {
        Say "cannot write to $artifacts, where the build goes: $($_.Exception.GetBaseException().Message)"
        exit 1
    }
}

function Invoke-Tests([string] $filter) {
    $selected = $filter
    if ($filter -and $filter -notmatch '[=~]') { $selected = "FullyQualifiedName~$filter" }
    $name = 'GradTorch.Tests'
    Build 'tests' @((Join-Path $root 'src'), (Join-Path $root 'tests')) "tests/$name"
    $results = Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())
    $options = @('--nologo', '--results-directory', $results)
    $options += '--logger', 'console;verbosity=minimal', '--logger', "trx;LogFileName=$name.trx"
    if ($selected) { $options += '--filter', $selected }
    & $dotnet test (Join-Path $artifacts "$torch/bin/$name/release/$name.dll") @options
    $ended = $LASTEXITCODE

    $total = 0; $executed = 0; $passed = 0
    $file = Join-Path $results "$name.trx"
    if (Test-Path -LiteralPath $file) {
        $counters = ([xml](Get-Content -LiteralPath $file -Raw -Encoding UTF8)).TestRun.ResultSummary.Counters
        $total = [int]$counters.total; $executed = [int]$counters.executed; $passed = [int]$counters.passed
        Remove-Item -LiteralPath $results -Recurse -Force
    }
    $failed = $executed - $passed
    if ($ended -ne 0 -and $failed -eq 0) {
        Say "$name ended before its tests did; what it said is above. This counts as one failure."
        $failed = 1
    }
    elseif ($executed -eq 0) { Say "no test was executed$(if ($filter) { ": none matches $filter" })." }
    "$passed passed, $failed failed, $($total - $executed) skipped"
    if ($passed -eq 0 -or $failed -gt 0) { exit 1 }
    exit 0
}

# The arguments as they were typed, which those of a script no longer are: powershell -File takes --model:depth apart and
# drops the colon, so there they come from the process's command line. At a prompt PowerShell cuts -model:depth behind its
# colon and makes a list of 1,2; a number still knows how it was typed.
function Get-Words([object[]] $arguments) {
    $line = [Environment]::GetCommandLineArgs()
    for ($i = 1; $i -lt $line.Count; $i++) {
        if ($line[$i] -notlike '*gradtorch.ps1') { continue }
        $typed = @($line | Select-Object -Skip ($i + 1))
        if (($typed -join '').Replace(':', '') -ceq ($arguments -join '').Replace(':', '')) { return $typed }
        break
    }
    $words = @()
    foreach ($argument in $arguments) {
        $word = @($argument | ForEach-Object { [string]$_ }) -join ','
        if ($words.Count -gt 0 -and $words[-1] -match '^-.+:$') { $words[-1] += $word }
        else { $words += $word }
    }
    return $words
}

# Ctrl-C ends a PowerShell that was started for this script alone (-File) with 0, unless it was told another code before;
# each exit below tells it its own. Elsewhere this would end the session, or the caller with 130.
if ($MyInvocation.CommandOrigin -eq 'Runspace' -and -not $MyInvocation.Line) { $host.SetShouldExit(130) }

if ($allowed -notcontains $torch) {
    $elsewhere = if ($windows) { '' } else { ' here; for system, an installed libtorch, use ./gradtorch' }
    Say "GRADTORCH_TORCH is '$torch'; allowed are $($allowed -join ' and ')$elsewhere."
    exit 2
}
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'
$dotnet = Find-Dotnet
$words = @(Get-Words $args)

if ($words.Count -gt 0 -and $words[0] -eq 'test') {
    if ($words.Count -gt 2) { Say "test takes one filter, and was given $($words.Count - 1)."; exit 2 }
    Invoke-Tests $(if ($words.Count -gt 1) { $words[1] } else { '' })
}
Build 'cli' @(Join-Path $root 'src') 'src/GradTorch.Cli'
& $dotnet (Join-Path $artifacts "$torch/bin/GradTorch.Cli/release/GradTorch.Cli.dll") @words
exit $LASTEXITCODE
