using System.Xml.Linq;
using GradTorch.Analysis.Statistics;
using GradTorch.Reports;

namespace GradTorch.Tests.Reports;

/// <summary>Pictures as files.</summary>
public sealed class PictureFileTests
{
    [Fact]
    public void Names_too_long_for_their_room_are_told_apart_by_their_ends()
    {
        string[] names = ["n 1", .. new[] { 0.001, 0.003 }.Select(rate => FormattableString.Invariant($"leaky relu, depth 50, learning_rate {rate}"))];
        double[] values = [0.1, 0.2];
        var rows = names.Select(name => new IntervalRow(name, "", MeanInterval.Of(values), values));
        using var folder = new TemporaryFolder();
        var file = folder.File("a.svg");
        PictureFile.Write(new Picture("", [new IntervalPanel("", new Axis("x"), new Axis("y"), [.. rows])], ""), file);

        var texts = XDocument.Load(file).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value.Trim()).ToList();
        Assert.Contains("n 1", texts);
        Assert.Contains("leaky relu, dep…ing_rate 0.001", texts);
        Assert.Contains("leaky relu, dep…ing_rate 0.003", texts);
    }

    /// <summary>Of the first picture of a process titles were bold, and of no other.</summary>
    [Fact]
    public void Titles_are_bold_whatever_was_drawn_before()
    {
        using var folder = new TemporaryFolder();
        var picture = new Picture("Title", [new IntervalPanel("", new Axis("x"), new Axis("y"), [new IntervalRow("n", "", MeanInterval.Of([0.1, 0.2]), [0.1, 0.2])])], "caption");
        foreach (var name in (string[])["a.svg", "b.svg"])
        {
            PictureFile.Write(picture, folder.File(name));
            var title = XDocument.Load(folder.File(name)).Descendants().First(element => element.Value.Trim() == "Title" && element.Name.LocalName == "text");
            Assert.Equal("600", title.Attribute("font-weight")?.Value);
        }
    }
}
