using static TorchSharp.Interop.NativeMethods;

namespace TorchSharp;

/// <summary>Sets whether operators record a graph, until it is disposed.</summary>
internal sealed class AutoGradMode : IDisposable
{
    private readonly bool _before = IsEnabled;

    internal AutoGradMode(bool enabled) => gt_set_grad_mode(enabled ? 1 : 0);

    internal static bool IsEnabled => gt_grad_mode() != 0;

    public void Dispose() => gt_set_grad_mode(_before ? 1 : 0);
}

/// <summary>libtorch's inference mode, until it is disposed. Modes must be left in the order they were entered.</summary>
internal sealed class InferenceMode : IDisposable
{
    private nint _guard;

    internal InferenceMode(bool mode) => _guard = gt_enter_inference_mode(mode ? 1 : 0);

    internal static bool IsEnabled => gt_inference_mode() != 0;

    public void Dispose()
    {
        if (_guard != 0) gt_leave_inference_mode(_guard);
        _guard = 0;
    }
}

/// <summary>Anomaly detection: backward names the operator whose gradient became NaN. Until it is disposed.</summary>
public class AnomalyMode : IDisposable
{
    private readonly bool _enabledBefore = IsEnabled;
    private readonly bool _checkedBefore = ShouldCheckNaN;

    public AnomalyMode(bool enabled, bool check_nan = true) => gt_set_anomaly_mode(enabled ? 1 : 0, check_nan ? 1 : 0);

    public static unsafe bool IsEnabled
    {
        get
        {
            int check;
            return gt_anomaly_mode(&check) != 0;
        }
    }

    public static unsafe bool ShouldCheckNaN
    {
        get
        {
            int check;
            _ = gt_anomaly_mode(&check);
            return check != 0;
        }
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing) gt_set_anomaly_mode(_enabledBefore ? 1 : 0, _checkedBefore ? 1 : 0);
    }
}

public static partial class torch
{
    public static IDisposable no_grad() => new AutoGradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new AutoGradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new AutoGradMode(mode);

    public static bool is_grad_enabled() => AutoGradMode.IsEnabled;

    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => InferenceMode.IsEnabled;
}
