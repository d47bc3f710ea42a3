using GradTorch.Reports;

namespace GradTorch.Cli.Output;

/// <summary>A picture that was drawn, as JSON.</summary>
/// <param name="File">Its full path.</param>
/// <param name="What">Its kind.</param>
internal sealed record PictureDocument(
    string File, string What, string Title, IReadOnlyList<PictureDocument.PanelEntry> Panels, string Caption)
{
    public static PictureDocument Of(string file, string what, Picture picture) => new(
        file, what, picture.Title,
        [.. picture.Panels.Select(panel => new PanelEntry(panel.Title, panel.X.Label, panel.Y.Label, panel.Series))],
        picture.Caption);

    /// <param name="X">What its x axis is labelled.</param>
    /// <param name="Y">What its y axis is labelled.</param>
    /// <param name="Series">Names of what is drawn in it.</param>
    internal sealed record PanelEntry(string Title, string X, string Y, IReadOnlyList<string> Series);
}
