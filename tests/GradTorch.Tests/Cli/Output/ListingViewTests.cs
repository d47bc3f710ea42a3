using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;

namespace GradTorch.Tests.Cli.Output;

public sealed class ListingViewTests
{
    private static readonly string[] Columns = ["name", "formula", "source"];

    private static readonly string[][] Rows =
    [
        ["scaled-sigmoid-derivative", "k σ(z)(1 − σ(z))", "Hu, Zhang, Ge 2021, doi:10.1109/ACCESS.2021.3054915"],
        ["leaky", "1 if z > 0 else k", "Maas, Hannun, Ng 2013"],
    ];

    /// <summary>A name is there to be copied.</summary>
    [Theory]
    [InlineData(200)]
    [InlineData(120)]
    [InlineData(80)]
    [InlineData(60)]
    public void No_word_is_broken(int width)
    {
        var lines = Shown(width);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        var words = lines.SelectMany(line => line.Split(' ')).ToList();
        Assert.All(Rows.SelectMany(row => row).SelectMany(text => text.Split(' ')), word => Assert.Contains(word, words));
    }

    [Fact]
    public void Entries_stand_one_under_the_other_where_a_table_has_no_room()
    {
        Assert.Single(Shown(80), line => line.Contains("formula", StringComparison.Ordinal));
        Assert.Equal(2, Shown(60).Count(line => line.StartsWith("  formula ", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_widest_columns_give_way_first()
    {
        Assert.Equal([5, 30, 20], ListingView.Fit([5, 30, 20], [5, 9, 9], room: 55)!);
        Assert.Equal([5, 20, 20], ListingView.Fit([5, 30, 20], [5, 9, 9], room: 45)!);
        Assert.Equal([5, 12, 12], ListingView.Fit([5, 30, 20], [5, 9, 9], room: 30)!);
        Assert.Equal([5, 9, 9], ListingView.Fit([5, 30, 20], [5, 9, 9], room: 23)!);
        Assert.Null(ListingView.Fit([5, 30, 20], [5, 9, 9], room: 22));
    }

    private static string[] Shown(int width)
    {
        using var written = new StringWriter();
        var screen = new Screen(written, isLive: true);
        screen.Console.Profile.Width = width;
        ListingView.Show(Columns, Rows, screen);
        return [.. System.Text.RegularExpressions.Regex.Replace(written.ToString(), "\e\\[[0-9;]*m", "").Split('\n').Select(line => line.TrimEnd())];
    }
}
