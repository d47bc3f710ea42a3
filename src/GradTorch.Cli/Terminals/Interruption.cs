using System.Runtime.InteropServices;

namespace GradTorch.Cli.Terminals;

/// <summary>The wish to stop: the first Ctrl-C, SIGTERM or SIGHUP asks for it, the second ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private const string ShowCursor = "\e[?25h";

    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    public CancellationToken Token => _source.Token;

    public bool IsRequested => _source.IsCancellationRequested;

    /// <summary>What the process tells its caller after having stopped.</summary>
    public ExitCode Exit { get; private set; } = ExitCode.Interrupted;

    /// <summary>From here on signals ask instead of killing. For work that can stop and save what it has.</summary>
    public void Listen()
    {
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            _registrations.Add(PosixSignalRegistration.Create(signal, Handle));
    }

    public void Request() => _source.Cancel();

    public void Dispose()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (IsRequested)
        {
            // The process ends without another word; a live display may have hidden the cursor.
            if (!Console.IsErrorRedirected) Console.Error.Write(ShowCursor);
            return;
        }
        context.Cancel = true;
        if (context.Signal != PosixSignal.SIGINT) Exit = ExitCode.Terminated;
        Request();
    }
}
