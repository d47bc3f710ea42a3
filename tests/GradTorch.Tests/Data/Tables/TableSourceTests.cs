using System.Text;
using GradTorch.Configuration;
using GradTorch.Data;
using GradTorch.Gradients;
using TorchSharp;
using static TorchSharp.torch;

namespace GradTorch.Tests.Data;

/// <summary>A table of the user's own: what is made of it, and what is said of a bad one.</summary>
public sealed class TableSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void Numbers_are_standardised_by_the_training_split_and_categories_one_hot_in_order()
    {
        var section = Section("kind", "colour,size,kind\nred,1,b\nblue,2,a\nred,4,b\ngreen,8,a\n") with { TestFraction = 0.25 };
        using var data = Load(section);
        Assert.Equal(new DataShape(3, 1, 0, 4, 2, TargetKind.Class), data.Shape);
        var train = HostCopy.Doubles(data.Train.Range(0, 3).Inputs).Chunk(4).ToArray();
        var test = HostCopy.Doubles(data.Test.Range(0, 1).Inputs);
        // blue, green, red; then the size, which says which row it was once the standardisation is undone.
        double[] sizes = [1, 2, 4, 8];
        double[][] oneHot = [[0, 0, 1], [1, 0, 0], [0, 0, 1], [0, 1, 0]];
        var tested = Array.FindIndex(sizes, size =>
        {
            var rest = sizes.Where(other => other != size).ToArray();
            return Math.Abs((size - rest.Average()) / Deviation(rest) - test[3]) < 1e-12;
        });
        Assert.InRange(tested, 0, 3);
        Assert.Equal(oneHot[tested], test[..3]);
        var kept = Enumerable.Range(0, 4).Where(row => row != tested).ToArray();
        var (mean, deviation) = (kept.Average(row => sizes[row]), Deviation([.. kept.Select(row => sizes[row])]));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(oneHot[kept[i]], train[i][..3]);
            Assert.Equal((sizes[kept[i]] - mean) / deviation, train[i][3], 1e-12);
        }
        // Classes in ordinal order: a is 0.
        Assert.Equal(kept.Select(row => row % 2 == 0 ? 1.0 : 0), HostCopy.Doubles(data.Train.Range(0, 3).Targets));
    }

    [Fact]
    public void A_target_of_numbers_is_a_regression_unless_it_is_said_to_be_classes()
    {
        const string Text = "x,y\n1,10\n2,9\n3,10\n4,9\n5,100\n";
        using var regression = Load(Section("y", Text) with { Standardise = Standardisation.None });
        Assert.Equal((TargetKind.Real, 1), (regression.Shape.Target, regression.Shape.Outputs));
        var all = HostCopy.Doubles(regression.Train.Range(0, 4).Targets).Concat(HostCopy.Doubles(regression.Test.Range(0, 1).Targets));
        Assert.Equal([9, 9, 10, 10, 100], all.Order());
        using var classes = Load(Section("y", Text) with { Task = TableTask.Classification });
        Assert.Equal((TargetKind.Class, 3), (classes.Shape.Target, classes.Shape.Outputs));
        // By number, not by letter: 9, 10, 100.
        var found = HostCopy.Doubles(classes.Train.Range(0, 4).Targets).Concat(HostCopy.Doubles(classes.Test.Range(0, 1).Targets));
        Assert.Equal([0, 0, 1, 1, 2], found.Order());
    }

    [Fact]
    public void Numeric_columns_can_be_named_categorical_and_then_the_others_are_numbers()
    {
        const string Text = "x,code,y\n1,7,a\n2,8,b\n3,7,a\n4,9,b\n5,7,a\n";
        using var data = Load(Section("y", Text) with { Categorical = ["code"] });
        Assert.Equal(1 + 3, data.Shape.Features);
        Assert.Equal(
            ["x.csv:2: column 2 ('c'): found 'u'; 'c' is not in data:categorical and so needs numbers, written like -1.5e3."],
            Errors(Section("y", "x,c,y\n1,u,a\n2,3,b\n3,4,a\n") with { Categorical = [] }));
    }

    [Fact]
    public void The_split_follows_from_its_seed_and_loses_no_row()
    {
        var text = "x,y\n" + string.Concat(Enumerable.Range(0, 50).Select(row => $"{row},{row}\n"));
        double[] Tested(int? seed)
        {
            using var data = Load(Section("y", text) with { SplitSeed = seed, Standardise = Standardisation.None });
            Assert.Equal((40, 10), (data.Shape.Train, data.Shape.Test));
            var (train, test) = (HostCopy.Doubles(data.Train.Range(0, 40).Inputs), HostCopy.Doubles(data.Test.Range(0, 10).Inputs));
            Assert.Equal(Enumerable.Range(0, 50).Select(row => (double)row), train.Concat(test).Order());
            return test;
        }
        Assert.Equal(Tested(null), Tested(0));
        Assert.NotEqual(Tested(0), Tested(1));
    }

    [Fact]
    public void Fields_are_read_by_RFC_4180()
    {
        var text = "\uFEFF\"a \"\"name\"\"\";b\r\n\"1\";\"two\r\nlines; and a \"\"mark\"\"\"\r\n2; plain \r\n";
        var records = new CsvReader(text[1..], ';', "x.csv").Records().ToList();
        Assert.Equal(["a \"name\"", "b"], records[0].Fields);
        Assert.Equal(["1", "two\r\nlines; and a \"mark\""], records[1].Fields);
        Assert.Equal(["2", " plain "], records[2].Fields);
        Assert.Equal([1, 2, 4], records.Select(record => record.Line));
        using var data = Load(Section("b", text) with { Delimiter = ";", TestFraction = 0.5 });
        Assert.Equal(2, data.Shape.Outputs);
    }

    [Fact]
    public void A_ragged_row_and_a_missing_value_are_told_with_their_lines_all_at_once() => Assert.Equal(
        [
            "x.csv:3: found 2 fields, where the header has 3; give every row as many.",
            "x.csv:4: column 2 ('b'): found nothing, a missing value; fill it in or leave the row out.",
            "x.csv:5: column 1 ('a'): found 'NA', a missing value; fill it in or leave the row out, or name the column in data:categorical if that is a category.",
            "x.csv:7: found 4 fields, where the header has 3; give every row as many.",
        ],
        Errors(Section("y", "a,b,y\n1,2,p\n1,2\n1,,q\nNA,2,p\n\"6\",7,q\n1,2,p,4\n")));

    [Theory]
    [InlineData("", "x.csv is empty; a header with the names of the columns is needed.")]
    [InlineData("a,y\n", "x.csv has a header and no rows; at least two rows are needed, one to train and one to test.")]
    [InlineData("a,a,y\n1,2,3\n", "x.csv:1: two columns are named 'a'; give each its own name in the header.")]
    [InlineData("a,,y\n1,2,3\n", "x.csv:1: column 2 has no name; give it one in the header.")]
    [InlineData("a,Y\n1,2\n", "x.csv:1: there is no column 'y' (data:target); the columns are a, Y; did you mean 'Y'?")]
    [InlineData("a,y\r1,2\r2,3\r", "x.csv has a header and no rows; at least two rows are needed, one to train and one to test. Its lines end with CR alone: save it with LF or CRLF.")]
    [InlineData("y\n1\n2\n", "x.csv has one column, the target; at least one more is needed as input.")]
    [InlineData("a,y\n1,p\n2,p\n", "x.csv: every row has 'p' as y; at least two classes are needed.")]
    [InlineData("a,y\n1,2\n", "x.csv has 1 rows, of which a data:testFraction of 0.2 leaves 1 to train and 0 to test; each needs at least one. Give more rows or another fraction.")]
    [InlineData("a,y\n1,\"p\n2,q\n", "x.csv:2: found a quotation mark that is never closed; close it, or double it where it is part of a field.")]
    [InlineData("a,y\n1,p\"\n", "x.csv:2: found a quotation mark inside a field that does not begin with one; put the whole field in quotation marks and double those in it.")]
    [InlineData("a,y\n1,\"p\"q\n", "x.csv:2: found text behind a closing quotation mark; allowed there: the delimiter or a line break.")]
    public void What_is_no_usable_table_is_told(string text, string message) =>
        Assert.Equal([message], Errors(Section("y", text)));

    [Theory]
    [InlineData("a;y\n1;2\n", ',', ';', "x.csv:1: there is no column 'y' (data:target); the columns are a;y")]
    [InlineData("a\ty\n1\t2\n", ',', '\t', "x.csv:1: there is no column 'y' (data:target); the columns are a\ty")]
    [InlineData("a|y\n1|2\n", ';', '|', "x.csv:1: there is no column 'y' (data:target); the columns are a|y")]
    [InlineData("a;y\n0,5;p\n2;q\n", ',', ';', "x.csv:2: found 2 fields, where the header has 1; give every row as many.")]
    [InlineData("a,y\n1,\"p;q\"\n2,r\n", ';', ',', "x.csv:2: found a quotation mark inside a field that does not begin with one; put the whole field in quotation marks and double those in it.")]
    public void A_table_with_another_delimiter_is_told_so_beside_its_errors(string text, char given, char used, string message)
    {
        string Name(char character) => character == '\t' ? "\\t" : $"{character}";
        Assert.Equal(
            [message, $"x.csv: its lines look separated by '{Name(used)}', and data:delimiter is '{Name(given)}'; set it to \"{Name(used)}\"."],
            Errors(Section("y", text) with { Delimiter = given.ToString() }));
        Assert.Null(DelimiterGuess.Other(text, used));
    }

    [Theory]
    [InlineData("a,b,y\n1,2\n1,2,3\n")]
    [InlineData("a,y\n1;2,3\n")]
    [InlineData("y\n1\n")]
    [InlineData("")]
    public void A_table_that_is_only_ragged_is_not(string text) => Assert.Null(DelimiterGuess.Other(text, ','));

    [Theory]
    [InlineData("a,y\n1,p\n2,q\nfoo,p\n", "x.csv:4: column 1 ('a'): found 'foo'; other rows of the column are numbers; correct it, or give data:categorical, with this column if it holds categories.")]
    [InlineData("a,y\n1,2\n2,3\n1e39,4\n", "x.csv:4: column 1 ('a'): found '1e39'; other rows of the column are numbers; correct it, or give data:categorical, with this column if it holds categories.")]
    [InlineData("a,y\n1,2\n2,1e400\n3,4\n", "x.csv:3: column 2 ('y'): found '1e400'; other rows of the column are numbers; correct it, or give data:task classification if these are classes.")]
    public void One_wrong_value_among_numbers_does_not_make_categories_of_them(string text, string message)
    {
        Assert.Equal([message], Errors(Section("y", text)));
        using var data = Load(Section("y", text) with { Categorical = ["a"], Task = TableTask.Classification });
        Assert.Equal(3, data.Shape.Features);
    }

    [Theory]
    [InlineData("0,5", "-1,25e3")]
    [InlineData("1,000", "12,345.5")]
    [InlineData("1e39", "-1e400")]
    public void Numbers_in_the_way_of_another_country_or_too_large_do_not_become_categories(string first, string second)
    {
        var text = $"a;y\n{first};p\n{second};q\n{first};p\n";
        const string Why = "numbers are written like -1.5e3, with a decimal point and up to 3.4e38; correct it, or give data:categorical, with this column if it holds categories.";
        Assert.Equal(
            [$"x.csv:2: column 1 ('a'): found '{first}'; {Why}", $"x.csv:3: column 1 ('a'): found '{second}'; {Why}", $"x.csv:4: column 1 ('a'): found '{first}'; {Why}"],
            Errors(Section("y", text) with { Delimiter = ";" }));
        using var data = Load(Section("y", text) with { Delimiter = ";", Categorical = ["a"] });
        Assert.Equal(2, data.Shape.Features);
    }

    /// <summary>The mean of ten times 0.1 is not 0.1, and scaling by that deviation made 1e15 of another value.</summary>
    [Fact]
    public void A_column_that_is_constant_in_the_training_split_is_only_shifted()
    {
        string Text(int other) => "x,y\n" + string.Concat(Enumerable.Range(0, 12).Select(row => $"{(row == other ? "0.3" : "0.1")},{row}\n"));
        DataSet With(int other) => Load(Section("y", Text(other)) with { TestFraction = 0.08 });
        for (var other = 0; other < 12; other++)
        {
            using var data = With(other);
            var test = HostCopy.Doubles(data.Test.Range(0, 1).Inputs)[0];
            if (test == 0) continue;
            if (HostCopy.Doubles(data.Train.Range(0, 11).Inputs).Any(value => value != 0)) continue;
            Assert.Equal(0.2, test, 1e-12);
            return;
        }
        Assert.Fail("The row of the test split was never the other one.");
    }

    [Fact]
    public void An_empty_line_is_told_as_one() =>
        Assert.Equal(["x.csv:3: the line is empty; take it out."], Errors(Section("y", "a,y\n1,2\n\n3,4\n")));

    [Fact]
    public void Many_complaints_are_counted_and_not_all_told()
    {
        var errors = Errors(Section("y", "a,y\n" + string.Concat(Enumerable.Repeat("1\n", 100))));
        Assert.Equal(21, errors.Length);
        Assert.Equal("x.csv: and 80 more of such", errors[^1]);
    }

    [Fact]
    public void A_file_that_is_not_there_or_not_text_is_told()
    {
        var section = Section("y", "a,y\n1,2\n");
        Assert.Contains("does not exist", Errors(section with { Path = folder.File("no.csv") })[0], StringComparison.Ordinal);
        Assert.Contains("is a folder", Errors(section with { Path = folder.Path })[0], StringComparison.Ordinal);
        folder.Write("x.csv", [.. "a,y\n1,"u8, 0xFF, .. "\n"u8]);
        Assert.Equal(["x.csv:2: byte FF is not UTF-8. Save the file as UTF-8."], Errors(section));
    }

    private static double Deviation(double[] values) =>
        Math.Sqrt(values.Average(value => Math.Pow(value - values.Average(), 2)));

    private DataSection Section(string target, string text) =>
        new() { Source = "csv", Target = target, Path = folder.Write("x.csv", Encoding.UTF8.GetBytes(text)) };

    private static DataSet Load(DataSection section) => TableSource.Entry.Load(section, new DataTarget(float64, CPU));

    /// <summary>The lines of what is said before anything is trained, without the folder.</summary>
    private string[] Errors(DataSection section) => Assert.Throws<DataException>(() => TableSource.Entry.Shape(section)).Message
        .Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal).Split('\n');
}
