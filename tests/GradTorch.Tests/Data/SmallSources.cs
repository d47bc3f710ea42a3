using System.Text;
using GradTorch.Configuration;

namespace GradTorch.Tests.Data;

/// <summary>A small instance of every data source, in files of the real layout made here.</summary>
public sealed class SmallSources : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Dictionary<string, DataSection> sections;

    public SmallSources()
    {
        var random = new Random(3);
        byte[] Bytes(int count)
        {
            var bytes = new byte[count];
            random.NextBytes(bytes);
            return bytes;
        }
        var images = new Dictionary<string, byte[]>
        {
            ["train-images-idx3-ubyte"] = IdxBytes.Of([7, 4, 6], Bytes(7 * 24)),
            ["train-labels-idx1-ubyte"] = IdxBytes.Labels(9, 0, 5, 1, 2, 3, 4),
            ["t10k-images-idx3-ubyte"] = IdxBytes.Of([3, 4, 6], Bytes(3 * 24)),
            ["t10k-labels-idx1-ubyte"] = IdxBytes.Labels(1, 2, 9),
        };
        foreach (var (name, content) in images) folder.Write(Path.Combine("idx", name), content);
        string[] files = [.. Enumerable.Range(1, 5).Select(number => $"data_batch_{number}.bin"), "test_batch.bin"];
        foreach (var file in files)
            folder.Write(Path.Combine("cifar", file), [4, .. Bytes(3072), 9, .. Bytes(3072)]);
        var table = folder.Write("table.csv", Encoding.UTF8.GetBytes(
            "length,colour,price,kind\n" + string.Concat(Enumerable.Range(0, 20).Select(row => FormattableString.Invariant(
                $"{row * 1.5 + 1e6},{(row % 3 == 0 ? "red" : "blue")},{row * row},k{row % 4}\n")))));
        var text = folder.Write("text.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("the cat sät.\n", 12))));

        DataSection Images(string source, string path, ImageForm? form = null, int? seed = null) =>
            new() { Source = source, Path = folder.File(path), Form = form, PermutationSeed = seed };
        DataSection Task(string source) => new() { Source = source, Length = 12, Train = 9, Test = 5, Seed = 6 };
        sections = new()
        {
            ["fashion-mnist"] = Images("fashion-mnist", "idx"),
            ["fashion-mnist rows"] = Images("fashion-mnist", "idx", ImageForm.Rows),
            ["mnist"] = Images("mnist", "idx", ImageForm.Vectors),
            ["mnist pixels"] = Images("mnist", "idx", ImageForm.Pixels),
            ["mnist permuted"] = Images("mnist", "idx", ImageForm.Pixels, 4),
            ["cifar-10"] = Images("cifar-10", "cifar"),
            ["cifar-10 rows"] = Images("cifar-10", "cifar", ImageForm.Rows),
            ["cifar-10 pixels"] = Images("cifar-10", "cifar", ImageForm.Pixels, 9),
            ["csv classes"] = new() { Source = "csv", Path = table, Target = "kind" },
            ["csv numbers"] = new() { Source = "csv", Path = table, Target = "price", SplitSeed = 3 },
            ["text"] = new() { Source = "text", Path = text, Length = 10, TestFraction = 0.3 },
            ["adding"] = Task("adding"),
            ["adding variable"] = Task("adding") with { VariableLength = true },
            ["copy-memory"] = Task("copy-memory"),
            ["temporal-order"] = Task("temporal-order"),
        };
    }

    public static string[] Cases { get; } =
    [
        "fashion-mnist", "fashion-mnist rows", "mnist", "mnist pixels", "mnist permuted", "cifar-10", "cifar-10 rows",
        "cifar-10 pixels", "csv classes", "csv numbers", "text", "adding", "adding variable", "copy-memory", "temporal-order",
    ];

    public DataSection Section(string name) => sections[name];

    public void Dispose() => folder.Dispose();
}
