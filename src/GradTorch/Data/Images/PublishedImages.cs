namespace GradTorch.Data;

/// <summary>A published set of images in four IDX files: what it is called, where it is published, and how its files are
/// known.</summary>
/// <param name="Name">Of the data source and of the folder that holds the files in a folder of data sets.</param>
/// <param name="Title">As its authors write it.</param>
/// <param name="ClassNames">By label.</param>
/// <param name="Publisher">The address that file names are appended to.</param>
/// <param name="Checksums">SHA-256 of each uncompressed file in lower-case hex, which unlike a checksum of the .gz holds
/// however it is packed.</param>
/// <param name="Package">Debian's package that installs it, or null.</param>
/// <param name="InDataFolder">Files that lie in GRADTORCH_DATA itself, not in a sub-folder, are of this set. All sets have
/// the same file names, so one only can have that.</param>
public sealed record PublishedImages(
    string Name, string Title, IReadOnlyList<string> ClassNames, Uri Publisher,
    IReadOnlyDictionary<string, string> Checksums, string? Package, bool InDataFolder = false)
{
    /// <summary>Xiao, Rasul and Vollgraf 2017, arXiv:1708.07747. The publisher offers no HTTPS; the checksums make the files
    /// safe.</summary>
    public static PublishedImages FashionMnist { get; } = new(
        "fashion-mnist", "Fashion-MNIST",
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
        new Uri("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"),
        ImageFiles.Named(
            "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
        "dataset-fashion-mnist", InDataFolder: true);

    /// <summary>LeCun, Bottou, Bengio and Haffner 1998, from a mirror: the authors' own address no longer serves it.</summary>
    public static PublishedImages Mnist { get; } = new(
        "mnist", "MNIST", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
        new Uri("https://ossci-datasets.s3.amazonaws.com/mnist/"),
        ImageFiles.Named(
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        Package: null);

    public static IReadOnlyList<PublishedImages> All { get; } = [FashionMnist, Mnist];

    /// <summary>How else to get it, as the end of a sentence.</summary>
    public string OrInstall => Package is null ? "" : $", or install Debian's package {Package}";
}
