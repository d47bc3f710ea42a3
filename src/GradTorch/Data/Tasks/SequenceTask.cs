using System.Security.Cryptography;
using System.Text;
using GradTorch.Configuration;
using static TorchSharp.torch;

namespace GradTorch.Data;

/// <summary>A task whose examples are generated on the device from data:seed, training and test split each from a stream of
/// its own. A CPU and a CUDA device draw different numbers from the same seed.</summary>
public abstract class SequenceTask
{
    private const int DefaultLength = 100, DefaultTrain = 100_000, DefaultTest = 10_000;

    private const ulong TrainStream = 12, TestStream = 13;

    /// <summary>As data source.</summary>
    public abstract DataSourceEntry Source { get; }

    /// <summary>T of the task: data:length or its default.</summary>
    protected static long LengthOf(DataSection section) => section.Length ?? DefaultLength;

    /// <param name="extra">Keys that only this task uses.</param>
    protected DataSourceEntry Entry(
        string name, string inputs, string target, string reference, int leastLength, Func<DataShape, int, long> exampleBytes,
        params string[] extra) =>
        new(name, inputs, target, "generated on the device from data:seed", reference, Shape, Load)
        {
            Options = ["length", "train", "test", "seed", .. extra],
            LeastLength = leastLength,
            ExampleBytes = exampleBytes,
        };

    /// <summary>The sizes of the task, of so many examples.</summary>
    protected abstract DataShape ShapeOf(DataSection section, long train, long test);

    protected abstract Examples Generate(DataSection section, long count, Generator generator, DataTarget target);

    private DataShape Shape(DataSection section) => ShapeOf(section, section.Train ?? DefaultTrain, section.Test ?? DefaultTest);

    private DataSet Load(DataSection section, DataTarget target)
    {
        var shape = Shape(section);
        Examples Split(ulong stream, long count)
        {
            using var scope = NewDisposeScope();
            var seed = MemberSeed.Fold(MemberSeed.Mix(section.Seed ?? 0, stream));
            using var generator = new Generator(seed, target.Device);
            return Generate(section, count, generator, target);
        }
        // What the examples follow from stands for them.
        var origin = string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{Source.Name}, length {LengthOf(section)}{(section.VariableLength == true ? " to 1.1 times that" : "")}, {shape.Train} + {shape.Test} examples, seed {section.Seed ?? 0}, {target.Dtype} on {target.Device.type}");
        var checksum = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));
        return new DataSet(
            Split(TrainStream, shape.Train), Split(TestStream, shape.Test), shape, checksum, "generated: " + origin, Standardiser: null);
    }
}
