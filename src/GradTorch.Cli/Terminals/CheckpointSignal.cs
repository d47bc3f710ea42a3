using System.Runtime.InteropServices;
using GradTorch.Studies;

namespace GradTorch.Cli.Terminals;

/// <summary>SIGUSR2, which asks a run for a checkpoint; it goes on. (NCCL keeps SIGUSR1 for itself.)</summary>
internal sealed class CheckpointSignal : IDisposable
{
    /// <summary>Its number, which is not the same everywhere and which .NET has no name for.</summary>
    private static readonly PosixSignal? Signal =
        OperatingSystem.IsLinux() ? (PosixSignal)12 : OperatingSystem.IsMacOS() ? (PosixSignal)31 : null;

    private readonly PosixSignalRegistration? _registration;

    public CheckpointSignal()
    {
        if (Signal is not { } signal) return;
        _registration = PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            Request.Raise();
        });
    }

    public CheckpointRequest Request { get; } = new();

    public void Dispose() => _registration?.Dispose();
}
