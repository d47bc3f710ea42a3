namespace TorchSharp;

/// <summary>How a tensor is written as text.</summary>
public enum TensorStringStyle
{
    /// <summary>Shape, type and device only.</summary>
    Metadata,

    /// <summary>Rows of aligned columns, slice by slice, as many columns as fit into the line.</summary>
    Julia,

    /// <summary>Nested brackets, the middle of long dimensions left out.</summary>
    Numpy,

    /// <summary>As an array of C#, the middle of long dimensions left out.</summary>
    CSharp,

    /// <summary>What <see cref="torch.TensorStringStyle"/> says.</summary>
    Default,
}

public static partial class torch
{
    public const TensorStringStyle julia = TensorStringStyle.Julia;
    public const TensorStringStyle numpy = TensorStringStyle.Numpy;
    public const TensorStringStyle csharp = TensorStringStyle.CSharp;

    private static TensorStringStyle _style = TensorStringStyle.Julia;

    internal static string FloatFormat { get; private set; } = "g5";

    internal static string NewLine { get; private set; } = Environment.NewLine;

    internal static int LineWidth { get; private set; } = 100;

    internal static int MaxRows { get; private set; } = 6;

    internal static int MaxColumns { get; private set; } = 6;

    /// <summary>The style that Default stands for; Julia unless set.</summary>
    public static TensorStringStyle TensorStringStyle
    {
        get => _style;
        set => _style = value != TensorStringStyle.Default ? value : throw new ArgumentException("The style cannot be set to 'Default'");
    }

    /// <summary>How tensors are written from now on: digits after the point, as 1.5E+000 with <paramref name="sci_mode"/>.
    /// What isn't given stays as it is.</summary>
    public static void set_printoptions(int precision, int? linewidth = null, string? newLine = null, bool sci_mode = false,
        int? maxRows = null, int? maxColumns = null) =>
        set_printoptions(null, (sci_mode ? "E" : "F") + precision.ToString(System.Globalization.CultureInfo.InvariantCulture),
            linewidth, newLine, maxRows, maxColumns);

    /// <summary>How tensors are written from now on; what isn't given stays as it is. Rows and columns beyond the maxima
    /// are left out in the styles that do so.</summary>
    public static void set_printoptions(TensorStringStyle? style = null, string? floatFormat = null, int? linewidth = null,
        string? newLine = null, int? maxRows = null, int? maxColumns = null)
    {
        if (style is { } given) TensorStringStyle = given;
        FloatFormat = floatFormat ?? FloatFormat;
        NewLine = newLine ?? NewLine;
        LineWidth = linewidth ?? LineWidth;
        MaxRows = maxRows ?? MaxRows;
        MaxColumns = maxColumns ?? MaxColumns;
    }
}
