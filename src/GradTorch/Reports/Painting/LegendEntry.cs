namespace GradTorch.Reports.Painting;

/// <summary>What stands before a text of the legend.</summary>
internal enum LegendMark
{
    Solid,
    Dashed,
    Dotted,
    Square,

    /// <summary>A point on the lower edge.</summary>
    Wedge,

    /// <summary>A point on the upper edge.</summary>
    Cross,
}

/// <param name="Colour">As in <c>#0072B2</c>.</param>
internal sealed record LegendEntry(string Text, string Colour, LegendMark Mark);
