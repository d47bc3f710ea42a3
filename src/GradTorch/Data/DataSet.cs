using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>What is learnt, on the device: training and test examples, standardised by the training split.</summary>
/// <param name="Checksum">Identifies the contents, for the manifest.</param>
/// <param name="Origin">Where it was read from.</param>
public sealed record DataSet(
    Examples Train, Examples Test, long Classes, string Checksum, string Origin, Standardiser Standardiser) : IDisposable
{
    public long Features => Train.Features;

    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
        Standardiser.Dispose();
    }
}

/// <summary>What every source has to know before anything is read: enough to plan by.</summary>
public sealed record DataShape(long Train, long Test, long Features, long Classes);

/// <summary>Where a data set goes, and who hears of a download.</summary>
public sealed record DataTarget(ScalarType Dtype, Device Device, Action<string>? Announce = null);
