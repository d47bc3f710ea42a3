using System.Collections;
using System.Globalization;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Parameters registered under their positions "0", "1", ….</summary>
    public class ParameterList : nn.Module, IList<Parameter>
    {
        public ParameterList(params Parameter[] parameters) : base(nameof(ParameterList)) => append(parameters);

        public int Count => _internal_params.Count;

        public bool IsReadOnly => false;

        public Parameter this[int index]
        {
            get => _internal_params[index].Item2;
            set
            {
                ArgumentNullException.ThrowIfNull(value);
                _internal_params[index] = (_internal_params[index].Item1, value);
            }
        }

        public void Add(Parameter item) => register_parameter(Count.ToString(CultureInfo.InvariantCulture), item);

        public void append(params Parameter[] parameters) => extend(parameters);

        public void extend(IEnumerable<Parameter> parameters)
        {
            ArgumentNullException.ThrowIfNull(parameters);
            foreach (var parameter in parameters) Add(parameter);
        }

        public void Insert(int index, Parameter item)
        {
            var parameters = All;
            parameters.Insert(index, item);
            Assign(parameters);
        }

        public bool Remove(Parameter item)
        {
            var index = IndexOf(item);
            if (index >= 0) RemoveAt(index);
            return index >= 0;
        }

        public void RemoveAt(int index)
        {
            var parameters = All;
            parameters.RemoveAt(index);
            Assign(parameters);
        }

        public void Clear() => _internal_params.Clear();

        public bool Contains(Parameter item) => IndexOf(item) >= 0;

        /// <summary>The position of this very parameter, not of an equal one; -1 if it is not there.</summary>
        public int IndexOf(Parameter item) => All.FindIndex(parameter => ReferenceEquals(parameter, item));

        public void CopyTo(Parameter[] array, int arrayIndex) => All.CopyTo(array, arrayIndex);

        public IEnumerator<Parameter> GetEnumerator() => _internal_params.values().GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        private List<Parameter> All => [.. _internal_params.values()];

        private void Assign(List<Parameter> parameters)
        {
            Clear();
            extend(parameters);
        }
    }
}

namespace TorchSharp
{
    using Modules;

    public static partial class torch
    {
        public static partial class nn
        {
            public static ParameterList ParameterList(params Parameter[] parameters) => new(parameters);
        }
    }
}
