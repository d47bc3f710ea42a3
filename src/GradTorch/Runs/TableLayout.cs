namespace GradTorch.Runs;

/// <summary>A table of run.db as its file has it, whatever the version.</summary>
/// <param name="Key">The columns that tell its rows apart, by which they are ordered.</param>
public sealed record TableLayout(string Name, IReadOnlyList<TableColumn> Columns, IReadOnlyList<string> Key);

/// <summary>A column of a table.</summary>
public sealed record TableColumn(string Name, ColumnKind Kind, bool MayBeNull);

/// <summary>What a column holds.</summary>
public enum ColumnKind
{
    /// <summary>64 bits.</summary>
    Integer,

    /// <summary>A double, not a number and infinities included.</summary>
    Number,

    Text,
}

/// <summary>Some rows of a table, column by column.</summary>
/// <param name="Columns">Of each column <c>long?[]</c>, <c>double?[]</c> or <c>string?[]</c>, as its <see cref="ColumnKind"/> says. They
/// may be longer than there are rows, and hold other rows once the next block is asked for.</param>
public sealed record TableBlock(int Rows, IReadOnlyList<Array> Columns);
