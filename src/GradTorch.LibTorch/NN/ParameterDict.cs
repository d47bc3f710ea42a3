using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Parameters registered under the names they are added with, in that order.</summary>
    public class ParameterDict : nn.Module, IDictionary<string, Parameter>, IList<(string, Parameter)>
    {
        public ParameterDict() : base(nameof(ParameterDict))
        {
        }

        public int Count => _internal_params.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => _internal_params.Keys;

        public ICollection<Parameter> Values => [.. values()];

        public Parameter this[string key]
        {
            get => _internal_params[key];
            set
            {
                ArgumentNullException.ThrowIfNull(value);
                if (ContainsKey(key)) _internal_params[key] = value;
                else Add(key, value);
            }
        }

        public (string, Parameter) this[int index]
        {
            get => _internal_params[index];
            set => _internal_params[index] = value;
        }

        public IEnumerable<string> keys() => _internal_params.keys();

        public IEnumerable<Parameter> values() => _internal_params.values();

        public IEnumerator<(string, Parameter)> items() => GetEnumerator();

        public void Add(string key, Parameter value) => register_parameter(key, value);

        public void Add((string, Parameter) item) => Add(item.Item1, item.Item2);

        public void Add(KeyValuePair<string, Parameter> item) => Add(item.Key, item.Value);

        public void Insert(int index, (string, Parameter) item)
        {
            // Registered first for its checks, then put where it belongs.
            Add(item);
            _internal_params.Remove(item.Item1);
            _internal_params.Insert(index, item);
        }

        public bool ContainsKey(string key) => _internal_params.ContainsKey(key);

        public bool Contains((string, Parameter) item) => _internal_params.Contains(item);

        public bool Contains(KeyValuePair<string, Parameter> item) => Contains((item.Key, item.Value));

        public int IndexOf((string, Parameter) item) => _internal_params.IndexOf(item);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out Parameter value) =>
            _internal_params.TryGetValue(key, out value);

        public bool Remove(string key) => _internal_params.Remove(key);

        public bool Remove((string, Parameter) item) => _internal_params.Remove(item);

        public bool Remove(KeyValuePair<string, Parameter> item) => Remove((item.Key, item.Value));

        public void RemoveAt(int index) => _internal_params.RemoveAt(index);

        public void Clear() => _internal_params.Clear();

        public void clear() => Clear();

        public void CopyTo((string, Parameter)[] array, int arrayIndex)
        {
            ArgumentNullException.ThrowIfNull(array);
            foreach (var item in this) array[arrayIndex++] = item;
        }

        public void CopyTo(KeyValuePair<string, Parameter>[] array, int arrayIndex)
        {
            ArgumentNullException.ThrowIfNull(array);
            foreach (var (key, value) in this) array[arrayIndex++] = KeyValuePair.Create(key, value);
        }

        public IEnumerator<(string, Parameter)> GetEnumerator() => _internal_params.GetEnumerator();

        IEnumerator<KeyValuePair<string, Parameter>> IEnumerable<KeyValuePair<string, Parameter>>.GetEnumerator()
        {
            foreach (var (key, value) in this) yield return KeyValuePair.Create(key, value);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterDict ParameterDict(params (string, Parameter)[] parameters)
            {
                ArgumentNullException.ThrowIfNull(parameters);
                var dictionary = new ParameterDict();
                foreach (var parameter in parameters) dictionary.Add(parameter);
                return dictionary;
            }
        }
    }
}
