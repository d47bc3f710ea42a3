using System.Globalization;
using GradTorch.Configuration;
using GradTorch.Models;
using GradTorch.Models.PyTorch;
using GradTorch.Runs;
using static TorchSharp.torch;

namespace GradTorch.Studies;

/// <summary>The weights of model:init:path, with PyTorch's names and shapes, for the members of a network.</summary>
internal static class WeightFile
{
    private const string Key = "model:init:path";

    private static readonly string[] FloatingPoint = [TensorTypes.F64, TensorTypes.F32, TensorTypes.F16, TensorTypes.Bf16];

    /// <summary>The file that a member starts from: all from one, unless <see cref="InitSection.Member"/> stands in the path.</summary>
    public static string Of(string path, int member) =>
        path.Replace(InitSection.Member, member.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <exception cref="ConfigurationException">A file is not there, or not one of tensors; it holds all that are wrong.</exception>
    public static IReadOnlyDictionary<string, SafetensorsFile> Read(string path, int members)
    {
        var (files, errors) = (new Dictionary<string, SafetensorsFile>(), new List<string>());
        foreach (var file in Enumerable.Range(0, members).Select(member => Of(path, member)).Distinct())
        {
            try
            {
                if (!File.Exists(file)) throw new RunException($"{file} does not exist; give a safetensors file, such as export --weights writes");
                files.Add(file, SafetensorsFile.Read(file));
            }
            catch (RunException exception)
            {
                errors.Add(exception.Message);
            }
        }
        return errors.Count == 0 ? files : throw Refusal(errors);
    }

    /// <summary>Puts the weights of the files in the place of the members' own.</summary>
    /// <exception cref="ConfigurationException">Names, shapes or types are not the network's: one error each, and nothing was changed.
    /// </exception>
    public static void Load(EnsembleModel model, int members, string path)
    {
        using var scope = NewDisposeScope();
        using var off = no_grad();
        var files = Read(path, members);
        var needed = model.PyTorchTensors(0).ToList();
        List<string> errors = [.. files.SelectMany(file => Complaints(file.Key, file.Value, needed))];
        if (errors.Count > 0) throw Refusal(errors);
        var (dtype, device) = (model.Parameters.Values.dtype, model.Parameters.Values.device);
        var loaded = files.ToDictionary(
            file => file.Key,
            file => needed.Where(own => file.Value.Tensors.ContainsKey(own.Name) && !own.IsOptional)
                .ToDictionary(own => own.Name, own => TrainingState.TensorOf(file.Value.Tensors[own.Name]).to(dtype).to(device)));
        for (var member = 0; member < members; member++)
        {
            var tensors = loaded[Of(path, member)];
            foreach (var own in model.PyTorchTensors(member).Where(own => tensors.ContainsKey(own.Name))) own.Take(tensors[own.Name]);
        }
    }

    private static IEnumerable<string> Complaints(string path, SafetensorsFile file, IReadOnlyList<PyTorchTensor> needed)
    {
        var missing = needed.Where(own => !own.IsOptional && !file.Tensors.ContainsKey(own.Name)).ToList();
        foreach (var own in missing) yield return $"{path} has no '{own.Name}', which this network needs, of shape {Shape(own.Value.shape)}";
        foreach (var (name, tensor) in file.Tensors)
        {
            if (needed.FirstOrDefault(own => own.Name == name) is not { } own)
            {
                var meant = NearestName.Find(name, missing.Select(other => other.Name));
                yield return $"{path} has '{name}', which this network has not" + (meant is null ? "" : $"; did you mean '{meant}'?");
            }
            else if (own.IsOptional)
            {
                continue;
            }
            else if (!tensor.Shape.AsSpan().SequenceEqual(own.Value.shape))
            {
                yield return $"'{name}' of {path} is {tensor.Describe()}; this network needs shape {Shape(own.Value.shape)}";
            }
            else if (!FloatingPoint.Contains(tensor.Type))
            {
                yield return $"'{name}' of {path} is of type {tensor.Type}; allowed: {string.Join(", ", FloatingPoint)}";
            }
        }
    }

    private static string Shape(IEnumerable<long> shape) => FormattableString.Invariant($"({string.Join(", ", shape)})");

    private static ConfigurationException Refusal(IEnumerable<string> messages) =>
        new([.. messages.Select(message => new ConfigurationError(Key, ConfigurationError.Experiment, null, null, message))]);
}
