using GradTorch.Data;

namespace GradTorch.Cli.Doctor;

/// <summary>Where the data lie. Nothing is downloaded.</summary>
internal static class DataExamination
{
    public static IEnumerable<Finding> Look() => PublishedImages.All.Select(set =>
        Finding.Try(set.Name, "correct what the message names", () =>
            ImageFiles.Existing(set, DataLocations.OfThisMachine(set.Name)) is { } files
                ? Finding.Ok(set.Name, files.Folder)
                : new Finding(set.Name, Health.Warning, "not on this machine: the first run that needs it downloads it",
                    (set.Package is null ? "" : $"Debian: apt-get install {set.Package}; elsewhere ")
                    + $"set GRADTORCH_DATA to a folder with a sub-folder {set.Name} that holds it")));
}
