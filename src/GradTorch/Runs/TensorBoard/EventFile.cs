using System.Globalization;
using Google.Protobuf;

namespace GradTorch.Runs.TensorBoard;

/// <summary>
/// A file of TensorBoard's events, of one session of a training: records that are messages Event of tensorflow/core/util/event.proto,
/// in the order of their steps. What is added is on its way to the disk after <see cref="Flush"/>. For one thread.
/// </summary>
public sealed class EventFile : IDisposable
{
    private const int EventWallTime = 1, EventStep = 2, EventFileVersion = 3, EventSummary = 5, EventSessionLog = 7;
    private const int SessionLogStatus = 1, SessionLogStart = 1;

    private const string Prefix = "events.out.tfevents.";

    private readonly MemoryStream _waiting = new();
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    private EventFile(FileStream file, TimeProvider time) => (_file, _time) = (file, time);

    /// <summary>Begins a file in a folder, which is created if need be.</summary>
    /// <param name="firstStep">The step that a training goes on from; 0 at its beginning. TensorBoard drops what earlier files in the
    /// folder have of this step and later ones.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static EventFile Create(string folder, long firstStep = 0, TimeProvider? time = null)
    {
        time ??= TimeProvider.System;
        Directory.CreateDirectory(folder);
        var seconds = Math.Max(time.GetUtcNow().ToUnixTimeSeconds(), Newest(folder) + 1);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{seconds:D10}.{Environment.MachineName}.{Environment.ProcessId}");
        // Without a buffer a flush is one write to the operating system: a kill leaves whole events and at most a part of the last.
        var file = new EventFile(
            new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0), time);
        // Only in files of version 2 does TensorBoard heed the start of a session.
        file.Add(0, output =>
        {
            output.WriteTag(EventFileVersion, WireFormat.WireType.LengthDelimited);
            output.WriteString("brain.Event:2");
        });
        file.AddStart(firstStep);
        file.Flush();
        return file;
    }

    public void Add(long step, Summary summary)
    {
        Add(step, output =>
        {
            var bytes = summary.Bytes();
            output.WriteTag(EventSummary, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(bytes));
        });
    }

    public void Flush()
    {
        _file.Write(_waiting.GetBuffer().AsSpan(0, (int)_waiting.Length));
        _waiting.SetLength(0);
    }

    /// <summary>What was not flushed is lost.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _waiting.Dispose();
    }

    /// <summary>TensorBoard's event accumulator (event_accumulator.py, purge_orphaned_data) keeps of all tags the steps below that of a
    /// START; its data server (reservoir.rs) does not read it, and drops of each tag what is not below the step that comes next.</summary>
    private void AddStart(long step) => Add(step, output =>
    {
        output.WriteTag(EventSessionLog, WireFormat.WireType.LengthDelimited);
        output.WriteLength(2);
        output.WriteTag(SessionLogStatus, WireFormat.WireType.Varint);
        output.WriteEnum(SessionLogStart);
    });

    /// <summary>The seconds in the name of the newest file. TensorBoard reads files in the order of their names and never goes back, so
    /// that a new one must come after it, even when less than a second has passed, or the clock was set back.</summary>
    private static long Newest(string folder) => Directory.EnumerateFiles(folder, Prefix + "*")
        .Select(path => Path.GetFileName(path)[Prefix.Length..].Split('.')[0])
        .Select(seconds => long.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0)
        .DefaultIfEmpty(0).Max();

    private void Add(long step, Action<CodedOutputStream> content)
    {
        using var bytes = new MemoryStream();
        using (var output = new CodedOutputStream(bytes, leaveOpen: true))
        {
            output.WriteTag(EventWallTime, WireFormat.WireType.Fixed64);
            output.WriteDouble((_time.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
            output.WriteTag(EventStep, WireFormat.WireType.Varint);
            output.WriteInt64(step);
            content(output);
        }
        RecordFrame.Write(_waiting, bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
