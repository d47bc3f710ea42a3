using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

public sealed class Cifar10Tests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public Cifar10Tests()
    {
        for (var number = 1; number <= 5; number++) Put($"data_batch_{number}.bin", Record((byte)number, (byte)(10 * number)));
        Put("test_batch.bin", [.. Record(0, 200), .. Record(9, 100)]);
    }

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("cifar-10-batches-bin")]
    public void Records_of_all_files_are_read_in_order(string subFolder)
    {
        var section = Section() with { Path = subFolder.Length == 0 ? folder.File("cifar-10-batches-bin") : folder.Path };
        var shape = Cifar10.Source.Shape(section);
        Assert.Equal(new DataShape(5, 2, 0, 3072, 10, TargetKind.Class), shape);
        using var data = Cifar10.Source.Load(section, new DataTarget(float64, CPU));
        var train = data.Train.Range(0, 5);
        Assert.Equal([1, 2, 3, 4, 5], HostCopy.Doubles(train.Targets));
        Assert.Equal([10 / 255.0, 11 / 255.0, 12 / 255.0], HostCopy.Doubles(train.Inputs[0, 0]).Chunk(1024).Select(channel => channel[5]), Close);
        Assert.Equal([0, 9], HostCopy.Doubles(data.Test.Range(0, 2).Targets));
    }

    [Fact]
    public void What_is_missing_or_spoilt_is_told()
    {
        Assert.Contains("is not in", Refusal(Section() with { Path = folder.File("nowhere") }), StringComparison.Ordinal);
        Assert.Contains("cifar-10-binary.tar.gz", Refusal(Section() with { Path = folder.File("nowhere") }), StringComparison.Ordinal);
        Put("data_batch_3.bin", Record(10, 0));
        Assert.Contains("holds label 10 for image 0; labels are 0 to 9", Refusal(Section()), StringComparison.Ordinal);
        Put("data_batch_3.bin", Record(3, 0)[1..]);
        Assert.Contains("holds 3072 bytes", Refusal(Section()), StringComparison.Ordinal);
        File.Delete(folder.File("cifar-10-batches-bin", "data_batch_3.bin"));
        Assert.Contains("lacks data_batch_3.bin", Refusal(Section()), StringComparison.Ordinal);
    }

    private static bool Close(double first, double second) => Math.Abs(first - second) < 1e-12;

    /// <summary>A label, and three channels of one grey each: first, first + 1, first + 2.</summary>
    private static byte[] Record(byte label, byte first) =>
        [label, .. Enumerable.Range(0, 3072).Select(at => (byte)(first + at / 1024))];

    private void Put(string name, byte[] content) => folder.Write(Path.Combine("cifar-10-batches-bin", name), content);

    private DataSection Section() => new() { Source = "cifar-10", Path = folder.Path, Standardise = Standardisation.None };

    private static string Refusal(DataSection section) => Assert.Throws<DataException>(
        () => Cifar10.Source.Load(section, new DataTarget(float64, CPU))).Message;
}
