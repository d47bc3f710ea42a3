using System.Globalization;
using GradTorch.Configuration;

namespace GradTorch.Data;

/// <summary>A table as numbers: numeric columns as they are and categorical ones one-hot, in the order of the columns; the
/// target as a class or a number. Categories and classes are those of the whole file, so that the test split holds none that
/// is unknown.</summary>
internal sealed class TableEncoding
{
    private readonly Table _table;
    private readonly int _target;
    private readonly TextList? _categorical;

    /// <exception cref="DataException">The table does not have what the section names, or no task can be made of it.</exception>
    public TableEncoding(Table table, DataSection section)
    {
        (_table, _categorical) = (table, section.Categorical);
        _target = table.IndexOf(
            section.Target ?? throw new DataException("csv needs data:target, the name of the column to learn."), "data:target");
        foreach (var name in section.Categorical ?? [])
        {
            if (table.IndexOf(name, "data:categorical") == _target)
                throw new DataException($"'{name}' is data:target and in data:categorical; only inputs are named there. Take it out.");
        }
        if (table.Columns.Count < 2)
            throw new DataException($"{table.Path} has one column, the target; at least one more is needed as input.");
        var task = section.Task ?? TableTask.Auto;
        if (task == TableTask.Auto)
        {
            RefuseMixture(_target, "give data:task classification if these are classes");
            task = table.Numbers(_target) is null ? TableTask.Classification : TableTask.Regression;
        }
        if (task == TableTask.Regression) Values = Numbers(_target, "data:task regression needs numbers as target, written like -1.5e3");
        else (ClassNames, Classes) = Categories(_target);
        if (ClassNames is { Count: < 2 })
        {
            throw new DataException(
                $"{table.Path}: every row has '{ClassNames[0]}' as {table.Columns[_target]}; at least two classes are needed.");
        }
        Features = [.. Enumerable.Range(0, table.Columns.Count).Where(column => column != _target).SelectMany(Encode)];
    }

    public IReadOnlyList<TableFeature> Features { get; }

    /// <summary>By class; null for regression.</summary>
    public IReadOnlyList<string>? ClassNames { get; }

    /// <summary>The class of each row; null for regression.</summary>
    public long[]? Classes { get; }

    /// <summary>The number to learn of each row; null for classification.</summary>
    public double[]? Values { get; }

    public int Count => _table.Rows.Count;

    private IEnumerable<TableFeature> Encode(int column)
    {
        var name = _table.Columns[column];
        if (_categorical?.Contains(name) != true)
        {
            if (_table.Numbers(column) is { } numbers) return [new TableFeature(name, numbers, IsNumeric: true)];
            if (_categorical is not null)
                Numbers(column, $"'{name}' is not in data:categorical and so needs numbers, written like -1.5e3");
            RefuseMixture(column, "give data:categorical, with this column if it holds categories");
        }
        var (names, ids) = Categories(column);
        return names.Select((category, id) => new TableFeature(
            $"{name}={category}", [.. ids.Select(other => other == id ? 1.0 : 0.0)], IsNumeric: false));
    }

    private (string[] Names, long[] Ids) Categories(int column)
    {
        var names = _table.Values(column);
        var ids = names.Select((name, id) => (name, id)).ToDictionary(pair => pair.name, pair => (long)pair.id, StringComparer.Ordinal);
        return (names, [.. _table.Rows.Select(row => ids[row[column]])]);
    }

    /// <summary>One wrong value among numbers, or numbers in the way of another country, would make a category of each
    /// number.</summary>
    /// <exception cref="DataException">Some of the column are numbers, or meant as such, and some are not.</exception>
    private void RefuseMixture(int column, string advice)
    {
        if (_table.Rows.Any(row => Table.TryNumber(row[column], out _)))
            Numbers(column, $"other rows of the column are numbers; correct it, or {advice}");
        else if (_table.Rows.Any(row => Table.IsMeantAsNumber(row[column])))
            Numbers(column, $"numbers are written like -1.5e3, with a decimal point and up to 3.4e38; correct it, or {advice}");
    }

    /// <exception cref="DataException">Some are no numbers: all those rows are told.</exception>
    private double[] Numbers(int column, string why)
    {
        if (_table.Numbers(column) is { } numbers) return numbers;
        var complaints = new Complaints(_table.Path);
        for (var row = 0; row < _table.Rows.Count; row++)
        {
            var field = _table.Rows[row][column];
            if (Table.TryNumber(field, out _)) continue;
            complaints.Add(_table.Lines[row], string.Create(
                CultureInfo.InvariantCulture,
                $"column {column + 1} ('{_table.Columns[column]}'): found '{field}'; {why}."));
        }
        complaints.ThrowIfAny();
        throw new InvalidOperationException("A column without numbers has no row that is none.");
    }
}

/// <summary>One input of the network.</summary>
/// <param name="Name">The column, and the category where it is one.</param>
/// <param name="IsNumeric">Standardised; a category stays 0 or 1.</param>
internal sealed record TableFeature(string Name, double[] Values, bool IsNumeric);
