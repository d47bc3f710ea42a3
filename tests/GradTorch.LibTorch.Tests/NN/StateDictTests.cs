using System.Globalization;
using System.Text;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace GradTorch.LibTorch.Tests.NN;

/// <summary>State dictionaries, copied and in TorchSharp's file format.</summary>
public sealed class StateDictTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        File.Delete(_file);
        _scope.Dispose();
    }

    private static TorchSharp.Modules.Sequential Model(long width = 4) => Sequential(Linear(3, width), BatchNorm1d(width));

    private static string Dump(Module module) => string.Join("\n", module.state_dict().Select(entry =>
        $"{entry.Key} {entry.Value.dtype} [{string.Join(",", entry.Value.shape)}] {Convert.ToHexString(entry.Value.bytes)}"));

    [Fact]
    public void A_file_brings_every_parameter_and_buffer_back_bit_for_bit()
    {
        using var saved = Model();
        saved.call(FromMemory<float>([1, 2, 3, 4, 5, 6], [2, 3], ScalarType.Float32));
        saved.save(_file);
        using var loaded = Model();
        Assert.NotEqual(Dump(saved), Dump(loaded));
        var keys = new Dictionary<string, bool>();
        Assert.Same(loaded, loaded.load(_file, loadedParameters: keys));
        Assert.Equal(Dump(saved), Dump(loaded));
        Assert.Equal(1, loaded.get_buffer("1.num_batches_tracked")!.item<long>());
        Assert.Equal(saved.state_dict().Keys, keys.Keys);
        Assert.True(loaded.parameters().All(parameter => parameter.requires_grad && parameter.is_leaf));
    }

    [Fact]
    public void The_bytes_are_those_of_TorchSharps_format()
    {
        using var layer = Linear(2, 1, hasBias: false);
        layer.load_state_dict(new() { ["weight"] = FromMemory<float>([1, -2], [1, 2], ScalarType.Float32) });
        using var stream = new MemoryStream();
        layer.save(stream);
        // One entry; "weight"; float32 = 6; two dimensions, 1 and 2; the elements in little-endian order.
        byte[] expected = [1, 6, .. Encoding.UTF8.GetBytes("weight"), 6, 2, 1, 2, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0];
        Assert.Equal(expected, stream.ToArray());
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(624485, "E58E26")]
    [InlineData(long.MaxValue, "FFFFFFFFFFFFFFFF7F")]
    public void Numbers_are_written_as_LEB128(long value, string bytes)
    {
        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
            TorchSharp.StateDictFormat.WriteNumber(writer, value);
        Assert.Equal(bytes, Convert.ToHexString(stream.ToArray()));
        stream.Position = 0;
        Assert.Equal(value, TorchSharp.StateDictFormat.ReadNumber(new BinaryReader(stream)));
    }

    [Fact]
    public void Strict_loading_names_what_does_not_fit_and_copies_nothing()
    {
        using var model = Model();
        var before = Dump(model);
        var source = new Dictionary<string, Tensor>(Model().state_dict());
        source.Remove("0.bias");
        source["more"] = Tensors.Of(1);
        var error = Assert.Throws<InvalidOperationException>(() => model.load_state_dict(source));
        Assert.Contains("Missing: 0.bias. Unexpected: more.", error.Message);
        Assert.Equal(before, Dump(model));

        var (missing, unexpected) = model.load_state_dict(source, strict: false, skip: ["0.weight"]);
        Assert.Equal(["0.bias"], missing);
        Assert.Equal(["more"], unexpected);
        Assert.Equal(source["1.weight"].Values(), model.get_parameter("1.weight")!.Values());
        Assert.NotEqual(source["0.weight"].Values(), model.get_parameter("0.weight")!.Values());
        Assert.Empty(model.load_state_dict(source, skip: ["more", "0.bias"]).missing_keys);
    }

    [Fact]
    public void Files_of_other_models_are_refused_or_read_in_part()
    {
        using var saved = Model(5);
        saved.save(_file);
        using var model = Model();
        var error = Assert.Throws<ArgumentException>(() => model.load(_file));
        Assert.Contains("'0.weight': the module has [4, 3], the data [5, 3]", error.Message);
        Assert.Throws<ArgumentException>(() => Linear(3, 5).load(_file));
        using var first = Sequential(Linear(3, 5));
        first.load(_file, strict: false);
        Assert.Equal(saved.get_parameter("0.weight")!.Values(), first.get_parameter("0.weight")!.Values());
        Assert.Contains("data types", Assert.Throws<ArgumentException>(() => Model(5).to(float64).load(_file)).Message);
        saved.save(_file, skip: ["0.bias"]);
        Assert.Throws<ArgumentException>(() => Model(5).load(_file));
        Assert.Throws<FileNotFoundException>(() => model.load(_file + ".missing"));
    }

    [Fact]
    public void A_damaged_file_throws_instead_of_reading_nonsense()
    {
        using var saved = Model();
        saved.save(_file);
        var whole = File.ReadAllBytes(_file);
        foreach (var length in new[] { 0, 1, 5, 20, whole.Length - 1 })
        {
            File.WriteAllBytes(_file, whole[..length]);
            Assert.Throws<EndOfStreamException>(() => Model().load(_file));
        }
        File.WriteAllBytes(_file, [.. Enumerable.Repeat((byte)0xff, 40)]);
        Assert.Throws<InvalidDataException>(() => Model().load(_file));
    }

    [Fact]
    public void Names_do_not_depend_on_the_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            using var model = Model();
            Assert.Contains("1.running_mean", model.state_dict().Keys);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }
}
