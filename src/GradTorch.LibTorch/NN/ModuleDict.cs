using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules registered under the names they are added with, in that order.</summary>
    public class ModuleDict<T> : nn.Module, IDictionary<string, T>, IList<(string, T)> where T : nn.Module
    {
        public ModuleDict() : base(nameof(nn.ModuleDict))
        {
        }

        public int Count => _internal_submodules.Count;

        public bool IsReadOnly => false;

        public ICollection<string> Keys => _internal_submodules.Keys;

        public ICollection<T> Values => [.. values()];

        public T this[string key]
        {
            get => (T)_internal_submodules[key];
            set
            {
                ArgumentNullException.ThrowIfNull(value);
                if (ContainsKey(key)) _internal_submodules[key] = value;
                else Add(key, value);
            }
        }

        public (string, T) this[int index]
        {
            get => Typed(_internal_submodules[index]);
            set => _internal_submodules[index] = value;
        }

        public IEnumerable<string> keys() => _internal_submodules.keys();

        public IEnumerable<T> values() => _internal_submodules.values().Cast<T>();

        public IEnumerator<(string, T)> items() => GetEnumerator();

        public void Add(string key, T value) => register_module(key, value);

        public void Add((string, T) item) => Add(item.Item1, item.Item2);

        public void Add(KeyValuePair<string, T> item) => Add(item.Key, item.Value);

        public void Insert(int index, (string, T) item)
        {
            // Registered first for its checks, then put where it belongs.
            Add(item);
            _internal_submodules.Remove(item.Item1);
            _internal_submodules.Insert(index, item);
        }

        public bool ContainsKey(string key) => _internal_submodules.ContainsKey(key);

        public bool Contains((string, T) item) => _internal_submodules.Contains(item);

        public bool Contains(KeyValuePair<string, T> item) => Contains((item.Key, item.Value));

        public int IndexOf((string, T) item) => _internal_submodules.IndexOf(item);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value)
        {
            value = _internal_submodules.TryGetValue(key, out var found) ? (T)found : null;
            return value is not null;
        }

        public bool Remove(string key) => _internal_submodules.Remove(key);

        public bool Remove((string, T) item) => _internal_submodules.Remove(item);

        public bool Remove(KeyValuePair<string, T> item) => Remove((item.Key, item.Value));

        public void RemoveAt(int index) => _internal_submodules.RemoveAt(index);

        public void Clear() => _internal_submodules.Clear();

        public void clear() => Clear();

        public void CopyTo((string, T)[] array, int arrayIndex)
        {
            ArgumentNullException.ThrowIfNull(array);
            foreach (var item in this) array[arrayIndex++] = item;
        }

        public void CopyTo(KeyValuePair<string, T>[] array, int arrayIndex)
        {
            ArgumentNullException.ThrowIfNull(array);
            foreach (var (key, value) in this) array[arrayIndex++] = KeyValuePair.Create(key, value);
        }

        public IEnumerator<(string, T)> GetEnumerator()
        {
            foreach (var item in _internal_submodules) yield return Typed(item);
        }

        IEnumerator<KeyValuePair<string, T>> IEnumerable<KeyValuePair<string, T>>.GetEnumerator()
        {
            foreach (var (key, value) in this) yield return KeyValuePair.Create(key, value);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private static (string, T) Typed((string name, nn.Module module) entry) => (entry.name, (T)entry.module);
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                ArgumentNullException.ThrowIfNull(modules);
                var dictionary = new ModuleDict<T>();
                foreach (var module in modules) dictionary.Add(module);
                return dictionary;
            }
        }
    }
}
