using GradTorch.Data;

namespace GradTorch.Cli.Doctor;

/// <summary>Where the data lie. Nothing is downloaded.</summary>
internal static class DataExamination
{
    private const string Topic = "fashion-mnist";

    public static IEnumerable<Finding> Look()
    {
        yield return Finding.Try(Topic, "correct what the message names", () =>
            FashionMnistFiles.Existing(FashionMnistLocations.OfThisMachine()) is { } files
                ? Finding.Ok(Topic, files.Folder)
                : new Finding(Topic, Health.Warning, "not on this machine: the first run that needs it downloads it",
                    "Debian: apt-get install dataset-fashion-mnist; elsewhere set GRADTORCH_DATA to a folder that holds it"));
    }
}
