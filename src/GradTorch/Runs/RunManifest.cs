using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace GradTorch.Runs;

/// <summary>How a run ended, if it has: what its manifest says. <see cref="RunStatus"/> says what became of it.</summary>
public enum RunExit
{
    /// <summary>It goes on, or was killed.</summary>
    Running,

    /// <summary>It did all its steps, whether or not members diverged.</summary>
    Finished,

    /// <summary>Its user stopped it; what was recorded is saved.</summary>
    Interrupted,

    /// <summary>An error ended it: <see cref="RunManifest.Error"/>.</summary>
    Failed,
}

/// <summary>What a run ran on, for it to be repeated, and what became of it: written when it starts, while it goes on and when it
/// ends.</summary>
public sealed record RunManifest
{
    private static readonly JsonSerializerOptions Json = new(RecordJson.Options)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        // A loss can be NaN.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The experiment.</summary>
    public required string Name { get; init; }

    /// <summary>The variant of a study; null for a single run.</summary>
    public string? Variant { get; init; }

    /// <summary>The study that it is a run of, as <see cref="StudyRecord.Name"/>; null for a single run.</summary>
    public string? Study { get; init; }

    /// <summary>GradTorch's version.</summary>
    public required string Version { get; init; }

    /// <summary>GradTorch's commit: <see cref="SourceRevision.Commit"/>.</summary>
    public required string Commit { get; init; }

    /// <summary>What supplied the TorchSharp API: "system" and the folder of libtorch, or a package.</summary>
    public required string TorchSource { get; init; }

    public required string LibtorchVersion { get; init; }

    /// <summary>The device, with a GPU's model where it can be told: cpu, or cuda:0 (NVIDIA H200).</summary>
    public required string Device { get; init; }

    /// <summary>The GPU driver's version; null on the CPU, and where it can't be told.</summary>
    public string? Driver { get; init; }

    /// <summary>The CPU kernels that the BLAS library chose; null if it does not tell.</summary>
    public string? BlasKernels { get; init; }

    /// <summary>CPU threads.</summary>
    public required int Threads { get; init; }

    /// <summary>Why so many; null in manifests of before it was told.</summary>
    public string? ThreadsReason { get; init; }

    /// <summary>SHA-256 of the data's contents.</summary>
    public required string DataChecksum { get; init; }

    /// <summary>The seed of each member.</summary>
    public required IReadOnlyList<long> Seeds { get; init; }

    /// <summary>What each member has for its own beside its seed: the keys that members vary, with its values. Empty where
    /// only the seeds differ.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Varied { get; init; } = [];

    /// <summary>What the run has for each key of its study's grid, as in <c>model:depth</c>: numbers, strings, true or false. Empty
    /// without a grid.</summary>
    public IReadOnlyDictionary<string, JsonValue> Grid { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>Of its first step.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>What was done before it was gone on with, part by part; empty of a run that never was.</summary>
    public IReadOnlyList<RunPart> Earlier { get; init; } = [];

    /// <summary>When it was last gone on with, and from which step; null of a run that never was.</summary>
    public RunResumption? Resumed { get; init; }

    /// <summary>Null while the run goes on, and for ever if it was killed.</summary>
    public DateTimeOffset? End { get; init; }

    public RunExit Exit { get; init; } = RunExit.Running;

    /// <summary>The process that does it; null in manifests of before it was told.</summary>
    public RunProcess? Process { get; init; }

    /// <summary>When it last went on: <see cref="RunHeartbeat"/>. Null once it has ended, and in manifests of before.</summary>
    public DateTimeOffset? Heartbeat { get; init; }

    /// <summary>Updates done; of a run that has not ended, or failed, up to its last record. Null before the first, and in manifests of
    /// before.</summary>
    public long? Steps { get; init; }

    /// <summary>Updates to be done in all; null in manifests of before.</summary>
    public long? PlannedSteps { get; init; }

    /// <summary>The folder that relative paths of the configuration start at; null in manifests of before.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What came of it; null until it has ended, where that can't be read, and in manifests of before.</summary>
    public RunResult? Result { get; init; }

    /// <summary>What made the run fail; null if nothing did.</summary>
    public string? Error { get; init; }

    /// <summary>How long it trained up to some time, without what lay between its parts.</summary>
    public TimeSpan ElapsedAt(DateTimeOffset time) => Earlier.Aggregate(
        time - (Resumed?.Time ?? Start), (elapsed, part) => elapsed + ((part.End ?? part.Start) - part.Start));

    /// <summary>What a run that is gone on with has here, and there had otherwise, that numbers may depend on: each in a sentence.</summary>
    public IEnumerable<string> DifferencesFrom(RunManifest earlier)
    {
        (string What, string? Was, string? Is)[] all =
        [
            ("GradTorch", earlier.Version, Version), ("the TorchSharp API's source", earlier.TorchSource, TorchSource),
            ("libtorch", earlier.LibtorchVersion, LibtorchVersion), ("the device", earlier.Device, Device),
            ("the BLAS kernels", earlier.BlasKernels, BlasKernels),
            ("the number of threads", FormattableString.Invariant($"{earlier.Threads}"), FormattableString.Invariant($"{Threads}")),
        ];
        return all.Where(own => own.Was != own.Is).Select(own => $"{own.What} was {own.Was ?? "not told"} and is {own.Is ?? "not told"}");
    }

    /// <summary>The manifest of the same run at its end.</summary>
    public RunManifest Ended(RunExit exit, DateTimeOffset end, string? error = null) =>
        this with { Exit = exit, End = end, Error = error, Heartbeat = null };

    /// <summary>Indented JSON with camelCase names, times in ISO 8601, ending in a newline.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <exception cref="JsonException">It is not the JSON of a manifest.</exception>
    public static RunManifest FromJson(string json) =>
        FromJson(Encoding.UTF8.GetBytes(json));

    /// <inheritdoc cref="FromJson(string)"/>
    /// <param name="json">UTF-8.</param>
    public static RunManifest FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<RunManifest>(json, Json) ?? throw new JsonException("There is no manifest in it.");
}
