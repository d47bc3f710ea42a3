using System.Globalization;

namespace GradTorch.Runs;

/// <summary>The checkpoints of a run: <c>checkpoints/step-1000.safetensors</c>, each all that the run needs to go on from there.</summary>
/// <param name="folder">Made with the first one.</param>
public sealed class RunCheckpoints(string folder)
{
    private const string Prefix = "step-", Extension = ".safetensors";

    /// <summary>The steps of those that are there, the newest first.</summary>
    public IReadOnlyList<long> Steps =>
    [
        .. (Directory.Exists(folder) ? Directory.EnumerateFiles(folder, Prefix + "*" + Extension) : [])
            .Select(StepOf).OfType<long>().OrderDescending(),
    ];

    public string FileOf(long step) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{step}{Extension}"));

    /// <summary>Writes a checkpoint, and then removes the oldest ones.</summary>
    /// <param name="keep">How many stay.</param>
    /// <exception cref="IOException">It can't be written; those before are as they were.</exception>
    public void Write(long step, SafetensorsFile checkpoint, int keep)
    {
        Directory.CreateDirectory(folder);
        checkpoint.Write(FileOf(step));
        foreach (var old in Steps.Where(other => other <= step).Skip(keep)) File.Delete(FileOf(old));
    }

    /// <summary>The newest that is whole; null if there is none at all.</summary>
    /// <param name="announce">Told, in a sentence, of each that is damaged.</param>
    /// <exception cref="RunException">Each of them is damaged.</exception>
    public (long Step, SafetensorsFile Checkpoint)? Newest(Action<string>? announce = null)
    {
        RunException? damage = null;
        foreach (var step in Steps)
        {
            try
            {
                return (step, SafetensorsFile.Read(FileOf(step), own: true));
            }
            catch (RunException exception)
            {
                announce?.Invoke(exception.Message);
                damage = exception;
            }
        }
        return damage is null ? null : throw new RunException(
            $"No checkpoint in {folder} can be read. Remove that folder for the run to start anew, from its first step.", damage);
    }

    /// <summary>Removes those after a step, of which the run that goes on will make others, and what a kill left unfinished.</summary>
    public void RemoveAfter(long step)
    {
        if (!Directory.Exists(folder)) return;
        foreach (var later in Steps.Where(other => other > step)) File.Delete(FileOf(later));
        foreach (var pending in Directory.EnumerateFiles(folder, ".*" + AtomicFile.Pending)) File.Delete(pending);
    }

    private static long? StepOf(string file) =>
        long.TryParse(Path.GetFileNameWithoutExtension(file)[Prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
}
