using System.Text.Json.Nodes;
using GradTorch.Configuration;
using GradTorch.Runs;

namespace GradTorch.Studies;

/// <summary>Studies that are recorded, so that they can be gone on with.</summary>
public static class StudyContinuation
{
    /// <summary>Records what a study sets out to train.</summary>
    /// <returns>The record's name.</returns>
    /// <exception cref="RunException">It can't be written.</exception>
    public static string Record(StudyPlan study)
    {
        var first = study.Runs[0].Experiment;
        var runs = study.Runs.Select(run => new StudyRecordRun(
            run.Variant!.Name, [.. run.Variant.Grid.Select(own => own.Path)], (JsonObject)JsonNode.Parse(ExperimentWriter.ToJson(run.Experiment))!));
        return new StudyRecord(Environment.CurrentDirectory, [.. runs]).Write(RunDirectory.ParentOf(first.Output, first.Name)).Name!;
    }

    /// <summary>The study that a record is of, with what was done of it.</summary>
    /// <param name="folder">That of the experiment.</param>
    /// <param name="keys">What is to be another than before: the length of the trainings, or nothing.</param>
    /// <param name="announce">Told, in a sentence, of each checkpoint that is damaged.</param>
    /// <exception cref="RunException">A run of it is going on, or a file can't be read.</exception>
    /// <exception cref="ConfigurationException">Another key is to change, or a training is to be shorter.</exception>
    public static (StudyPlan Plan, IReadOnlyDictionary<string, StoppedRun> Begun) Of(
        StudyRecord record, string folder, IReadOnlyList<string> keys, Action<string>? announce = null)
    {
        var (runs, begun) = (new List<PlannedRun>(), new Dictionary<string, StoppedRun>());
        foreach (var (index, run) in record.Runs.Index())
        {
            if (RunDirectory.OfStudy(folder, record.Name!, run.Variant) is { } directory)
                begun.Add(run.Variant, StoppedRun.Open(directory, keys, announce));
            var experiment = begun.GetValueOrDefault(run.Variant)?.Experiment
                ?? StoppedRun.WithPathsFrom(record.WorkingDirectory, ExperimentLoader.Parse(record.Name!, run.Config.ToJsonString(), keys));
            // Wherever the folder lies by now.
            experiment = experiment with { Output = Path.GetDirectoryName(Path.GetFullPath(folder))! };
            var place = new VariantPlace(run.Variant, index + 1, record.Runs.Count)
            {
                Grid = [.. run.Grid.Select(path => ExperimentSettings.ValueOf(experiment, path))],
            };
            runs.Add(new PlannedRun(place, experiment, ExperimentPlan.Of(experiment)));
        }
        return (new StudyPlan(runs[0].Experiment.Name, runs, []), begun);
    }
}
