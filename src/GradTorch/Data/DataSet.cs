using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>What is learnt, on the device.</summary>
/// <param name="Shape">Of what its batches hold.</param>
/// <param name="Checksum">Identifies the contents, for the manifest.</param>
/// <param name="Origin">Where it was read from, or that it was generated.</param>
/// <param name="Standardiser">Of the training split, for both splits; null where nothing is standardised.</param>
public sealed record DataSet(
    Examples Train, Examples Test, DataShape Shape, string Checksum, string Origin, Standardiser? Standardiser) : IDisposable
{
    /// <summary>The same examples for a model that knows no time. It takes the place of this set.</summary>
    public DataSet AsVectors() => Shape.IsSequence
        ? this with
        {
            Train = new FlattenedExamples(Train), Test = new FlattenedExamples(Test), Shape = Shape.AsVectors(),
        }
        : this;

    public void Dispose()
    {
        Train.Dispose();
        Test.Dispose();
        Standardiser?.Dispose();
    }
}

/// <summary>Where a data set goes, and who hears of a download.</summary>
public sealed record DataTarget(ScalarType Dtype, Device Device, Action<string>? Announce = null);
