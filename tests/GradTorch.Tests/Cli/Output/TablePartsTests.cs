using GradTorch.Cli.Output;
using GradTorch.Cli.Terminals;
using Spectre.Console;

namespace GradTorch.Tests.Cli.Output;

/// <summary>Tables of numbers on screens that are narrower than they are.</summary>
public sealed class TablePartsTests
{
    private static readonly string[] Numbers = [.. Enumerable.Range(0, 9).Select(column => $"{column}.23e-04")];

    [Theory]
    [InlineData(200, 1)]
    [InlineData(80, 2)]
    [InlineData(40, 5)]
    [InlineData(10, 9)]
    public void A_number_is_never_broken_and_every_part_names_its_rows(int width, int parts)
    {
        var lines = Shown(width, names: 1);
        Assert.Equal(parts, lines.Count(line => line.StartsWith(" recurrent1 ", StringComparison.Ordinal)));
        Assert.Equal(Numbers, lines.SelectMany(line => line.Split(' ')).Intersect(Numbers));
        if (parts < Numbers.Length) Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Several_columns_can_name_a_row()
    {
        var rows = Shown(40, names: 2).Where(line => line.Contains("recurrent1", StringComparison.Ordinal)).ToList();
        Assert.Equal(8, rows.Sum(row => Numbers[1..].Count(number => row.Contains(number, StringComparison.Ordinal))));
        Assert.All(rows, row => Assert.Contains(Numbers[0], row, StringComparison.Ordinal));
    }

    private static string[] Shown(int width, int names)
    {
        using var written = new StringWriter();
        var screen = new Screen(written, isLive: true);
        screen.Console.Profile.Width = width;
        var table = TableStyle.OfNumbers("layer", [.. Numbers.Select((_, column) => $"‖∂L/∂W‖\n{column}")]);
        table.AddRow(["recurrent1", .. Numbers]);
        screen.ShowWhole(table, names);
        return [.. written.ToString().Split('\n').Select(line => line.TrimEnd())];
    }
}
