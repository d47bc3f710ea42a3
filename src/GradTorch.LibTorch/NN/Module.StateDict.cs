namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public partial class Module
        {
            /// <summary>Parameters and persistent buffers by name, the tensors themselves and not copies. A parameter that
            /// several submodules share is there under each of its names.</summary>
            /// <param name="destination">A dictionary to add to; names that are there already are kept.</param>
            /// <param name="prefix">What the names start with, a dot between.</param>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null,
                string? prefix = null)
            {
                destination ??= [];
                var start = string.IsNullOrEmpty(prefix) ? "" : prefix + ".";
                foreach (var (component, parameter) in named_parameters()) destination.TryAdd(start + component, parameter);
                foreach (var (component, buffer) in named_buffers(include_nonpersistent: false))
                    destination.TryAdd(start + component, buffer);
                foreach (var (child, module) in named_children()) module.state_dict(destination, start + child);
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same name.</summary>
            /// <param name="source">Values by name, of the same shape or one that broadcasts.</param>
            /// <param name="strict">Whether a name that only one side has is an error.</param>
            /// <param name="skip">Names to leave alone.</param>
            /// <returns>The names that only the module has, and those that only the source has.</returns>
            /// <exception cref="InvalidOperationException">Strict, and the names differ; nothing was copied.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(
                Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(source);
                var destination = state_dict();
                var unexpected = Unmatched(source, destination, skip);
                var missing = Unmatched(destination, source, skip);
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException("The loaded state_dict is not identical to the target dictionary. "
                        + $"Missing: {Listed(missing)}. Unexpected: {Listed(unexpected)}.");

                using var untracked = no_grad();
                foreach (var (component, value) in source)
                {
                    if (skip?.Contains(component) == true || !destination.TryGetValue(component, out var target)) continue;
                    Interop.Aten.CallInto(target, "copy_", target, value);
                }
                return (missing, unexpected);
            }

            /// <summary>Writes the state dictionary in TorchSharp's format.</summary>
            public Module save(string location, IList<string>? skip = null)
            {
                using var stream = File.Create(location);
                return save(stream, skip);
            }

            /// <summary>Writes the state dictionary and closes the stream.</summary>
            public Module save(Stream stream, IList<string>? skip = null)
            {
                using var writer = new BinaryWriter(stream);
                return save(writer, skip);
            }

            public Module save(BinaryWriter writer, IList<string>? skip = null)
            {
                save_state_dict(writer, state_dict(), skip);
                return this;
            }

            public static void save_state_dict(BinaryWriter writer, Dictionary<string, Tensor> sd, IList<string>? skip = null)
            {
                ArgumentNullException.ThrowIfNull(writer);
                ArgumentNullException.ThrowIfNull(sd);
                var entries = sd.Where(entry => skip?.Contains(entry.Key) != true).ToArray();
                StateDictFormat.WriteNumber(writer, entries.Length);
                foreach (var (component, tensor) in entries)
                {
                    writer.Write(component);
                    StateDictFormat.WriteTensor(writer, tensor);
                }
            }

            /// <exception cref="FileNotFoundException">There is no such file.</exception>
            public virtual Module load(string location, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                if (!File.Exists(location)) throw new FileNotFoundException($"There is no file {location}.", location);
                using var stream = File.OpenRead(location);
                return load(stream, strict, skip, loadedParameters);
            }

            /// <summary>Reads and closes the stream.</summary>
            public Module load(Stream stream, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                using var reader = new BinaryReader(stream);
                return load(reader, strict, skip, loadedParameters);
            }

            /// <summary>Reads values that <see cref="save(string, IList{string}?)"/> wrote into parameters and buffers.</summary>
            /// <param name="reader">Stands at the start of the saved module.</param>
            /// <param name="strict">Whether a name that only one side has is an error.</param>
            /// <param name="skip">Names to read past.</param>
            /// <param name="loadedParameters">Gets every name of the file, and whether the module has it.</param>
            /// <exception cref="ArgumentException">Names, element types or shapes differ.</exception>
            /// <exception cref="EndOfStreamException">The data end too early.</exception>
            public virtual Module load(BinaryReader reader, bool strict = true, IList<string>? skip = null,
                Dictionary<string, bool>? loadedParameters = null)
            {
                ArgumentNullException.ThrowIfNull(reader);
                var destination = state_dict();
                var entries = StateDictFormat.ReadNumber(reader);
                if (strict && entries != destination.Count)
                    throw new ArgumentException($"Mismatched state_dict sizes: expected {destination.Count}, but found {entries} entries.");

                for (var i = 0L; i < entries; i++)
                {
                    var component = reader.ReadString();
                    var found = destination.TryGetValue(component, out var target);
                    if (strict && !found)
                        throw new ArgumentException($"Mismatched module state names: the target modules does not have a submodule or buffer named '{component}'");
                    StateDictFormat.ReadTensor(reader, component, skip?.Contains(component) == true ? null : target);
                    loadedParameters?.Add(component, found);
                }
                return this;
            }

            /// <summary>A new module with the values of a file.</summary>
            public static Module Create<T>(string path) where T : Module, new()
            {
                var module = new T();
                try
                {
                    return module.load(path);
                }
                catch
                {
                    module.Dispose();
                    throw;
                }
            }

            private static List<string> Unmatched(Dictionary<string, Tensor> names, Dictionary<string, Tensor> others,
                IList<string>? skip) =>
                [.. names.Keys.Where(component => !others.ContainsKey(component) && skip?.Contains(component) != true)];

            private static string Listed(List<string> components) =>
                components.Count == 0 ? "none" : string.Join(", ", components);
        }
    }
}
