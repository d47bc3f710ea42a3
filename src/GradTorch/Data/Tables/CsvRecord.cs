namespace GradTorch.Data;

/// <summary>One record of a CSV file.</summary>
/// <param name="Line">Where it begins, from 1; fields in quotation marks can hold line breaks.</param>
public sealed record CsvRecord(int Line, string[] Fields);
