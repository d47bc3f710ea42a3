using System.Text;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

public sealed class TextSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Windows_follow_each_other_and_ask_for_the_next_character()
    {
        // 12 characters to train, 4 to test; 𝄞 is one code point of two UTF-16 units.
        var section = Section("abca bcä𝄞abc" + "cba ") with { Length = 3, TestFraction = 0.25 };
        Assert.Equal(new DataShape(3, 1, 3, 6, 6, TargetKind.ClassPerTimestep), TextSource.Entry.Shape(section));
        using var data = TextSource.Entry.Load(section, new DataTarget(float32, CPU));
        string Text(Tensor ids) => string.Concat(HostCopy.Doubles(ids).Select(id => new[] { " ", "a", "b", "c", "ä", "𝄞" }[(int)id]));
        var (inputs, targets) = (data.Train.Range(0, 3).Inputs.argmax(-1)[0], data.Train.Range(0, 3).Targets[0]);
        Assert.Equal(["abc", "a b", "cä𝄞"], Enumerable.Range(0, 3).Select(example => Text(inputs.select(1, example))));
        Assert.Equal(["bca", " bc", "ä𝄞a"], Enumerable.Range(0, 3).Select(example => Text(targets.select(1, example))));
        Assert.Equal("cba", Text(data.Test.Range(0, 1).Inputs.argmax(-1)));
        Assert.Equal("ba ", Text(data.Test.Range(0, 1).Targets));
        Assert.All(HostCopy.Doubles(data.Train.Range(0, 3).Inputs.sum(-1)), sum => Assert.Equal(1, sum));
    }

    [Fact]
    public void A_text_that_is_too_short_or_has_one_character_is_refused_with_what_it_has()
    {
        Assert.Contains(
            "has 10 characters, 9 to train and 1 to test; each needs at least 6", Refusal(Section("abcdefghij") with { Length = 5 }),
            StringComparison.Ordinal);
        Assert.Contains("one character only", Refusal(Section(new string('a', 100)) with { Length = 5 }), StringComparison.Ordinal);
    }

    private DataSection Section(string text) =>
        new() { Source = "text", Path = folder.Write("x.txt", Encoding.UTF8.GetBytes(text)) };

    private static string Refusal(DataSection section) =>
        Assert.Throws<DataException>(() => TextSource.Entry.Shape(section)).Message;
}
